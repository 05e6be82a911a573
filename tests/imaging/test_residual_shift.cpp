// SPDX-License-Identifier: Apache-2.0
#include "imaging/residual_shift.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>

using boarddiff::imaging::measure_residual_shift;
using boarddiff::imaging::NormalizedPair;
using boarddiff::imaging::ResidualShift;
using boarddiff::test::textured_light;

namespace {

const cv::Size kSize(480, 360);
constexpr int kCell_px = 4;

NormalizedPair pair_of(const cv::Mat3f& reference, const cv::Mat3f& sample) {
  return {.reference = reference, .sample = sample, .seen = cv::Mat1b(reference.size(), uchar{255}), .scale = 1};
}

float largest_length(const cv::Mat2f& shifts) {
  float longest = 0;
  for (const cv::Vec2f& shift : shifts) {
    longest = std::max(longest, std::hypot(shift[0], shift[1]));
  }
  return longest;
}

cv::Vec2f mean_shift(const cv::Mat2f& shifts, const cv::Rect& cells) {
  const cv::Scalar mean = cv::mean(shifts(cells));
  return {static_cast<float>(mean[0]), static_cast<float>(mean[1])};
}

}  // namespace

TEST_CASE("a patch that stands aside is followed, both ways", "[imaging][residual_shift]") {
  const cv::Mat3f reference = textured_light(kSize, 1);
  const cv::Mat3f part = textured_light({120, 100}, 2);
  cv::Mat3f before = reference.clone();
  cv::Mat3f after = reference.clone();
  part.copyTo(before(cv::Rect(180, 130, 120, 100)));
  part.copyTo(after(cv::Rect(186, 126, 120, 100)));
  const ResidualShift shift = measure_residual_shift(pair_of(before, after), kCell_px);
  REQUIRE(shift.sample_from_reference.size() == cv::Size(120, 90));
  const cv::Rect middle_cells(53, 40, 14, 10);  // the middle of the patch in either picture
  const cv::Vec2f there = mean_shift(shift.sample_from_reference, middle_cells);
  const cv::Vec2f back = mean_shift(shift.reference_from_sample, middle_cells);
  // A cell is 4 px; the search around it covers the rest.
  CHECK(there[0] == Approx(6).margin(1));
  CHECK(there[1] == Approx(-4).margin(1));
  CHECK(back[0] == Approx(-6).margin(1));
  CHECK(back[1] == Approx(4).margin(1));
  CHECK(cv::norm(mean_shift(shift.sample_from_reference, {10, 10, 14, 10})) < 0.3);
}

TEST_CASE("equal pictures do not move", "[imaging][residual_shift]") {
  const cv::Mat3f picture = textured_light(kSize, 3);
  const ResidualShift shift = measure_residual_shift(pair_of(picture, picture), kCell_px);
  CHECK(largest_length(shift.sample_from_reference) < 0.05F);
  CHECK(largest_length(shift.reference_from_sample) < 0.05F);
}

TEST_CASE("half the light does not move anything", "[imaging][residual_shift]") {
  const cv::Mat3f picture = textured_light(kSize, 3);
  const cv::Mat3f darker(picture * 0.5);
  CHECK(largest_length(measure_residual_shift(pair_of(picture, darker), kCell_px).sample_from_reference) < 1);
}

TEST_CASE("shifts stay finite and within what a part can do", "[imaging][residual_shift]") {
  const cv::Mat3f plain(kSize, cv::Vec3f(0.3F, 0.3F, 0.3F));
  const cv::Mat3f black(kSize, cv::Vec3f(0, 0, 0));
  for (const NormalizedPair& pair :
       {pair_of(plain, plain), pair_of(plain, black), pair_of(plain, textured_light(kSize, 1)),
        pair_of(textured_light(kSize, 4), textured_light(kSize, 5))}) {
    const ResidualShift shift = measure_residual_shift(pair, kCell_px);
    CHECK(cv::checkRange(shift.sample_from_reference));
    CHECK(largest_length(shift.sample_from_reference) <= 48.001F);
    CHECK(largest_length(shift.reference_from_sample) <= 48.001F);
  }
}

TEST_CASE("a small X-ray pair has shifts as well", "[imaging][residual_shift]") {
  const NormalizedPair pair{.reference = cv::Mat1f(70, 66, 0.5F),
                            .sample = cv::Mat1f(70, 66, 0.4F),
                            .seen = cv::Mat1b(70, 66, uchar{255}),
                            .scale = 1};
  const ResidualShift shift = measure_residual_shift(pair, kCell_px);
  CHECK(shift.sample_from_reference.size() == cv::Size(16, 17));
  CHECK(cv::checkRange(shift.sample_from_reference));
}
