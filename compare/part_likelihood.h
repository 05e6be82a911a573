// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

namespace boarddiff::compare {

// How likely places of a frame show a part of any kind, whether or not one could be told there.
struct PartLikelihood {
  cv::Mat1f part = {};  // of each pixel of a picture, 0 to 1; empty: nothing is known
  Eigen::Matrix3d part_from_frame = Eigen::Matrix3d::Identity();  // those pixels from the frame

  // The mean within an outline of the frame; 0 where nothing is known.
  [[nodiscard]] double within(const imaging::Polygon& outline) const;
};

// The same for another frame.
[[nodiscard]] PartLikelihood in_frame(const PartLikelihood& likelihood, const Eigen::Matrix3d& frame_from_other);

}  // namespace boarddiff::compare
