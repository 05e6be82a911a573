// SPDX-License-Identifier: Apache-2.0
#include "compare/plain_body.h"
#include "tests/support/small_pair.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <optional>
#include <vector>

using boarddiff::compare::BoardSurface;
using boarddiff::compare::find_faint_body;
using boarddiff::compare::plain_body;
using boarddiff::compare::PlainBody;
using boarddiff::imaging::Box;
using boarddiff::test::pair_of;
using boarddiff::test::textured_light;

namespace {

const cv::Size kSize(240, 200);
const cv::Rect kPart(100, 80, 40, 30);
const Box kRegion{.x = 100, .y = 80, .width = 40, .height = 30};

cv::Mat3f with_noise(cv::Mat3f picture, std::uint64_t seed) {
  cv::Mat3f noise(picture.size());
  cv::RNG generator(seed);
  generator.fill(noise, cv::RNG::NORMAL, 0, 0.002);
  // As a lens and a file's compression leave it.
  cv::GaussianBlur(picture, picture, {}, 0.8);
  cv::GaussianBlur(noise, noise, {}, 0.8);
  return cv::Mat3f(picture + noise);
}

cv::Mat3f mask(float light = 0.033F) { return cv::Mat3f(kSize, cv::Vec3f::all(light)); }

cv::Mat3f with_step(cv::Mat3f picture, double factor) {
  picture(kPart) *= factor;
  return picture;
}

std::optional<PlainBody> plain(const cv::Mat3f& reference, const cv::Mat3f& sample, const BoardSurface& surface = {}) {
  const auto pair = pair_of(with_noise(reference, 1), with_noise(sample, 2));
  return plain_body(find_faint_body(pair, kRegion), surface, pair);
}

}  // namespace

TEST_CASE("a part a little brighter or darker than smooth mask is a plain body", "[compare][plain_body]") {
  CHECK(plain(mask(), with_step(mask(), 1.5)) == PlainBody::appeared);
  CHECK(plain(mask(), with_step(mask(), 0.6)) == PlainBody::appeared);
  CHECK(plain(with_step(mask(), 1.5), mask()) == PlainBody::disappeared);
  CHECK_FALSE(plain(mask(), mask()));
}

TEST_CASE("a part that both pictures outline, and that shines in one, is none", "[compare][plain_body]") {
  CHECK_FALSE(plain(with_step(mask(), 0.6), with_step(mask(), 1.5)));
  CHECK_FALSE(plain(with_step(mask(0.1F), 2), with_step(mask(0.1F), 4)));
}

TEST_CASE("in dazzling light nothing is said of steps", "[compare][plain_body]") {
  CHECK(plain(mask(0.6F), with_step(mask(0.6F), 0.8)));
  CHECK_FALSE(plain(mask(0.9F), with_step(mask(0.9F), 0.8)));
}

TEST_CASE("on top of a part it is none", "[compare][plain_body]") {
  BoardSurface surface{.covered = cv::Mat1b(kSize, uchar{0})};
  CHECK(plain(mask(), with_step(mask(), 1.5), surface));
  surface.covered(cv::Rect(90, 70, 30, 60)) = 255;  // half of it
  CHECK_FALSE(plain(mask(), with_step(mask(), 1.5), surface));
}

TEST_CASE("what ends softly is a shadow", "[compare][plain_body]") {
  const cv::Mat3f bright = mask(0.3F);
  cv::Mat3f shadow = with_step(bright.clone(), 0.6);
  CHECK(plain(bright, shadow));
  cv::GaussianBlur(shadow, shadow, {}, 7);
  CHECK_FALSE(plain(bright, shadow));
}

TEST_CASE("what fills no rectangle, or only a line of it, is none", "[compare][plain_body]") {
  cv::Mat3f sliver = mask();
  cv::fillConvexPoly(sliver, std::vector<cv::Point>{{100, 80}, {140, 80}, {100, 110}}, cv::Scalar::all(0.05));
  CHECK_FALSE(plain(mask(), sliver));
  cv::Mat3f line = mask();
  cv::line(line, {98, 95}, {142, 95}, cv::Scalar::all(0.1), 3);
  CHECK_FALSE(plain(mask(), line));
}

TEST_CASE("on a busy place brightness alone says little", "[compare][plain_body]") {
  const cv::Mat3f busy = textured_light(kSize, 1);
  CHECK_FALSE(plain(busy, with_step(busy.clone(), 1.2)));
}
