// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// -log(transmission): what lies on top of each other adds up. Input CV_32FC1 from 0 to 1, bright where nothing
// absorbs; the brightest level of the picture stands for the open beam.
[[nodiscard]] cv::Mat1f attenuation(const cv::Mat1f& transmission);

// The other way, for a picture whose open beam is at this level.
[[nodiscard]] cv::Mat1f transmission(const cv::Mat1f& attenuation, float open_beam);
[[nodiscard]] float open_beam_level(const cv::Mat1f& transmission);

// The sample's attenuation brought to the reference's by gain, smooth offset and a rising curve: exposure, shading and
// tube voltage differ between pictures, most of the board does not. CV_32FC1 in one frame; looks only where seen != 0.
[[nodiscard]] cv::Mat1f matched_attenuation(const cv::Mat1f& reference, const cv::Mat1f& sample, const cv::Mat1b& seen);

}  // namespace boarddiff::imaging
