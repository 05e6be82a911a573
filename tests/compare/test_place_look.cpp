// SPDX-License-Identifier: Apache-2.0
#include "compare/place_look.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

using boarddiff::compare::brightness_change;
using boarddiff::compare::look_of;
using boarddiff::compare::PlaceLook;
using boarddiff::test::pair_of;

namespace {

const cv::Rect kPlace(40, 30, 20, 20);

cv::Mat3f plain(const cv::Vec3f& colour) { return cv::Mat3f(80, 100, colour); }

}  // namespace

TEST_CASE("a plain grey place is as bright as its light, even and without colour", "[compare][place_look]") {
  const PlaceLook look = look_of(plain(cv::Vec3f::all(0.2F)));
  CHECK(look.brightness == Approx(std::log(0.24)));
  CHECK(look.unevenness == Approx(0).margin(1e-3));
  CHECK(look.colour == Approx(0).margin(1e-6));
  CHECK(look_of(plain({0.1F, 0.4F, 0.1F})).colour == Approx(std::log(0.44 / 0.14)));
}

TEST_CASE("a chequered place is uneven", "[compare][place_look]") {
  cv::Mat3f halves = plain(cv::Vec3f::all(0.1F));
  halves.colRange(0, 50) = cv::Vec3f::all(0.5F);
  CHECK(look_of(halves).unevenness == Approx(std::log(0.54 / 0.14) / 2).epsilon(0.01));
}

TEST_CASE("a change is a step with an outline as sharp as it was drawn", "[compare][place_look]") {
  const cv::Mat3f before = plain(cv::Vec3f::all(0.1F));
  cv::Mat3f sharp = before.clone();
  sharp(kPlace) = cv::Vec3f::all(0.2F);
  cv::Mat3f soft;
  cv::GaussianBlur(sharp, soft, {}, 4);
  const double step = std::log(0.24 / 0.14);  // less where the outline is blurred
  CHECK(brightness_change(pair_of(before, sharp), kPlace).step == Approx(step).epsilon(0.15));
  CHECK(brightness_change(pair_of(sharp, before), kPlace).step == Approx(step).epsilon(0.15));
  CHECK(brightness_change(pair_of(before, sharp), kPlace).sharpness() == Approx(0.35).margin(0.1));
  CHECK(brightness_change(pair_of(before, soft), kPlace).sharpness() < 0.2);
  CHECK(brightness_change(pair_of(before, before), kPlace).sharpness() == Approx(0).margin(1e-6));
}

TEST_CASE("a place at the pictures' corner is looked at as far as it goes", "[compare][place_look]") {
  cv::Mat3f sample = plain(cv::Vec3f::all(0.1F));
  sample(cv::Rect(0, 0, 20, 20)) = cv::Vec3f::all(0.2F);
  CHECK(brightness_change(pair_of(plain(cv::Vec3f::all(0.1F)), sample), {0, 0, 20, 20}).step > 0.4);
}
