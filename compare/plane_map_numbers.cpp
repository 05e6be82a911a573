// SPDX-License-Identifier: Apache-2.0
#include "compare/plane_map_numbers.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::compare {

namespace {

// Calls with each number of the map, in the order of the file.
template <typename Map, typename Function>
void for_each_number(Map& map, const Function& function) {
  const auto lens = [&](auto& one) {
    function(one.centre_px.x());
    function(one.centre_px.y());
    function(one.half_diagonal_px);
    function(one.k[0]);
    function(one.k[1]);
  };
  lens(map.reference_lens);
  for (Eigen::Index row = 0; row < 3; ++row) {
    for (Eigen::Index column = 0; column < 3; ++column) {
      function(map.sample_from_reference(row, column));
    }
  }
  lens(map.sample_lens);
  function(map.residual.origin_in_reference.x());
  function(map.residual.origin_in_reference.y());
  function(map.residual.half_side_px);
  for (Eigen::Index row = 0; row < 2; ++row) {
    for (Eigen::Index term = 0; term < imaging::SmoothResidual::kTerms; ++term) {
      function(map.residual.shift_px(row, term));
    }
  }
}

}  // namespace

std::vector<double> numbers_of(const imaging::PlaneMap& map) {
  std::vector<double> numbers;
  numbers.reserve(kPlaneMapNumbers);
  for_each_number(map, [&](double value) { numbers.push_back(value); });
  return numbers;
}

std::optional<imaging::PlaneMap> plane_map_of(const std::vector<double>& numbers) {
  if (numbers.size() != kPlaneMapNumbers ||
      !std::all_of(numbers.begin(), numbers.end(), [](double value) { return std::isfinite(value); })) {
    return std::nullopt;
  }
  imaging::PlaneMap map;
  std::size_t next = 0;
  for_each_number(map, [&](double& value) { value = numbers[next++]; });
  const bool has_sizes =
      map.reference_lens.half_diagonal_px > 0 && map.sample_lens.half_diagonal_px > 0 && map.residual.half_side_px > 0;
  return has_sizes ? std::optional(map) : std::nullopt;
}

}  // namespace boarddiff::compare
