// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/render_xray.h"

// Private to the X-ray renderer.
namespace boarddiff::datasets {

// The beam (share of full scale) as it arrives at the detector: with scatter and blur, and without noise.
[[nodiscard]] cv::Mat1f arriving(const cv::Mat1f& beam, const XraySettings& settings);

// A picture of the beam as the detector reads it out: what arrives, with noise and faults. CV_16UC1.
[[nodiscard]] cv::Mat1w read_out(const cv::Mat1f& beam, const XraySettings& settings, std::uint64_t seed);

}  // namespace boarddiff::datasets
