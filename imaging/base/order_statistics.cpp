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

}  // namespace boarddiff::imaging
