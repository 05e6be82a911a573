// SPDX-License-Identifier: Apache-2.0
#include "compare/hit_rule.h"
#include "compare/inspection.h"
#include "datasets/board_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;

namespace {

// Squares of 3 mm around points of the board where the sample is smooth, with as much again around them.
std::vector<cv::Rect> smooth_places(const datasets::BoardPair& pair) {
  constexpr double kSide_mm = 3;
  constexpr double kSmooth = 4.5;  // grey levels, the deviation of noise and a little unevenness of the light
  cv::Mat1b grey;
  cv::cvtColor(pair.sample.pixels, grey, cv::COLOR_BGR2GRAY);
  const auto side = static_cast<int>(kSide_mm * pair.reference.pixels_per_mm.value());
  std::vector<cv::Rect> places;
  for (const datasets::PointPair& point : pair.points) {
    const cv::Rect place(static_cast<int>(point.in_sample.x()) - side / 2,
                         static_cast<int>(point.in_sample.y()) - side / 2, side, side);
    const cv::Rect around(place.x - side / 2, place.y - side / 2, 2 * side, 2 * side);
    if ((around & cv::Rect({0, 0}, grey.size())) != around) continue;
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(grey(around), mean, deviation);
    if (deviation[0] < kSmooth) places.push_back(place);
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
  for (const datasets::BoardStyle style :
       {datasets::BoardStyle::through_hole, datasets::BoardStyle::motor_drive, datasets::BoardStyle::network_switch}) {
    datasets::BoardPairSettings settings;
    settings.style = style;
    settings.megapixels = 2;
    datasets::BoardPair pair = make_board_pair(settings, 561);
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
  CHECK(found >= 0.8 * all);
  CHECK(others <= 1);
}
