// SPDX-License-Identifier: Apache-2.0
#include "compare/brightness_step.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <cmath>

using boarddiff::compare::brightness_steps;
using boarddiff::compare::step_strength;
using boarddiff::compare::without_soft_light;

namespace {

const cv::Size kGrid(80, 60);
const cv::Rect kPart(30, 20, 8, 8);

cv::Mat1f even(float value) { return {kGrid, value}; }

cv::Mat1f with_part(const cv::Mat1f& map, float step) {
  cv::Mat1f result = map.clone();
  result(kPart) += step;
  return result;
}

cv::Mat1b everywhere() { return {kGrid, uchar{255}}; }

cv::Mat2f nowhere_else() { return {kGrid, cv::Vec2f(0, 0)}; }

cv::Mat1f steps(const cv::Mat1f& from, const cv::Mat1f& to) { return brightness_steps({from, nowhere_else()}, to); }

}  // namespace

TEST_CASE("a place that became brighter or darker is a step of that height", "[compare][brightness_step]") {
  for (const float step : {0.18F, -0.18F}) {
    const cv::Mat1f found = steps(with_part(even(-2), step), even(-2));
    CHECK(found(24, 34) == Approx(0.18));
    CHECK(found(10, 10) == 0);
  }
}

TEST_CASE("an edge that lies a cell aside is none, one that lies farther is", "[compare][brightness_step]") {
  cv::Mat1f left = even(-2);
  left.colRange(0, 40) = -1;
  cv::Mat1f near = even(-2);
  near.colRange(0, 41) = -1;
  cv::Mat1f far = even(-2);
  far.colRange(0, 44) = -1;
  CHECK(cv::norm(steps(left, near), cv::NORM_INF) == 0);
  CHECK(cv::norm(steps(left, far), cv::NORM_INF) == Approx(1));
}

TEST_CASE("what stands above the board is looked for where its height takes it", "[compare][brightness_step]") {
  const cv::Mat1f here = with_part(even(-2), 0.5F);
  cv::Mat1f there = even(-2);
  there(kPart + cv::Point(9, 0)) = -1.5F;
  cv::Mat2f shift(kGrid, cv::Vec2f(0, 0));
  shift(kPart) = cv::Vec2f(9, 0);
  CHECK(cv::norm(brightness_steps({here, shift}, there)(kPart), cv::NORM_INF) == Approx(0).margin(1e-6));
  CHECK(cv::norm(steps(here, there)(kPart), cv::NORM_INF) == Approx(0.5));
}

TEST_CASE("soft light goes and a part stays", "[compare][brightness_step]") {
  cv::Mat1f slope = even(0);
  for (int x = 0; x < kGrid.width; ++x) {
    slope.col(x) = 0.3F * static_cast<float>(x) / static_cast<float>(kGrid.width);
  }
  const cv::Mat1f sample = with_part(cv::Mat1f(even(-2) + slope), 0.2F);
  const cv::Mat1f left(without_soft_light(even(-2), sample, everywhere(), 14) + 2);
  CHECK(left(24, 34) - left(24, 20) == Approx(0.2).margin(0.06));
  CHECK(std::abs(left(24, 50) - left(24, 20)) < 0.06);
  CHECK(std::abs(cv::mean(left)[0]) < 0.05);
}

TEST_CASE("what was not inspected has no say in the light", "[compare][brightness_step]") {
  cv::Mat1f sample = even(-2);
  sample.colRange(60, 80) = -5;
  cv::Mat1b inspected = everywhere();
  inspected.colRange(60, 80) = 0;
  const cv::Mat1f left = without_soft_light(even(-2), sample, inspected, 14);
  CHECK(cv::norm(left.colRange(0, 60) - even(-2).colRange(0, 60), cv::NORM_INF) == Approx(0).margin(1e-5));
}

TEST_CASE("a step counts against the steps of places as plain or as busy", "[compare][brightness_step]") {
  // The right half is busy, and steps there are ten times as high.
  cv::Mat1f step(kGrid, 0.02F);
  cv::Mat1f texture(kGrid, 0.0F);
  step.colRange(40, 80) = 0.2F;
  texture.colRange(40, 80) = 1;
  const cv::Rect plain(15, 20, 8, 8);
  const cv::Rect busy(60, 20, 8, 8);
  step(plain) = 0.2F;
  step(busy) = 0.4F;
  const cv::Mat1f strength = step_strength(step, texture, everywhere());
  CHECK(strength(24, 19) > 3);
  CHECK(strength(24, 64) < 1.5);
  cv::Mat1b inspected = everywhere();
  inspected(plain) = 0;
  CHECK(cv::norm(step_strength(step, texture, inspected)(plain), cv::NORM_INF) == 0);
}
