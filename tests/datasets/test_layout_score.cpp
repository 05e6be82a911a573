// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/layout_score.h"

#include <catch2/catch.hpp>

#include <vector>

using boarddiff::compare::ComponentKind;
using boarddiff::compare::SeenPart;
using boarddiff::datasets::LayoutScore;
using boarddiff::datasets::PictureOf;
using boarddiff::datasets::score_layout;
using boarddiff::datasets::TrueComponent;

namespace {

TrueComponent part_at(double x, double y, ComponentKind kind, double width = 20, double height = 10) {
  TrueComponent component;
  component.kind = kind;
  component.reference_polygon = {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
  return component;
}

SeenPart seen_at(double x, double y, ComponentKind kind, double width = 20, double height = 10) {
  return {.centre = {x + width / 2, y + height / 2}, .size = {width, height}, .kind = kind};
}

}  // namespace

TEST_CASE("parts are matched one to one where they share enough", "[datasets][layout_score]") {
  const std::vector<TrueComponent> truth = {part_at(0, 0, ComponentKind::ic), part_at(100, 0, ComponentKind::passive),
                                            part_at(200, 0, ComponentKind::ic)};
  const LayoutScore score = score_layout({seen_at(2, 0, ComponentKind::ic), seen_at(1, 1, ComponentKind::ic),
                                          seen_at(103, 0, ComponentKind::other), seen_at(210, 0, ComponentKind::ic)},
                                         truth, PictureOf::reference);
  CHECK(score.true_parts == 3);
  CHECK(score.found_parts == 4);
  // The third shares a third of what both cover: too little.
  CHECK(score.matched == 2);
  CHECK(score.true_ics == 2);
  CHECK(score.matched_ics == 1);
  CHECK(score.kinds_right == 1);
  CHECK(score.recall() == Approx(2.0 / 3));
  CHECK(score.precision() == Approx(0.5));
}

TEST_CASE("what cannot be seen need not be found", "[datasets][layout_score]") {
  TrueComponent unfitted = part_at(0, 0, ComponentKind::ic);
  unfitted.populated = false;
  const std::vector<TrueComponent> truth = {unfitted, part_at(100, 0, ComponentKind::connector, 60, 60),
                                            part_at(140, 10, ComponentKind::passive)};
  LayoutScore score = score_layout({}, truth, PictureOf::reference);
  CHECK(score.true_parts == 1);
  CHECK(score.recall() == 0);
  CHECK(score.precision() == 1);
  CHECK(score_layout({}, truth, PictureOf::sample).true_parts == 0);
  score += score;
  CHECK(score.true_parts == 2);
}
