// SPDX-License-Identifier: Apache-2.0
#include "compare/other_light.h"

#include <catch2/catch.hpp>

using boarddiff::compare::other_light;

namespace {

const cv::Size kSize(8, 8);
const cv::Vec3f kGreen(0.12F, 0.35F, 0.14F);

bool is_other_light(const cv::Vec3f& before, const cv::Vec3f& after) {
  return cv::countNonZero(other_light(cv::Mat3f(kSize, before), cv::Mat3f(kSize, after))) == kSize.area();
}

}  // namespace

TEST_CASE("a shadow that fell or went away is other light", "[compare][other_light]") {
  CHECK(is_other_light(kGreen, kGreen * 0.5F));
  CHECK(is_other_light(kGreen * 0.5F, kGreen));
}

TEST_CASE("another colour, nothing, noise and black where there was light are none", "[compare][other_light]") {
  CHECK_FALSE(is_other_light(kGreen, {0.1F, 0.1F, 0.1F}));
  CHECK_FALSE(is_other_light(kGreen, {0.3F, 0.2F, 0.1F}));
  CHECK_FALSE(is_other_light(kGreen, kGreen));
  CHECK_FALSE(is_other_light(kGreen, kGreen * 1.03F));
  CHECK_FALSE(is_other_light({0.9F, 0.9F, 0.9F}, {0.01F, 0.01F, 0.01F}));
}
