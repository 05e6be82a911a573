// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/finding.h"
#include "imaging/plant_part.h"

#include <opencv2/core.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace boarddiff::compare {

// All that it takes to paint a virtual part into another picture of the place that it was tried at. Levels are those of
// the pair's sample, 0 to 1, lengths pixels of the reference.
struct PaintedPart {
  imaging::VirtualPart part = {};
  imaging::PartPlace place = {};
  std::array<double, 3> ground = {};  // BGR: what the sample shows below the part
  // Of the scene's light, there.
  double local_light = 1;
  double white_level = 1;
  imaging::Point shadow = imaging::Point::Zero();
  double shadow_depth = 0;
  double blur_px = 0.6;
  double noise = 0;
  std::uint64_t seed = 0;
};

// A virtual part on the board itself that an inspection called as a finding.
struct FoundPart {
  double length = 0;  // in the unit of the sensitivity
  double width = 0;
  std::string_view look = {};
  Finding finding = {};  // without a number: it is none of the report's
  PaintedPart painted = {};
};

// The part that lies at `outline` and `place` in a picture shrunk by `scale` (at most 1) and lit by `light`, as the
// reference has it. `sample`: that picture without the part.
[[nodiscard]] PaintedPart painted_part(const cv::Mat3f& sample, const imaging::VirtualPart& part,
                                       const imaging::PartPlace& place, const imaging::SceneLight& light, double scale,
                                       std::uint64_t seed);

// Whether it can be painted: numbers that are some, and no outline that takes memory beyond what parts take. For what
// comes from a file.
[[nodiscard]] bool can_be_painted(const PaintedPart& painted);

// Paints it into a sample that lies in the reference's frame, full size, in whichever light: levels are carried over by
// how the ground around the part looks in both. The painted part can_be_painted.
void paint(cv::Mat3b& sample, const PaintedPart& painted);

}  // namespace boarddiff::compare
