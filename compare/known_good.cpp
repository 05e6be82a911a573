// SPDX-License-Identifier: Apache-2.0
#include "compare/known_good.h"

#include "imaging/base/error.h"
#include "imaging/frame_warp.h"

#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::Point;

// A point of one board's picture in another's, by way of the first.
Point carried(const LaidBoards& boards, std::size_t from, std::size_t to, const Point& point) {
  const Point in_first = from == 0 ? point : to_reference(boards.from_first[from], point);
  return to == 0 ? in_first : to_sample(boards.from_first[to], in_first);
}

}  // namespace

KnownGood with_design(KnownGood known_good, DesignFile file, const PartOptions& parts, const DesignFitOptions& options,
                      const imaging::Execution& execution) {
  imaging::require(!known_good.boards.empty(), "with_design: at least one known-good board");
  DesignFitOptions fit = options;
  if (!file.places.empty()) fit.places = file.places;
  LaidDesign laid = lay_design(known_good.boards.front(), file.placement, file.side, parts, fit, execution);
  if (laid.fit.fits) {
    for (imaging::BoardImage& board : known_good.boards) {
      if (board.pixels_per_mm) continue;
      board.pixels_per_mm = laid.fit.pixels_per_mm;
      board.pixels_per_mm_origin = "design";
    }
  }
  known_good.design = KnownDesign{.file = std::move(file), .laid = std::move(laid)};
  return known_good;
}

std::optional<imaging::PreparedFeatures> features_of(const KnownGood& known_good, std::size_t board) {
  return board < known_good.features.size() ? known_good.features[board] : std::nullopt;
}

std::vector<imaging::BoardImage> in_one_frame(const LaidBoards& boards, const std::vector<std::size_t>& members) {
  imaging::require(!members.empty() && boards.pictures.size() == boards.from_first.size(),
                   "in_one_frame: some boards, a map each");
  const std::size_t frame = members.front();
  std::vector<imaging::BoardImage> pictures;
  for (const std::size_t member : members) {
    imaging::BoardImage picture = boards.pictures.at(member);
    if (member != frame) {
      const imaging::PositionGrid grid(boards.pictures[frame].size(),
                                       [&](const Point& point) { return carried(boards, frame, member, point); });
      imaging::WarpedPicture warped = warp_onto(picture, grid);
      picture.pixels = warped.pixels;
      picture.usable = warped.shown;
      picture.pixels_per_mm = boards.pictures[frame].pixels_per_mm;
      picture.pixels_per_mm_origin = boards.pictures[frame].pixels_per_mm_origin;
    }
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

}  // namespace boarddiff::compare
