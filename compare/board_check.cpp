// SPDX-License-Identifier: Apache-2.0
#include "compare/board_check.h"

#include <utility>

namespace boarddiff::compare {

namespace {

// Regions of the first board as they lie in another one's picture.
RegionSet moved(RegionSet set, const imaging::PlaneMap& from_first) {
  for (MarkedRegion& region : set.regions) {
    for (imaging::Polygon& ring : region.reference_rings) {
      for (imaging::Point& corner : ring) {
        corner = imaging::to_sample(from_first, corner);
      }
    }
  }
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
    differences_alone.regions = {.ignored = moved(options.regions.ignored, from_first),
                                 .watched = moved(options.regions.watched, from_first)};
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
