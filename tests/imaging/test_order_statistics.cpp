// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/order_statistics.h"

#include <catch2/catch.hpp>

#include <stdexcept>

using boarddiff::imaging::median;
using boarddiff::imaging::quantile;
using boarddiff::imaging::values_where;

TEST_CASE("the median is the value in the middle, of an even number the upper one", "[imaging][order_statistics]") {
  CHECK(median({7}) == 7);
  CHECK(median({5, -1, 3}) == 3);
  CHECK(median({4, 1, 3, 2}) == 3);
}

TEST_CASE("a quantile is one of the values, from the least to the largest", "[imaging][order_statistics]") {
  CHECK(quantile({5, 1, 3}, 0) == 1);
  CHECK(quantile({5, 1, 3}, 0.5) == 3);
  CHECK(quantile({5, 1, 3}, 1) == 5);
  CHECK(quantile({4, 1, 3, 2}, 0.5) == 2);
  CHECK(quantile({7}, 0.3) == 7);
}

TEST_CASE("no values have neither median nor quantile", "[imaging][order_statistics]") {
  CHECK_THROWS_AS(median({}), std::logic_error);
  CHECK_THROWS_AS(quantile({}, 0.5), std::logic_error);
  CHECK_THROWS_AS(quantile({1, 2}, 1.5), std::logic_error);
}

TEST_CASE("the values of a mask come row by row, and an empty mask has none", "[imaging][order_statistics]") {
  const cv::Mat1f values = (cv::Mat1f(2, 3) << 1, 2, 3, 4, 5, 6);
  const cv::Mat1b mask = (cv::Mat1b(2, 3) << 0, 255, 0, 1, 0, 255);
  CHECK(values_where(values, mask) == std::vector<float>{2, 4, 6});
  CHECK(values_where(values, cv::Mat1b(2, 3, uchar{0})).empty());
  CHECK_THROWS_AS(values_where(values, cv::Mat1b(3, 2, uchar{0})), std::logic_error);
}
