// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// Where `picture` is more blurred than `other`, which shows the same, would be after a blur of `limit_px` (deviation of
// a Gaussian, pixels here): it has no more fine structure than contrast explains, what it has falls off faster from
// fine to coarse, and what is coarse is the other's. The first alone would be true of a plain cover, the second of a
// soft shadow, both of a cover's edge. Structure is the energy of gradients over windows of some twenty times the
// limit; blurring again measures sharpness without an idea of the scene (Zhuo and Sim 2011, "Defocus map estimation
// from a single image"). Both of one size, from 0 to 1 (less structure than noise leaves in 8 bits says nothing); 255
// or 0.
[[nodiscard]] cv::Mat1b focus_loss(const cv::Mat1f& picture, const cv::Mat1f& other, double limit_px);

}  // namespace boarddiff::imaging
