// SPDX-License-Identifier: Apache-2.0
#include "compare/design_fit.h"
#include "compare/picture_layout.h"
#include "datasets/board_pair.h"
#include "datasets/evaluation/layout_score.h"
#include "datasets/picture/circumstances.h"

#include <catch2/catch.hpp>

#include <cstdint>
#include <vector>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;

namespace {

// Parts seen and what is no part, as counted; the bounds may only be tightened.
struct Row {
  datasets::BoardStyle style = datasets::BoardStyle::controller;
  std::uint64_t seed = 0;
  int missed_at_most = 0;
  int wrong_at_most = 0;
};

constexpr double kPixelsPerMm = 25;

datasets::BoardPair pair_of(const Row& row) {
  return datasets::make_board_pair(
      {.style = row.style, .megapixels = megapixels_at(make_board_design(row.style, row.seed), kPixelsPerMm)},
      row.seed);
}

}  // namespace

TEST_CASE("the parts of a board are found, and little besides", "[acceptance][layout]") {
  const Row row =
      GENERATE(Row{datasets::BoardStyle::controller, 6100, 5, 13}, Row{datasets::BoardStyle::through_hole, 6100, 0, 3});
  const datasets::BoardPair pair = pair_of(row);
  CAPTURE(pair.board);
  const compare::PictureLayout layout = compare::find_parts(pair.reference);
  const datasets::LayoutScore score = score_layout(layout.parts, pair.components, datasets::PictureOf::reference);
  CHECK(score.true_parts - score.matched <= row.missed_at_most);
  CHECK(score.found_parts - score.matched <= row.wrong_at_most);
  CHECK(score.matched_ics == score.true_ics);

  const compare::DesignFit fit = fit_design(datasets::placement_of(pair.components), compare::BoardSide::top, layout);
  INFO(fit.reason);
  REQUIRE(fit.fits);
  const datasets::BoardPair other = pair_of({row.style, row.seed + 1});
  CHECK_FALSE(fit_design(datasets::placement_of(other.components), compare::BoardSide::top, layout).fits);
}
