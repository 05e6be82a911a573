// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/desk.h"

#include <cmath>
#include <numbers>

namespace boarddiff::datasets {
namespace {

using imaging::Point;

double lattice(std::uint64_t seed, int x, int y) {
  const std::uint64_t place =
      (static_cast<std::uint64_t>(static_cast<std::uint32_t>(y)) << 32U) | static_cast<std::uint32_t>(x);
  return static_cast<double>(imaging::mixed(seed, place) >> 40U) / (1 << 24) * 2 - 1;
}

// Smooth noise of about unit size; `at` in lattice periods.
double noise(std::uint64_t seed, const Point& at) {
  const int x = static_cast<int>(std::floor(at.x()));
  const int y = static_cast<int>(std::floor(at.y()));
  const double u = at.x() - x;
  const double v = at.y() - y;
  return (lattice(seed, x, y) * (1 - u) + lattice(seed, x + 1, y) * u) * (1 - v) +
         (lattice(seed, x, y + 1) * (1 - u) + lattice(seed, x + 1, y + 1) * u) * v;
}

}  // namespace

DeskTexture::DeskTexture(Desk desk, imaging::Random random) : desk_(desk), seed_(random.bits()) {
  if (desk != Desk::cluttered) return;
  for (int i = 0; i < 26; ++i) {
    Thing thing;
    thing.centre_mm = {random.uniform(-60, 180), random.uniform(-60, 150)};
    const double angle = random.uniform(0, 2 * std::numbers::pi);
    thing.along = {std::cos(angle), std::sin(angle)};
    thing.half_length_mm = random.uniform(4, 40);
    thing.half_width_mm = random.uniform(1, 9);
    thing.round = random.chance(0.3);
    // Paper, tape, steel: mostly pale or grey, some coloured.
    const double bright = random.uniform(40, 225);
    const double vivid = random.chance(0.25) ? 0.7 : 0.12;
    for (int c = 0; c < 3; ++c) {
      thing.colour[c] = bright * (1 + vivid * random.uniform(-1, 0.15));
    }
    things_.push_back(thing);
  }
}

cv::Vec3b DeskTexture::colour_at(const Point& board_mm) const {
  cv::Vec3d colour(178, 182, 184);
  double mottle = 0.03 * noise(seed_, board_mm / 25) + 0.015 * noise(seed_ + 1, board_mm / 0.5);
  if (desk_ == Desk::dark) colour = {58, 50, 46};
  if (desk_ == Desk::cluttered) colour = {120, 134, 140};
  if (desk_ == Desk::wood) {
    colour = {74, 112, 158};
    const double ring = board_mm.y() / 7 + 1.2 * noise(seed_ + 2, {board_mm.x() / 60, board_mm.y() / 9});
    mottle +=
        0.12 * std::sin(2 * std::numbers::pi * ring) + 0.08 * noise(seed_ + 3, {board_mm.x() / 9, board_mm.y() / 0.5});
  }
  for (const Thing& thing : things_) {
    const Point off = board_mm - thing.centre_mm;
    const double along = std::abs(off.dot(thing.along));
    const double across = std::abs(off.x() * thing.along.y() - off.y() * thing.along.x());
    const bool inside =
        thing.round ? off.norm() < thing.half_width_mm : along < thing.half_length_mm && across < thing.half_width_mm;
    if (inside) colour = thing.colour * (1 + 0.1 * noise(seed_ + 5, {along / 3, across / 1.5}));
  }
  cv::Vec3b result;
  for (int c = 0; c < 3; ++c) {
    result[c] = cv::saturate_cast<unsigned char>(colour[c] * (1 + mottle));
  }
  return result;
}

}  // namespace boarddiff::datasets
