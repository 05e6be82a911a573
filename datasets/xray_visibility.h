// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/render_xray.h"
#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

namespace boarddiff::datasets {

// How well one change shows in an X-ray, whoever looks.
struct XrayVisibility {
  double contrast_to_noise = 0;  // its mean contrast in attenuation over the deviation of one pixel there
  double changed_px = 0;         // pixels of the sample that it changes by at least half of most of it

  // Contrast over the noise of the mean of all its pixels: what a matched filter could get at best.
  [[nodiscard]] double against_noise() const;
};

// `before` and `after`: what arrives at the detector without and with the changes (expected_xray), of one unit, in one
// pose; `outline`: of the change, in pixels.
[[nodiscard]] XrayVisibility visibility_of(const imaging::Polygon& outline, const cv::Mat1f& before,
                                           const cv::Mat1f& after, const XraySettings& settings);

}  // namespace boarddiff::datasets
