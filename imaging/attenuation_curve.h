// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::imaging {

// What the reference's picture has where the sample's has a level of attenuation: tubes of other voltages, hardening,
// scatter and the curves of viewers bend it. Knots that rise in both, linear between them, beyond them as far off as
// the last.
struct AttenuationCurve {
  std::vector<float> sample = {};
  std::vector<float> reference = {};
};

// Fitted where nothing changed and neither picture has edges: the median difference at each level of their mean, which
// treats both alike, so that noise does not pull the ends inwards. Levels that hardly occur follow the others. No knots
// where there is too little to see. CV_32FC1 in one frame, one gain and offset brought together before.
[[nodiscard]] AttenuationCurve fit_attenuation_curve(const cv::Mat1f& reference, const cv::Mat1f& sample,
                                                     const cv::Mat1b& seen);

[[nodiscard]] cv::Mat1f bent(const cv::Mat1f& sample, const AttenuationCurve& curve);

}  // namespace boarddiff::imaging
