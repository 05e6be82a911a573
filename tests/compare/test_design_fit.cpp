// SPDX-License-Identifier: Apache-2.0
#include "compare/design_fit.h"
#include "imaging/base/random.h"

#include <Eigen/LU>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

using boarddiff::compare::BoardSide;
using boarddiff::compare::DesignFit;
using boarddiff::compare::fit_design;
using boarddiff::compare::match_design;
using boarddiff::compare::PictureLayout;
using boarddiff::compare::PlacedPart;
using boarddiff::compare::Placement;
using boarddiff::compare::SeenPart;
using boarddiff::imaging::Point;
using boarddiff::imaging::Random;

namespace {

const cv::Size kPicture(2000, 1500);

// Sixty parts of a few sizes, strewn over 80 x 60 mm.
Placement strewn_design(std::uint64_t seed, BoardSide side = BoardSide::top) {
  const std::vector<Point> sizes = {{1, 0.5}, {1.6, 0.8}, {2, 1.25}, {5, 6.2}, {3, 3}, {9, 4}, {10, 10}, {20, 6}};
  Random random(seed);
  Placement design;
  for (int i = 0; i < 60; ++i) {
    design.parts.push_back({.designator = "X" + std::to_string(i),
                            .side = side,
                            .centre_mm = {random.uniform(2, 78), random.uniform(2, 58)},
                            .angle_deg = 90.0 * random.integer(0, 3),
                            .size_mm = sizes[static_cast<std::size_t>(random.integer(0, 7))]});
  }
  return design;
}

Eigen::Matrix3d view(double turned_deg, double pixels_per_mm, double mirrored = 1) {
  const double angle = turned_deg * std::numbers::pi / 180;
  Eigen::Matrix3d turn = Eigen::Matrix3d::Identity();
  turn.topLeftCorner<2, 2>() << std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle);
  Eigen::Matrix3d map = turn * Eigen::Vector3d(pixels_per_mm * mirrored, pixels_per_mm, 1).asDiagonal();
  map.topRightCorner<2, 1>() = Point(1000, 750) - boarddiff::imaging::apply(map, {40, 30});
  // As of a camera that is not quite upright.
  map.row(2) << 2e-5, -1e-5, 1;
  return map;
}

// As a camera would show the design, with places that err by a tenth of a millimetre or so.
PictureLayout seen_of(const Placement& design, const Eigen::Matrix3d& picture_from_board) {
  Random random(5);
  PictureLayout layout{.size = kPicture, .pixels_per_mm = 18};
  for (const PlacedPart& part : design.parts) {
    const double angle = part.angle_deg * std::numbers::pi / 180;
    const auto shown = [&](double x, double y) {
      const Point at =
          part.centre_mm + Point(std::cos(angle) * x - std::sin(angle) * y, std::sin(angle) * x + std::cos(angle) * y);
      return boarddiff::imaging::apply(picture_from_board, at);
    };
    const bool wide = part.size_mm->x() >= part.size_mm->y();
    const Point along = shown(wide ? 0.5 * part.size_mm->x() : 0, wide ? 0 : 0.5 * part.size_mm->y()) - shown(0, 0);
    const Point across = shown(wide ? 0 : 0.5 * part.size_mm->x(), wide ? 0.5 * part.size_mm->y() : 0) - shown(0, 0);
    SeenPart one;
    one.centre = shown(0, 0) + Point(random.normal(), random.normal());
    one.size = {2 * along.norm(), 2 * across.norm()};
    const double direction = std::atan2(along.y(), along.x()) * 180 / std::numbers::pi;
    one.angle_deg = direction - 180 * std::floor(direction / 180);
    layout.parts.push_back(one);
  }
  return layout;
}

double error_mm(const DesignFit& fit, const Eigen::Matrix3d& truth) {
  double worst = 0;
  for (const Point& at : {Point(5, 5), Point(75, 5), Point(75, 55), Point(5, 55), Point(40, 30)}) {
    worst = std::max(
        worst, (boarddiff::imaging::apply(fit.picture_from_board, at) - boarddiff::imaging::apply(truth, at)).norm() /
                   fit.pixels_per_mm);
  }
  return worst;
}

}  // namespace

TEST_CASE("a design is found on its picture whichever way it is turned", "[compare][design_fit]") {
  const double turned = GENERATE(0.0, 3.0, 91.0, 178.0, 271.0);
  CAPTURE(turned);
  const Placement design = strewn_design(1);
  const Eigen::Matrix3d truth = view(turned, 18);
  const DesignFit fit = fit_design(design, BoardSide::top, seen_of(design, truth));
  INFO(fit.reason);
  REQUIRE(fit.fits);
  CHECK(fit.matches.size() >= 50);
  CHECK(error_mm(fit, truth) < 0.1);
  CHECK(fit.pixels_per_mm == Approx(18).epsilon(0.02));
  CHECK(fit.median_mm < 0.1);
  for (const auto& match : fit.matches) {
    CHECK(match.placed == match.seen);
  }
}

TEST_CASE("the bottom of a design is found on its mirrored picture alone", "[compare][design_fit]") {
  const Placement design = strewn_design(1, BoardSide::bottom);
  const Eigen::Matrix3d truth = view(4, 18, -1);
  const DesignFit fit = fit_design(design, BoardSide::bottom, seen_of(design, truth));
  INFO(fit.reason);
  REQUIRE(fit.fits);
  CHECK(error_mm(fit, truth) < 0.1);
  CHECK_FALSE(fit_design(design, BoardSide::bottom, seen_of(design, view(4, 18))).fits);
  CHECK_THAT(fit_design(design, BoardSide::top, seen_of(design, truth)).reason,
             Catch::Contains("0 fitted parts on its top"));
}

TEST_CASE("parts that are missing, not fitted or added do not hide where the design lies", "[compare][design_fit]") {
  Placement design = strewn_design(1);
  const Eigen::Matrix3d truth = view(91, 18);
  PictureLayout layout = seen_of(design, truth);
  const PictureLayout others = seen_of(strewn_design(2), view(5, 18));
  layout.parts.resize(40);
  for (std::size_t i = 0; i < 15; ++i) {
    layout.parts.push_back(others.parts[i]);
    design.parts[i].populated = false;
  }
  const DesignFit fit = fit_design(design, BoardSide::top, layout);
  INFO(fit.reason);
  REQUIRE(fit.fits);
  CHECK(fit.expected == 45);
  // Those that are not fitted are seen all the same.
  CHECK(fit.on_pads.size() == 15);
  CHECK(error_mm(fit, truth) < 0.25);
}

TEST_CASE("another board's design is refused with a reason", "[compare][design_fit]") {
  const std::uint64_t other = GENERATE(2U, 3U, 4U, 5U, 6U);
  const DesignFit fit = fit_design(strewn_design(other), BoardSide::top, seen_of(strewn_design(1), view(2, 18)));
  CHECK_FALSE(fit.fits);
  CHECK_THAT(fit.reason,
             Catch::Contains("the picture shows no more than") || Catch::Contains("no place of the design"));
}

TEST_CASE("a design that lies in two ways alike is refused", "[compare][design_fit]") {
  Placement design = strewn_design(1);
  for (std::size_t i = 0; i < 30; ++i) {
    PlacedPart turned = design.parts[i];
    turned.centre_mm = Point(80, 60) - turned.centre_mm;
    design.parts[30 + i] = turned;
  }
  const DesignFit fit = fit_design(design, BoardSide::top, seen_of(design, view(2, 18)));
  CHECK_FALSE(fit.fits);
  CHECK_THAT(fit.reason, Catch::Contains("which one is right cannot be told"));
}

TEST_CASE("too few parts are said", "[compare][design_fit]") {
  Placement design = strewn_design(1);
  PictureLayout layout = seen_of(design, view(2, 18));
  PictureLayout few = layout;
  few.parts.resize(3);
  CHECK_THAT(fit_design(design, BoardSide::top, few).reason, Catch::Contains("the picture shows 3 parts, too few"));
  design.parts.resize(4);
  CHECK_THAT(fit_design(design, BoardSide::top, layout).reason, Catch::Contains("4 fitted parts on its top"));
}

TEST_CASE("tables without sizes are laid by the names of packages", "[compare][design_fit]") {
  const std::vector<std::pair<Point, std::string>> names = {
      {{1, 0.5}, "R_0402_1005Metric"},        {{1.6, 0.8}, "C0603"},    {{2, 1.25}, "0805"},
      {{5, 6.2}, "SOIC-8_3.9x4.9mm_P1.27mm"}, {{3, 3}, "QFN-16_3x3mm"}, {{10, 10}, "LQFP-64_10x10mm"}};
  Placement design = strewn_design(1);
  const Eigen::Matrix3d truth = view(91, 18);
  const PictureLayout layout = seen_of(design, truth);
  for (PlacedPart& part : design.parts) {
    const auto name =
        std::find_if(names.begin(), names.end(), [&](const auto& one) { return one.first == *part.size_mm; });
    part.package = name == names.end() ? "Connector" : name->second;
    part.size_mm.reset();
  }
  // As tables are: by name, and not by size.
  std::sort(design.parts.begin(), design.parts.end(),
            [](const PlacedPart& a, const PlacedPart& b) { return a.designator < b.designator; });
  const DesignFit fit = fit_design(design, BoardSide::top, layout);
  INFO(fit.reason);
  REQUIRE(fit.fits);
  CHECK(error_mm(fit, truth) < 0.2);
  for (PlacedPart& part : design.parts) {
    part.package = "Part";
  }
  CHECK_THAT(fit_design(design, BoardSide::top, layout).reason, Catch::Contains("hardly a part how large"));
}

TEST_CASE("a picture of a part of the board is enough", "[compare][design_fit]") {
  const Placement design = strewn_design(1);
  const Eigen::Matrix3d truth = view(3, 18);
  PictureLayout layout = seen_of(design, truth);
  layout.size = {1050, 900};
  std::erase_if(layout.parts, [&](const SeenPart& part) { return !layout.shows(part.centre); });
  REQUIRE(layout.parts.size() > 12);
  REQUIRE(layout.parts.size() < 40);
  const DesignFit fit = fit_design(design, BoardSide::top, layout);
  INFO(fit.reason);
  REQUIRE(fit.fits);
  CHECK(fit.expected <= static_cast<int>(layout.parts.size()) + 2);
  CHECK((boarddiff::imaging::apply(fit.picture_from_board, {15, 15}) - boarddiff::imaging::apply(truth, {15, 15}))
            .norm() < 0.2 * 18);
}

TEST_CASE("a design does not fit at another scale than the picture's", "[compare][design_fit]") {
  const Placement design = strewn_design(1);
  PictureLayout layout = seen_of(design, view(2, 18));
  layout.pixels_per_mm = 40;
  CHECK_FALSE(fit_design(design, BoardSide::top, layout).fits);
}

TEST_CASE("a large part that leans is matched all the same", "[compare][design_fit]") {
  const Placement design = strewn_design(1);
  PictureLayout layout = seen_of(design, view(2, 18));
  const auto large = std::find_if(design.parts.begin(), design.parts.end(),
                                  [](const PlacedPart& part) { return *part.size_mm == Point(10, 10); });
  REQUIRE(large != design.parts.end());
  const auto at = static_cast<std::size_t>(large - design.parts.begin());
  layout.parts[at].centre += Point(0, 1.5 * 18);
  const DesignFit fit = fit_design(design, BoardSide::top, layout);
  REQUIRE(fit.fits);
  CHECK(std::any_of(fit.matches.begin(), fit.matches.end(),
                    [&](const auto& match) { return match.placed == at && match.seen == at; }));
}

TEST_CASE("where a design's place is known, its parts are told without a fit", "[compare][design_fit]") {
  Placement design = strewn_design(1);
  const Eigen::Matrix3d truth = view(91, 18);
  PictureLayout layout = seen_of(design, truth);
  layout.parts.resize(3);  // too few to fit
  design.parts[1].populated = false;
  const DesignFit fit = match_design(design, BoardSide::top, layout, truth);
  REQUIRE(fit.fits);
  REQUIRE(fit.matches.size() == 2);
  CHECK(fit.matches[0].placed == fit.matches[0].seen);
  CHECK(fit.expected == 59);
  REQUIRE(fit.on_pads.size() == 1);
  CHECK(fit.on_pads[0].placed == 1);
  CHECK(fit.pixels_per_mm == Approx(18).epsilon(0.02));
  CHECK(match_design({}, BoardSide::top, layout, truth).matches.empty());
  CHECK(match_design(design, BoardSide::top, {}, truth).matches.empty());
}
