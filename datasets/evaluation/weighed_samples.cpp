// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/weighed_samples.h"

#include <algorithm>

namespace boarddiff::datasets {

WeighedSamples::WeighedSamples(const std::vector<Sample>& from_the_least, const Weights& weights)
    : samples_(from_the_least), weights_(weights) {
  for (const auto& [value, in_case] : samples_) {
    count_ += weights[in_case];
    sum_ += weights[in_case] * value;
  }
}

std::optional<double> WeighedSamples::at(std::int64_t place) const {
  for (const auto& [value, in_case] : samples_) {
    place -= weights_[in_case];
    if (place < 0) {
      return value;
    }
  }
  return {};
}

std::optional<double> WeighedSamples::quantile(double share) const {
  return at(std::min(count_ - 1, static_cast<std::int64_t>(share * static_cast<double>(count_))));
}

std::optional<double> WeighedSamples::median() const {
  return count_ == 0 ? std::optional<double>{} : (*at((count_ - 1) / 2) + *at(count_ / 2)) / 2;
}

std::optional<double> WeighedSamples::mean() const {
  return count_ == 0 ? std::optional<double>{} : sum_ / static_cast<double>(count_);
}

}  // namespace boarddiff::datasets
