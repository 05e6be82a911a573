// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/revision.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardDesign;
using datasets::Part;

namespace {

imaging::Box ground_of(const Part& part) {
  return imaging::bounding_box(outline_on_board(part, shape_of(part).courtyard_mm));
}

// Share of the parts of one design that the other has at the same place.
double kept_share(const BoardDesign& design, const BoardDesign& revision) {
  const auto kept = std::count_if(design.parts.begin(), design.parts.end(), [&](const Part& part) {
    return std::any_of(revision.parts.begin(), revision.parts.end(), [&](const Part& other) {
      return other.package == part.package && (other.centre_mm - part.centre_mm).norm() < 1e-9;
    });
  });
  return static_cast<double>(kept) / static_cast<double>(design.parts.size());
}

}  // namespace

TEST_CASE("a revision keeps the share of the parts that it is not to change", "[datasets][revision]") {
  const BoardDesign design = make_board_design(datasets::BoardStyle::controller, 6);
  const double share = GENERATE(0.0, 0.15, 0.4);
  const BoardDesign revision = revised_design(design, share, 1);
  // A part for which no other fits on its ground stays.
  CHECK(kept_share(design, revision) >= 1 - share - 0.005);
  CHECK(kept_share(design, revision) < 1 - 0.6 * share + 1e-9);
  CHECK(revision.traces.size() <= design.traces.size());
  CHECK(revision.width_mm == design.width_mm);
  CHECK(revision.holes.size() == design.holes.size());
}

TEST_CASE("the parts of a revision lie on the board and not on each other", "[datasets][revision]") {
  const BoardDesign revision = revised_design(make_board_design(datasets::BoardStyle::server, 6), 0.3, 2);
  const imaging::Box board{0, 0, revision.width_mm, revision.depth_mm};
  for (std::size_t i = 0; i < revision.parts.size(); ++i) {
    const imaging::Box ground = ground_of(revision.parts[i]);
    CAPTURE(revision.parts[i].designator);
    CHECK(imaging::intersection(ground, board).area() == Approx(ground.area()));
    CHECK(
        std::none_of(revision.parts.begin(), revision.parts.begin() + static_cast<std::ptrdiff_t>(i),
                     [&](const Part& other) { return imaging::intersection(ground, ground_of(other)).area() > 1e-9; }));
  }
}

TEST_CASE("another seed revises other parts", "[datasets][revision]") {
  const BoardDesign design = make_board_design(datasets::BoardStyle::controller, 6);
  const BoardDesign one = revised_design(design, 0.3, 1);
  CHECK(kept_share(one, revised_design(design, 0.3, 1)) == 1);
  CHECK(kept_share(one, revised_design(design, 0.3, 2)) < 0.9);
}
