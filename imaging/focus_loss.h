// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// Where `picture` is more blurred than `other`, which shows the same, would be after a blur of `limit_px` (deviation of
// a Gaussian, pixels here): it has less fine structure, and what it has falls off faster from fine to coarse. The first
// alone would be true of a plain cover, the second alone of a soft shadow. Structure is the energy of the gradients
// over windows of about ten times the limit; re-blurring measures sharpness without an idea of the scene (Zhuo and Sim
// 2011, "Defocus map estimation from a single image"). Both CV_32F, one channel, of one size; 255 or 0.
[[nodiscard]] cv::Mat1b focus_loss(const cv::Mat1f& picture, const cv::Mat1f& other, double limit_px);

}  // namespace boarddiff::imaging
