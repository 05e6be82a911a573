// SPDX-License-Identifier: Apache-2.0
#include "imaging/open_beam.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

using boarddiff::imaging::find_open_beam;

namespace {

const cv::Size kSize(400, 300);
const cv::Rect kBoard(60, 50, 280, 200);

// The beam falls off by as much as a board of bare laminate absorbs.
cv::Mat1f beam() {
  cv::Mat1f attenuation(kSize);
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      const double right = x / 400.0 - 0.4;
      const double down = y / 300.0 - 0.5;
      attenuation(y, x) = static_cast<float>(0.5 * (right * right + down * down) + 0.1 * right);
    }
  }
  cv::Mat1f noise(kSize);
  cv::RNG(3).fill(noise, cv::RNG::NORMAL, 0, 0.02);
  return cv::Mat1f(attenuation + noise);
}

cv::Mat1f with_board(cv::Mat1f attenuation) {
  cv::Mat1f grey;
  cv::cvtColor(boarddiff::test::textured_light(kSize, 1), grey, cv::COLOR_BGR2GRAY);
  attenuation(kBoard) += 0.22 + grey(kBoard);
  return attenuation;
}

double share_open(const cv::Mat1f& attenuation, const cv::Rect& where) {
  return cv::mean(find_open_beam(attenuation)(where))[0] / 255;
}

}  // namespace

TEST_CASE("beside the board the beam is open, however it falls off", "[imaging][open_beam]") {
  const cv::Mat1b open = find_open_beam(with_board(beam()));
  cv::Mat1b beside(kSize, uchar{255});
  beside(kBoard) = 0;
  CHECK(cv::countNonZero(open != beside) < 0.02 * kSize.area());
}

TEST_CASE("bare laminate is board", "[imaging][open_beam]") {
  cv::Mat1f attenuation = beam();
  attenuation(kBoard) += 0.2;
  CHECK(share_open(attenuation, kBoard) < 0.03);
}

TEST_CASE("a hole through the board belongs to it", "[imaging][open_beam]") {
  const cv::Mat1f plain = beam();
  cv::Mat1f attenuation = with_board(plain.clone());
  const cv::Rect hole(150, 120, 30, 30);
  plain(hole).copyTo(attenuation(hole));
  CHECK(share_open(attenuation, hole) == 0);
}

TEST_CASE("a part that reaches over the board's edge is no open beam", "[imaging][open_beam]") {
  cv::Mat1f attenuation = with_board(beam());
  const cv::Rect connector(0, 120, 80, 40);
  attenuation(connector) += 0.3;
  CHECK(share_open(attenuation, {10, 125, 40, 30}) == 0);
}

TEST_CASE("a close-up shows no open beam", "[imaging][open_beam]") {
  cv::Mat1f attenuation = with_board(beam());
  CHECK(share_open(attenuation(kBoard).clone(), {0, 0, kBoard.width, kBoard.height}) < 0.02);
}

TEST_CASE("a picture of a few pixels has an answer", "[imaging][open_beam]") {
  CHECK(find_open_beam(cv::Mat1f(3, 5, 0.2F)).size() == cv::Size(5, 3));
}
