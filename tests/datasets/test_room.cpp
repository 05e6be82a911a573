// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/room.h"

#include <catch2/catch.hpp>

using boarddiff::datasets::Room;
using boarddiff::imaging::Random;
using Eigen::Vector3f;

namespace {

float grey(const cv::Vec3f& light) { return (light[0] + light[1] + light[2]) / 3; }

// Largest and least of what a ring of directions shows.
std::pair<float, float> extremes(const Room& room, float roughness) {
  float least = 1e9F;
  float most = 0;
  for (int i = 0; i < 360; ++i) {
    for (const float z : {0.3F, 0.6F, 0.85F}) {
      const float angle = static_cast<float>(i) * 0.0174533F;
      const float flat = std::sqrt(1 - z * z);
      const float light = grey(room.mirrored({flat * std::cos(angle), flat * std::sin(angle), z}, roughness));
      least = std::min(least, light);
      most = std::max(most, light);
    }
  }
  return {least, most};
}

}  // namespace

TEST_CASE("a level white surface collects unit light in every room", "[datasets][room]") {
  const bool bulbs = GENERATE(false, true);
  const Room room(Random(GENERATE(range(1U, 6U))), bulbs);
  CHECK(grey(room.collected(Vector3f::UnitZ())) == Approx(1).epsilon(0.02));
  CHECK(grey(room.collected(Vector3f(1, 0, 0.05F).normalized())) < 0.9F);
}

TEST_CASE("polished surfaces show lamps and dark places, dull ones a blur of both", "[datasets][room]") {
  const Room room(Random(3), false);
  const auto [dark, bright] = extremes(room, 0);
  const auto [dull_dark, dull_bright] = extremes(room, 0.99F);
  CHECK(bright > 4 * dark);
  CHECK(dull_bright - dull_dark < 0.6F * (bright - dark));
}

TEST_CASE("another seed is another room", "[datasets][room]") {
  const Room one(Random(1), false);
  const Room two(Random(2), false);
  float difference = 0;
  for (int i = 0; i < 100; ++i) {
    const float angle = static_cast<float>(i) * 0.0628F;
    const Vector3f direction(0.5F * std::cos(angle), 0.5F * std::sin(angle), 0.866F);
    difference = std::max(difference, std::abs(grey(one.mirrored(direction, 0)) - grey(two.mirrored(direction, 0))));
  }
  CHECK(difference > 1);
}

TEST_CASE("a bare lamp is so bright that varnish mirrors it white", "[datasets][room]") {
  float shaded = 0;
  float bare = 0;
  for (std::uint64_t seed = 1; seed < 6; ++seed) {
    const Room with_shades(Random(seed), false);
    const Room with_bulbs(Random(seed), true);
    for (int x = -60; x <= 60; ++x) {
      for (int y = -60; y <= 60; ++y) {
        const Vector3f direction = Vector3f(static_cast<float>(x) / 60, static_cast<float>(y) / 60, 1).normalized();
        shaded = std::max(shaded, grey(with_shades.mirrored(direction, 0)));
        bare = std::max(bare, grey(with_bulbs.mirrored(direction, 0)));
      }
    }
  }
  CHECK(0.04F * bare > 0.9F);  // varnish mirrors 4 %
  CHECK(bare > 2 * shaded);
}
