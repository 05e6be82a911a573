// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/normalized_pair.h"

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// Of full scale, for logarithms of light: below it there is mostly noise and stray light.
inline constexpr float kLightFloor = 0.04F;

// Logarithms of the luminance of light.
[[nodiscard]] cv::Mat1f log_brightness(const cv::Mat& light);

// How the brightness of a place lies, and how much of it is colour; in logarithms.
struct PlaceLook {
  double brightness = 0;  // mean
  double unevenness = 0;  // standard deviation
  double colour = 0;      // of the strongest channel over the weakest
};
[[nodiscard]] PlaceLook look_of(const cv::Mat& light);

// How a place changed in brightness, against its surroundings.
struct BrightnessChange {
  double step = 0;   // of its mean, at least 0
  double slope = 0;  // nearly the steepest of the change, a pixel: at the outline, unless something else is there

  // How sharp the outline is, in shares of the step a pixel. A part ends within a pixel or two; the edge of a shadow is
  // as wide as the lamp is large; and what has details of its own has far steeper slopes than its step explains.
  [[nodiscard]] double sharpness() const;
};

// `place`: in pixels of the pair, not empty.
[[nodiscard]] BrightnessChange brightness_change(const imaging::NormalizedPair& pair, const cv::Rect& place);

}  // namespace boarddiff::compare
