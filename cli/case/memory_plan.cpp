// SPDX-License-Identifier: Apache-2.0
#include "cli/case/memory_plan.h"

#include <algorithm>
#include <numeric>

namespace boarddiff::cli {
namespace {

double larger_by(double megapixels, double than) { return than > 0 ? std::max(1.0, megapixels / than) : 1.0; }

}  // namespace

void MemoryPlan::learn(double megapixels, double peak_mb) {
  peak_mb_ = std::max(peak_mb_, peak_mb);
  largest_megapixels_ = std::max(largest_megapixels_, megapixels);
}

double MemoryPlan::need_mb(double megapixels) const {
  constexpr double kSpare = 1.15;  // boards differ
  return peak_mb_ > 0 ? kSpare * peak_mb_ * larger_by(megapixels, largest_megapixels_)
                      : guess_each_mb_ * larger_by(megapixels, guess_megapixels_);
}

double MemoryPlan::needed_by(const std::vector<double>& boards) const {
  return std::accumulate(boards.begin(), boards.end(), 0.0,
                         [this](double sum, double megapixels) { return sum + need_mb(megapixels); });
}

bool MemoryPlan::has_room(const std::vector<double>& in_work, double megapixels) const {
  return in_work.empty() || needed_by(in_work) + need_mb(megapixels) <= memory_mb_;
}

std::size_t MemoryPlan::idle_processes(const std::vector<double>& in_work) const {
  const double left = memory_mb_ - needed_by(in_work);
  const std::size_t fit = left > 0 ? static_cast<std::size_t>(left / need_mb(0)) : 0;
  return in_work.empty() ? std::max(fit, std::size_t{1}) : fit;
}

}  // namespace boarddiff::cli
