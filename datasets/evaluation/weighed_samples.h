// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace boarddiff::datasets {

// How often each case counts; 1 everywhere for the figures themselves, as drawn for a bootstrap.
using Weights = std::vector<int>;

// A value and its case.
using Sample = std::pair<double, std::size_t>;

// A share of things that count several times each.
struct Share {
  int part = 0;
  int whole = 0;

  void add(int weight, bool counts) {
    whole += weight;
    part += counts ? weight : 0;
  }
  // Nothing: of nothing.
  [[nodiscard]] std::optional<double> value() const {
    return whole == 0 ? std::optional<double>{} : static_cast<double>(part) / whole;
  }
};

// Values in order, each as often as its case counts. Both given outlive this. Nothing comes of no values.
class WeighedSamples {
 public:
  WeighedSamples(const std::vector<Sample>& from_the_least, const Weights& weights);

  [[nodiscard]] std::optional<double> quantile(double share) const;
  [[nodiscard]] std::optional<double> median() const;
  [[nodiscard]] std::optional<double> mean() const;
  [[nodiscard]] std::optional<double> largest() const { return at(count_ - 1); }

 private:
  [[nodiscard]] std::optional<double> at(std::int64_t place) const;

  const std::vector<Sample>& samples_;
  const Weights& weights_;
  std::int64_t count_ = 0;
  double sum_ = 0;
};

}  // namespace boarddiff::datasets
