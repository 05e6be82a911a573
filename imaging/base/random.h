// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace boarddiff::imaging {

// A well mixed function of two numbers: random numbers by place (pixel, index) instead of by order of drawing, so that
// parallel loops give the same bytes for any number of threads.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t seed, std::uint64_t place) noexcept {
  std::uint64_t z = seed + (place + 1) * 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

// Seeded random numbers with distributions of our own: the same sequence with every compiler and library.
class Random {
 public:
  explicit Random(std::uint64_t seed) noexcept : seed_(seed) {}

  // An independent generator named by a label or index: drawing more from one shifts none of the others, and how much
  // was drawn from this one before makes no difference.
  [[nodiscard]] Random stream(std::string_view label) const noexcept;
  [[nodiscard]] Random stream(std::uint64_t index) const noexcept { return Random(mixed(seed_, ~index)); }

  std::uint64_t bits() noexcept { return mixed(seed_, drawn_++); }
  double uniform() noexcept;                           // in [0, 1)
  double uniform(double least, double most) noexcept;  // in [least, most)
  int integer(int least, int most) noexcept;           // both ends included
  double normal() noexcept;                            // mean 0, deviation 1
  bool chance(double probability) noexcept { return uniform() < probability; }

 private:
  std::uint64_t seed_;
  std::uint64_t drawn_ = 0;
};

}  // namespace boarddiff::imaging
