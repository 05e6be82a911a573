// SPDX-License-Identifier: Apache-2.0
#include "compare/hit_rule.h"
#include "compare/inspection.h"
#include "datasets/board_pair.h"
#include "datasets/design/board_design.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;

namespace {

// A board with much bare mask: half of the parts of another one, and neither copper nor print between them.
datasets::BoardDesign plain_board(datasets::MaskColour mask) {
  datasets::BoardDesign design = make_board_design(datasets::BoardStyle::controller, 561);
  design.mask = mask;
  design.pours_mm.clear();
  design.traces.clear();
  design.vias.clear();
  design.lettering.clear();
  design.silk_lines.clear();
  std::vector<datasets::Part> parts;
  for (std::size_t i = 0; i < design.parts.size(); i += 2) parts.push_back(design.parts[i]);
  design.parts = parts;
  return design;
}

// The deviation of grey levels in a square of this side around each pixel.
cv::Mat1f deviation_of(const cv::Mat1b& grey, int side) {
  cv::Mat1f levels;
  grey.convertTo(levels, CV_32F);
  cv::Mat1f mean;
  cv::Mat1f squares;
  cv::blur(levels, mean, {side, side});
  cv::blur(levels.mul(levels), squares, {side, side});
  cv::Mat1f deviation;
  cv::sqrt(cv::max(squares - mean.mul(mean), 0), deviation);
  return deviation;
}

// 255 on the board, where the points lie.
cv::Mat1b among_points(const datasets::BoardPair& pair) {
  std::vector<cv::Point> corners;
  for (const datasets::PointPair& point : pair.points) {
    corners.emplace_back(static_cast<int>(point.in_sample.x()), static_cast<int>(point.in_sample.y()));
  }
  std::vector<cv::Point> hull;
  cv::convexHull(corners, hull);
  cv::Mat1b mask(pair.sample.size(), uchar{0});
  cv::fillConvexPoly(mask, hull, cv::Scalar(255));
  return mask;
}

// The smoothest squares of 3 mm on the board's bare mask, far from each other, with as much again around them.
std::vector<cv::Rect> smooth_places(const datasets::BoardPair& pair) {
  constexpr double kSide_mm = 3;
  constexpr double kSmooth = 4.5;  // grey levels: noise and a little unevenness of the light
  constexpr std::size_t kMost = 6;
  const auto side = static_cast<int>(kSide_mm * pair.reference.pixels_per_mm.value());
  cv::Mat1b grey;
  cv::cvtColor(pair.sample.pixels, grey, cv::COLOR_BGR2GRAY);
  cv::Mat1f deviation = deviation_of(grey, 2 * side);
  cv::Mat1b allowed;
  cv::erode(among_points(pair), allowed, cv::getStructuringElement(cv::MORPH_RECT, {2 * side + 1, 2 * side + 1}));
  for (const datasets::TrueComponent& part : pair.components) {
    std::vector<cv::Point> corners;
    for (const imaging::Point& corner : part.sample_polygon) {
      corners.emplace_back(static_cast<int>(corner.x()), static_cast<int>(corner.y()));
    }
    if (corners.size() > 2) cv::fillConvexPoly(allowed, corners, cv::Scalar(0));
  }
  std::vector<cv::Rect> places;
  while (places.size() < kMost) {
    double least = 0;
    cv::Point at;
    cv::minMaxLoc(deviation, &least, nullptr, &at, nullptr, allowed);
    if (at.x < 0 || least > kSmooth) break;
    places.emplace_back(at.x - side / 2, at.y - side / 2, side, side);
    cv::rectangle(allowed, cv::Rect(at.x - 2 * side, at.y - 2 * side, 4 * side, 4 * side), cv::Scalar(0), cv::FILLED);
  }
  return places;
}

// The picture with bodies at the places that differ from it by so many grey levels, with edges as sharp as its own.
cv::Mat3b with_bodies(const cv::Mat3b& picture, const std::vector<cv::Rect>& places, double levels) {
  cv::Mat1f step(picture.size(), 0.0F);
  for (const cv::Rect& place : places) step(place) = static_cast<float>(levels);
  cv::GaussianBlur(step, step, {}, 1);
  cv::Mat3f steps;
  cv::merge(std::vector<cv::Mat>{step, step, step}, steps);
  cv::Mat3f result;
  picture.convertTo(result, CV_32F);
  result += steps;
  cv::Mat3b levels_of_it;
  result.convertTo(levels_of_it, CV_8U);
  return levels_of_it;
}

}  // namespace

TEST_CASE("bodies twelve grey levels from smooth mask are found", "[acceptance]") {
  const double levels = GENERATE(12.0, -12.0);
  int all = 0;
  int found = 0;
  std::size_t others = 0;
  for (const datasets::MaskColour mask :
       {datasets::MaskColour::green, datasets::MaskColour::blue, datasets::MaskColour::black}) {
    datasets::BoardPairSettings settings;
    settings.megapixels = 2;
    datasets::BoardPair pair = make_board_pair(plain_board(mask), "plain", settings, 561);
    const std::vector<cv::Rect> places = smooth_places(pair);
    pair.sample.pixels = with_bodies(pair.sample.pixels, places, levels);
    compare::InspectionOptions options;
    options.sensitivity.copies = 0;
    const compare::InspectionReport report = compare::inspect(pair.reference, pair.sample, options);
    REQUIRE(report.registration.ok());
    std::size_t pointed = 0;
    for (const cv::Rect& place : places) {
      const imaging::Box box{
          .x = double(place.x), .y = double(place.y), .width = double(place.width), .height = double(place.height)};
      const bool is_found = std::any_of(report.findings.begin(), report.findings.end(), [&](const auto& finding) {
        return finding.kind == compare::FindingKind::extra_component && compare::hits(finding.sample_box, box);
      });
      all += 1;
      found += is_found ? 1 : 0;
      pointed += is_found ? 1 : 0;
    }
    others += report.findings.size() - std::min(pointed, report.findings.size());
  }
  CAPTURE(levels, all, found, others);
  CHECK(all >= 10);
  CHECK(found >= 0.75 * all);
  CHECK(others <= 1);
}
