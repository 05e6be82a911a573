// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/resolution.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::imaging::load {
namespace {

constexpr double kMillimetresPerInch = 25.4;
constexpr double kLeastDpi = 100;
constexpr double kMostDpi = 25400;
constexpr double kMostDisagreement = 0.01;

// Screens and print shops (120, 144, 150, 192, 300), Lightroom (240), and cameras (180, 300, 314, 350).
constexpr std::array kSaidWithoutMeaning{120.0, 144.0, 150.0, 180.0, 192.0, 240.0, 300.0, 314.0, 350.0};

bool agree(double a, double b) { return std::abs(a - b) <= kMostDisagreement * std::min(a, b); }

// What nobody can mean (0, negative, not a number) says nothing.
void add(StatedResolution& stated, double across_dpi, double down_dpi) {
  if (across_dpi > 0 && down_dpi > 0 && std::isfinite(across_dpi) && std::isfinite(down_dpi)) {
    stated.dpi.push_back({.across = across_dpi, .down = down_dpi});
  }
}

}  // namespace

std::optional<double> believed_dpi(const StatedResolution& stated) {
  if (stated.dpi.empty() || stated.by_camera || stated.resized) {
    return {};
  }
  const double first = stated.dpi.front().across;
  const bool all_agree = std::ranges::all_of(
      stated.dpi, [&](const StatedResolution::Dpi& dpi) { return agree(dpi.across, first) && agree(dpi.down, first); });
  const double dpi = (first + stated.dpi.front().down) / 2;
  const bool is_default =
      std::ranges::any_of(kSaidWithoutMeaning, [&](double known) { return std::abs(dpi - known) < 0.5; });
  return all_agree && !is_default && dpi >= kLeastDpi && dpi <= kMostDpi ? std::optional(dpi) : std::nullopt;
}

void state_in_tiff_unit(StatedResolution& stated, double across, double down, unsigned unit) {
  constexpr unsigned kInch = 2;
  constexpr unsigned kCentimetre = 3;
  if (unit == kInch) {
    add(stated, across, down);
  } else if (unit == kCentimetre) {
    add(stated, across * kMillimetresPerInch / 10, down * kMillimetresPerInch / 10);
  }
}

void state_per_metre(StatedResolution& stated, double across, double down) {
  add(stated, across * kMillimetresPerInch / 1000, down * kMillimetresPerInch / 1000);
}

}  // namespace boarddiff::imaging::load
