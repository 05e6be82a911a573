// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace boarddiff::imaging {

Random Random::stream(std::string_view label) const noexcept {
  std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a
  for (const char letter : label) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3ULL;
  }
  return Random(mixed(seed_ ^ 0xA5A5A5A5A5A5A5A5ULL, hash));
}

double Random::uniform() noexcept { return static_cast<double>(bits() >> 11U) * 0x1p-53; }

double Random::uniform(double least, double most) noexcept { return least + (most - least) * uniform(); }

int Random::integer(int least, int most) noexcept {
  const double span = static_cast<double>(most) - least + 1;
  return std::min(most, least + static_cast<int>(std::floor(uniform() * span)));
}

// Box and Muller, 1958: A note on the generation of random normal deviates. The second value is thrown away so that a
// draw always costs the same two numbers.
double Random::normal() noexcept {
  const double radius = std::sqrt(-2 * std::log(1 - uniform()));
  return radius * std::cos(2 * std::numbers::pi * uniform());
}

}  // namespace boarddiff::imaging
