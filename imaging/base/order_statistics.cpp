// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/order_statistics.h"

#include "imaging/base/error.h"

#include <algorithm>
#include <cstddef>

namespace boarddiff::imaging {
namespace {

float at_rank(std::vector<float>& values, std::size_t rank) {
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

}  // namespace

float quantile(std::vector<float> values, double share) {
  require(!values.empty() && share >= 0 && share <= 1, "quantile: of at least one value, 0 <= share <= 1");
  return at_rank(values, static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
}

float median(std::vector<float> values) {
  require(!values.empty(), "median: of at least one value");
  return at_rank(values, values.size() / 2);
}

std::vector<float> values_where(const cv::Mat1f& values, const cv::Mat1b& mask) {
  require(values.size() == mask.size(), "values_where: a mask of the values' size");
  std::vector<float> some;
  for (int y = 0; y < values.rows; ++y) {
    for (int x = 0; x < values.cols; ++x) {
      if (mask(y, x) != 0) {
        some.push_back(values(y, x));
      }
    }
  }
  return some;
}

}  // namespace boarddiff::imaging
