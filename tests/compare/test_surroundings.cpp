// SPDX-License-Identifier: Apache-2.0
#include "compare/surroundings.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

using boarddiff::compare::mean_around;
using boarddiff::compare::over_surroundings;
using boarddiff::compare::usual_most;

namespace {

const cv::Size kGrid(80, 60);

cv::Mat1b everywhere() { return {kGrid, uchar{255}}; }

}  // namespace

TEST_CASE("the usual most is what a tenth exceeds, of the cells that count", "[compare][surroundings]") {
  cv::Mat1f map(kGrid, 1.0F);
  map.colRange(0, 4) = 9;  // a twentieth
  CHECK(usual_most(map, everywhere()) == 1);
  map.colRange(0, 16) = 9;  // a fifth
  CHECK(usual_most(map, everywhere()) == 9);
  cv::Mat1b where = everywhere();
  where.colRange(0, 16) = 0;
  CHECK(usual_most(map, where) == 1);
  CHECK(usual_most(map, cv::Mat1b(kGrid, uchar{0})) == 0);
}

TEST_CASE("what does not count is no part of the mean around a place", "[compare][surroundings]") {
  cv::Mat1f values(kGrid, 2.0F);
  cv::Mat1f weight(kGrid, 1.0F);
  values.colRange(40, 80) = 0;
  weight.colRange(40, 80) = 0;
  const cv::Mat1f mean = mean_around(values, weight, 5);
  CHECK(mean(30, 5) == Approx(2));
  CHECK(mean(30, 39) == Approx(2).epsilon(1e-4));
  CHECK(mean(30, 79) == Approx(0).margin(1e-4));  // far from all that counts
}

TEST_CASE("a place is measured by how many times as much as its surroundings it shows", "[compare][surroundings]") {
  cv::Mat1f map(kGrid, 0.0F);
  map(cv::Rect(20, 20, 12, 12)) = 6;
  const cv::Mat1f around(kGrid, 2.0F);
  cv::Mat1b where = everywhere();
  where.row(25) = 0;
  const cv::Mat1f strength = over_surroundings(map, around, 1, where);
  CHECK(strength(27, 26) == Approx(2).epsilon(0.01));
  CHECK(strength(25, 26) == 0);
  CHECK(strength(50, 60) == Approx(0).margin(1e-6));
}
