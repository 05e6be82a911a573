// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/specimen.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardDesign;
using datasets::BoardStyle;
using datasets::Part;

namespace {

double median(std::vector<double> values) {
  REQUIRE_FALSE(values.empty());
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

bool is_chip(const Part& part) {
  const imaging::Box body = shape_of(part).body_mm;
  return std::max(body.width, body.height) < 2.5;
}

}  // namespace

TEST_CASE("another unit has the same parts in nearly the same places", "[datasets][specimen]") {
  const BoardDesign design = make_board_design(BoardStyle::controller, 3);
  const BoardDesign unit = another_specimen(design, 1);
  REQUIRE(unit.parts.size() == design.parts.size());
  std::vector<double> slips_mm;
  std::vector<double> turns_deg;
  for (std::size_t i = 0; i < unit.parts.size(); ++i) {
    CHECK(unit.parts[i].package == design.parts[i].package);
    CHECK(unit.parts[i].populated == design.parts[i].populated);
    if (!is_chip(design.parts[i])) continue;
    slips_mm.push_back(unit.parts[i].slip_mm.norm());
    turns_deg.push_back(std::abs(unit.parts[i].slip_deg));
  }
  // Medians of the length of two normal numbers (1.18 deviations) and of one's size (0.67).
  CHECK(median(slips_mm) == Approx(1.18 * 0.03).epsilon(0.3));
  CHECK(median(turns_deg) == Approx(0.67 * 0.6).epsilon(0.4));
}

TEST_CASE("parts of one reel share their colour and units do not", "[datasets][specimen]") {
  const BoardDesign design = make_board_design(BoardStyle::handheld, 3);
  datasets::SpecimenSpread spread;
  spread.alternates = 0;
  const BoardDesign one = another_specimen(design, 1, spread);
  const BoardDesign two = another_specimen(design, 2, spread);
  const auto tones = [&](const BoardDesign& unit) {
    std::vector<double> found;
    for (std::size_t i = 0; i < unit.parts.size(); ++i) {
      if (unit.parts[i].package == datasets::Package::c0402) {
        found.push_back(unit.parts[i].tone - design.parts[i].tone);
      }
    }
    return found;
  };
  const double between = std::abs(median(tones(one)) - median(tones(two)));
  std::vector<double> within = tones(one);
  const double middle = median(within);
  for (double& tone : within) {
    tone = std::abs(tone - middle);
  }
  // Half of the spread of reels is left for the parts of one: two thirds of 0.125.
  CHECK(median(within) == Approx(0.67 * 0.125).epsilon(0.4));
  CHECK(between > 0.02);
}

TEST_CASE("an alternate maker changes the part number and not the value of a resistor", "[datasets][specimen]") {
  const BoardDesign design = make_board_design(BoardStyle::controller, 5);
  datasets::SpecimenSpread spread;
  spread.alternates = 1;
  spread.other_codes = 0;
  const BoardDesign unit = another_specimen(design, 7, spread);
  int chips = 0;
  for (std::size_t i = 0; i < unit.parts.size(); ++i) {
    const Part& part = unit.parts[i];
    CAPTURE(part.designator, part.marking);
    if (part.marking.find('\n') == std::string::npos) {
      CHECK(part.marking == design.parts[i].marking);
    } else if (shape_of(part).letter == 'U') {
      CHECK(part.marking != design.parts[i].marking);
      ++chips;
    }
  }
  CHECK(chips > 3);
}

TEST_CASE("labels are stuck on by hand and carry their own serial", "[datasets][specimen]") {
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    const BoardDesign design = make_board_design(BoardStyle::network_switch, seed);
    if (design.patches.empty()) continue;
    const BoardDesign unit = another_specimen(design, 9);
    const datasets::Patch& label = unit.patches.front();
    CHECK(label.code != design.patches.front().code);
    CHECK(label.text == label.code);
    const double off_mm = (label.centre_mm - design.patches.front().centre_mm).norm();
    CHECK(off_mm > 0.01);
    CHECK(off_mm < 3);
    return;
  }
  FAIL("no board had a label");
}
