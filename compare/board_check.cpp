// SPDX-License-Identifier: Apache-2.0
#include "compare/board_check.h"

#include <algorithm>
#include <utility>

namespace boarddiff::compare {

namespace {

// Regions of the first board, as far as its picture reaches, as they lie in another one's. Beyond it the map says
// nothing.
RegionSet moved(RegionSet set, const cv::Size& first, const imaging::PlaneMap& from_first) {
  const imaging::Box picture =
      imaging::grown({.x = 0, .y = 0, .width = double(first.width), .height = double(first.height)}, 1);
  for (MarkedRegion& region : set.regions) {
    region = within(std::move(region), picture);
    for (imaging::Polygon& ring : region.reference_rings) {
      for (imaging::Point& corner : ring) {
        corner = imaging::to_sample(from_first, corner);
      }
    }
    std::erase_if(region.reference_rings, [](const imaging::Polygon& ring) {
      return std::any_of(ring.begin(), ring.end(), [](const imaging::Point& corner) { return !corner.allFinite(); });
    });
  }
  std::erase_if(set.regions, [](const MarkedRegion& region) { return region.reference_rings.empty(); });
  return set;
}

BoardCheck checked(const LaidBoards& boards, std::size_t board, const std::vector<std::size_t>& others,
                   const InspectionOptions& options, const imaging::Execution& execution) {
  const KnownGood reference{.enrolled = true, .boards = in_one_frame(boards, others)};
  InspectionOptions differences_alone = options;
  differences_alone.sensitivity.copies = 0;
  differences_alone.marking.max_places = 0;
  if (others.front() != 0) {
    const imaging::PlaneMap& from_first = boards.from_first[others.front()];
    const cv::Size first = boards.pictures.front().size();
    differences_alone.regions = {.ignored = moved(options.regions.ignored, first, from_first),
                                 .watched = moved(options.regions.watched, first, from_first)};
  }
  return {.board = board,
          .others = others,
          .report = inspect(reference, boards.pictures[board], differences_alone, execution)};
}

}  // namespace

std::vector<BoardCheck> check_boards(const LaidBoards& boards, const InspectionOptions& options,
                                     const imaging::Execution& execution) {
  const std::size_t count = boards.pictures.size();
  std::vector<BoardCheck> checks;
  if (count == 2) {
    checks.push_back(checked(boards, 1, {0}, options, execution));
  }
  for (std::size_t board = 0; count > 2 && board < count; ++board) {
    std::vector<std::size_t> others;
    for (std::size_t other = 0; other < count; ++other) {
      if (other != board) {
        others.push_back(other);
      }
    }
    BoardCheck check = checked(boards, board, {others.front()}, options, execution);
    if (!check.report.findings.empty()) {
      check = checked(boards, board, others, options, execution);
    }
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace boarddiff::compare
