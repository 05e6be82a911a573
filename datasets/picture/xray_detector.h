// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/render_xray.h"

// Private to the X-ray renderer.
namespace boarddiff::datasets {

// A picture of the beam (share of full scale) as the detector reads it out: scatter, blur, noise, faults. CV_16UC1.
[[nodiscard]] cv::Mat1w read_out(const cv::Mat1f& beam, const XraySettings& settings, std::uint64_t seed);

}  // namespace boarddiff::datasets
