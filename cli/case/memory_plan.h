// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace boarddiff::cli {

// How many boards fit into the memory that there is, by what those before them needed. A board is as large as its
// pictures have megapixels, together; 0: unknown, and taken for no larger than those before.
class MemoryPlan {
 public:
  // `guess_each_mb`: what a board of `guess_megapixels` and less needs, until the first one is known.
  MemoryPlan(double memory_mb, double guess_each_mb, double guess_megapixels)
      : memory_mb_(memory_mb), guess_each_mb_(guess_each_mb), guess_megapixels_(guess_megapixels) {}

  // What a process had at most in which no board was larger than that.
  void learn(double megapixels, double peak_mb);

  // What a board will need: as much as any before it, and in proportion more where it is larger than all of them, with
  // some to spare.
  [[nodiscard]] double need_mb(double megapixels) const;

  // Whether a board fits beside those in work; one alone always does.
  [[nodiscard]] bool has_room(const std::vector<double>& in_work, double megapixels) const;

  // How many processes without work, each of which may still have what the largest board needed, fit beside those in
  // work; one where nothing is.
  [[nodiscard]] std::size_t idle_processes(const std::vector<double>& in_work) const;

  // The most that one board needed; 0 before the first.
  [[nodiscard]] double peak_mb() const { return peak_mb_; }

 private:
  [[nodiscard]] double needed_by(const std::vector<double>& boards) const;

  double memory_mb_ = 0;
  double guess_each_mb_ = 0;
  double guess_megapixels_ = 0;
  double peak_mb_ = 0;
  double largest_megapixels_ = 0;  // of those that are known
};

}  // namespace boarddiff::cli
