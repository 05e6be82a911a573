// SPDX-License-Identifier: Apache-2.0
#include "compare/inspection.h"
#include "datasets/board_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;

namespace {

// A number for each pixel, from its place as shares of the picture's width and height.
template <typename Function>
cv::Mat1f map_of(const cv::Size& size, Function function) {
  cv::Mat1f map(size);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      map(y, x) = static_cast<float>(function(x / double(size.width), y / double(size.height)));
    }
  }
  return map;
}

double hill(double x, double y, double wide) { return std::exp(-(x * x + y * y) / (wide * wide)); }

cv::Mat3b times(const cv::Mat3b& picture, const cv::Mat1f& factors) {
  cv::Mat3f all;
  cv::merge(std::vector<cv::Mat>{factors, factors, factors}, all);
  cv::Mat3f light;
  picture.convertTo(light, CV_32F);
  cv::multiply(light, all, light);
  cv::Mat3b result;
  light.convertTo(result, CV_8U);
  return result;
}

// A fifth of the picture is pushed aside by up to so many pixels, as by a board that bows or a bad lens.
cv::Mat3b pushed_aside(const cv::Mat3b& picture, double by_px) {
  cv::Mat1f to_x = map_of(picture.size(),
                          [&](double x, double y) { return x * picture.cols + by_px * hill(x - 0.6, y - 0.5, 0.2); });
  cv::Mat1f to_y = map_of(
      picture.size(), [&](double x, double y) { return y * picture.rows + by_px / 2 * hill(x - 0.6, y - 0.5, 0.2); });
  cv::Mat3b result;
  cv::remap(picture, result, to_x, to_y, cv::INTER_CUBIC, cv::BORDER_REPLICATE);
  return result;
}

cv::Mat3b lit_from_the_right(const cv::Mat3b& picture) {
  return times(picture, map_of(picture.size(), [](double x, double) { return 0.5 + x; }));
}

cv::Mat3b with_a_shadow(const cv::Mat3b& picture) {
  cv::Mat1f light = map_of(picture.size(), [](double x, double y) { return x + 0.3 * y < 0.4 ? 0.5 : 1.0; });
  cv::GaussianBlur(light, light, {}, 3);
  return times(picture, light);
}

cv::Mat3b blurred_in_part(const cv::Mat3b& picture) {
  cv::Mat3b blurred;
  cv::GaussianBlur(picture, blurred, {}, 6);
  const cv::Mat1f share = map_of(
      picture.size(), [](double x, double y) { return std::clamp(1.6 - 4 * std::hypot(x - 0.7, y - 0.5), 0.0, 1.0); });
  return cv::Mat3b(times(blurred, share) + times(picture, cv::Mat1f(1 - share)));
}

cv::Mat3b with_glare(const cv::Mat3b& picture) {
  const cv::Mat1f glare = map_of(picture.size(), [](double x, double y) { return 300 * hill(x - 0.4, y - 0.4, 0.08); });
  return cv::Mat3b(picture + times(cv::Mat3b(picture.size(), cv::Vec3b::all(1)), glare));
}

// That something is hidden, and where; nothing where there is no such note.
void check_said(const compare::InspectionReport& report, const std::string& note) {
  if (note.empty()) return;
  CHECK(std::any_of(report.notes.begin(), report.notes.end(),
                    [&](const std::string& said) { return said.find(note) != std::string::npos; }));
  CHECK_FALSE(report.coverage.not_inspected_regions.empty());
}

}  // namespace

TEST_CASE("one fault of the picture is no list of findings", "[acceptance]") {
  struct Fault {
    std::string what;
    cv::Mat3b (*made)(const cv::Mat3b&);
    std::string note;  // what is said of it, where something is hidden
  };
  const auto fault =
      GENERATE(values<Fault>({{"pushed aside", [](const cv::Mat3b& picture) { return pushed_aside(picture, 8); }, ""},
                              {"lit from the right", lit_from_the_right, ""},
                              {"a shadow", with_a_shadow, ""},
                              {"blurred in part", blurred_in_part, "blur hides"},
                              {"glare", with_glare, "glare hides"}}));
  datasets::BoardPairSettings settings;
  settings.megapixels = 1.5;
  datasets::BoardPair pair = make_board_pair(settings, 551);
  pair.sample.pixels = fault.made(pair.sample.pixels);
  compare::InspectionOptions options;
  options.sensitivity.copies = 0;
  const compare::InspectionReport report = compare::inspect(pair.reference, pair.sample, options);
  CAPTURE(fault.what, report.reason, report.notes);
  REQUIRE(report.registration.ok());
  CHECK(report.findings.size() <= 1);
  CHECK(report.coverage.inspected > 0.7);
  check_said(report, fault.note);
}
