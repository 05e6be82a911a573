// SPDX-License-Identifier: Apache-2.0
#include "compare/changed_body.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <vector>

using boarddiff::compare::ChangedBody;
using boarddiff::compare::find_changed_body;
using boarddiff::compare::find_faint_body;
using boarddiff::imaging::Box;
using boarddiff::test::pair_of;

namespace {

const cv::Rect kPart(100, 80, 30, 20);
const Box kRegion{.x = 90, .y = 60, .width = 60, .height = 60};

cv::Mat3f board() { return cv::Mat3f(200, 240, cv::Vec3f(0.12F, 0.35F, 0.14F)); }

cv::Mat3f with_part(cv::Mat3f picture) {
  picture(kPart) = cv::Vec3f(0.1F, 0.1F, 0.1F);
  return picture;
}

}  // namespace

TEST_CASE("a part has a body, and its box is the part's", "[compare][changed_body]") {
  const ChangedBody body = find_changed_body(pair_of(board(), with_part(board())), kRegion);
  CHECK(body.box.x == Approx(100).margin(1));
  CHECK(body.box.width == Approx(30).margin(2));
  CHECK(body.share == Approx(600.0 / 3600).margin(0.02));
  CHECK(body.area_px == Approx(600).margin(30));
}

TEST_CASE("a body that is nearly of the board's colour is seen as well", "[compare][changed_body]") {
  cv::Mat3f sample = board();
  sample(kPart) = cv::Vec3f(0.145F, 0.39F, 0.168F);  // a tenth brighter
  const ChangedBody body = find_faint_body(pair_of(board(), sample), {.x = 98, .y = 78, .width = 34, .height = 24});
  CHECK(body.box.x == Approx(100).margin(1));
  CHECK(body.box.width == Approx(30).margin(2));
  CHECK(body.share > 0.6);
  CHECK(find_faint_body(pair_of(board(), board()), kRegion).share == 0);
  CHECK(find_changed_body(pair_of(board(), sample), kRegion).share == 0);  // too little for others
}

TEST_CASE("where all differs by a good deal, a faint body is nearer to its own change than to that",
          "[compare][changed_body]") {
  // Everything around is a fifth brighter on the right of a grid of stripes; the part is much brighter.
  cv::Mat3f sample = board();
  for (int x = 0; x < sample.cols; x += 24) {
    sample(cv::Rect(x, 0, 12, sample.rows)) = cv::Vec3f(0.17F, 0.49F, 0.2F);
  }
  sample(kPart) = cv::Vec3f(0.3F, 0.85F, 0.34F);
  const ChangedBody body = find_faint_body(pair_of(board(), sample), {.x = 98, .y = 78, .width = 34, .height = 24});
  CHECK(body.box.x == Approx(100).margin(2));
  CHECK(body.box.width == Approx(30).margin(4));
  CHECK(body.area_px < 1.3 * kPart.area());
}

TEST_CASE("a part fills its rectangle, however turned, and an angle does not", "[compare][changed_body]") {
  CHECK(find_changed_body(pair_of(board(), with_part(board())), kRegion).fullness > 0.95);
  cv::Mat3f turned = board();
  cv::fillConvexPoly(turned, std::vector<cv::Point>{{120, 75}, {145, 100}, {130, 115}, {105, 90}},
                     cv::Scalar(0.1, 0.1, 0.1));
  CHECK(find_changed_body(pair_of(board(), turned), kRegion).fullness > 0.9);
  cv::Mat3f angle = with_part(board());
  angle(cv::Rect(107, 87, 23, 13)) = cv::Vec3f(0.12F, 0.35F, 0.14F);
  CHECK(find_changed_body(pair_of(board(), angle), kRegion).fullness < 0.75);
}

TEST_CASE("a line has none", "[compare][changed_body]") {
  cv::Mat3f sample = board();
  cv::line(sample, {92, 62}, {146, 116}, cv::Scalar(0.6, 0.6, 0.6), 2);
  const ChangedBody body = find_changed_body(pair_of(board(), sample), kRegion);
  CHECK(body.share < 0.05);
  CHECK(body.width_px < 5);
  CHECK(find_faint_body(pair_of(board(), sample), kRegion).share == 0);
}
