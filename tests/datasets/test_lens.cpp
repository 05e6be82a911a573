// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/lens.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <array>

namespace datasets = boarddiff::datasets;
using datasets::CameraSettings;

namespace {

cv::Mat3f with_points() {
  cv::Mat3f light(201, 301, cv::Vec3f(0, 0, 0));
  light(100, 150) = {100, 100, 100};  // the middle
  light(100, 270) = {100, 100, 100};
  light(10, 10) = {100, 100, 100};
  return light;
}

// Middle and spread, in x, of the light of one channel in a window.
std::pair<double, double> spot(const cv::Mat3f& light, const cv::Point& around, int channel) {
  double sum = 0;
  double mean = 0;
  double square = 0;
  for (int y = -9; y <= 9; ++y) {
    for (int x = -9; x <= 9; ++x) {
      const double value = light(around.y + y, around.x + x)[channel];
      sum += value;
      mean += value * x;
      square += value * x * x;
    }
  }
  mean /= sum;
  return {mean, std::sqrt(square / sum - mean * mean)};
}

}  // namespace

TEST_CASE("a lens blurs by its defocus and keeps the light", "[datasets][lens]") {
  CameraSettings settings;
  settings.defocus_px = 1.3;
  const cv::Mat3f seen = through_lens(with_points(), settings);
  const auto [mean, deviation] = spot(seen, {150, 100}, 1);
  CHECK(mean == Approx(0).margin(0.01));
  CHECK(deviation == Approx(1.3).epsilon(0.05));
  CHECK(cv::sum(seen)[0] == Approx(300).epsilon(0.001));
}

TEST_CASE("colours part towards the corners: blue outwards, red inwards, nothing in the middle", "[datasets][lens]") {
  CameraSettings settings;
  settings.colour_fringe_px = 1.8;
  const cv::Mat3f seen = through_lens(with_points(), settings);
  const double share = 120 / std::hypot(150.0, 100.0);  // of the way to the corner
  CHECK(spot(seen, {270, 100}, 0).first == Approx(1.8 * share).margin(0.1));
  CHECK(spot(seen, {270, 100}, 1).first == Approx(0).margin(0.01));
  CHECK(spot(seen, {270, 100}, 2).first == Approx(-1.8 * share).margin(0.1));
  CHECK(spot(seen, {150, 100}, 0).first == Approx(0).margin(0.05));
}

TEST_CASE("the blur grows towards the corners", "[datasets][lens]") {
  CameraSettings settings;
  settings.defocus_px = 0.8;
  settings.corner_blur_px = 1;
  const cv::Mat3f seen = through_lens(with_points(), settings);
  CHECK(spot(seen, {150, 100}, 1).second == Approx(0.8).epsilon(0.06));
  CHECK(spot(seen, {10, 10}, 1).second > 1.5);
}

TEST_CASE("a shake smears along its direction", "[datasets][lens]") {
  CameraSettings settings;
  settings.motion_px = 6;
  settings.motion_deg = 0;
  const double along = spot(through_lens(with_points(), settings), {150, 100}, 1).second;
  settings.motion_deg = 90;
  const double across = spot(through_lens(with_points(), settings), {150, 100}, 1).second;
  // A uniform smear of 6 px has a deviation of 1.73 px.
  CHECK(along == Approx(std::hypot(1.73, 0.75)).epsilon(0.1));
  CHECK(across == Approx(0.75).epsilon(0.1));
}
