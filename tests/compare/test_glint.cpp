// SPDX-License-Identifier: Apache-2.0
#include "compare/glint.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

using boarddiff::compare::find_glints;

namespace {

const cv::Size kSize(200, 160);

cv::Mat3f board_with(const cv::Rect& place, float level) {
  cv::Mat3f board(kSize, cv::Vec3f(0.1F, 0.3F, 0.12F));
  board(place) = cv::Vec3f(level, level, level);
  return board;
}

const cv::Rect kSmall(100, 80, 6, 6);

}  // namespace

TEST_CASE("a small highlight in one picture alone is a glint, in either", "[compare][glint]") {
  const cv::Mat3f plain = board_with({}, 0);
  const cv::Mat3f shiny = board_with(kSmall, 0.98F);
  for (const cv::Mat1b& glints : {find_glints(plain, shiny, 4), find_glints(shiny, plain, 4)}) {
    CHECK(glints.size() == cv::Size(50, 40));
    CHECK(glints(20, 25) == 255);
    CHECK(glints(5, 5) == 0);
    CHECK(cv::countNonZero(glints) < 30);
  }
}

TEST_CASE("a highlight that both pictures show is none", "[compare][glint]") {
  CHECK(cv::countNonZero(find_glints(board_with(kSmall, 0.98F), board_with(kSmall, 0.98F), 4)) == 0);
}

TEST_CASE("a large white area is a thing", "[compare][glint]") {
  const cv::Mat1b glints = find_glints(board_with({}, 0), board_with({60, 40, 80, 60}, 0.98F), 4);
  CHECK(glints(17, 25) == 0);
}

TEST_CASE("grey is no highlight", "[compare][glint]") {
  CHECK(cv::countNonZero(find_glints(board_with({}, 0), board_with(kSmall, 0.4F), 4)) == 0);
}
