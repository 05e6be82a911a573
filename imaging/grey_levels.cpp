// SPDX-License-Identifier: Apache-2.0
#include "imaging/grey_levels.h"

#include <opencv2/imgproc.hpp>

namespace boarddiff::imaging {

cv::Mat1b grey_levels(const cv::Mat& pixels) {
  cv::Mat grey = pixels;
  if (pixels.channels() == 3) {
    cv::cvtColor(pixels, grey, cv::COLOR_BGR2GRAY);
  }
  cv::Mat1b levels;
  grey.convertTo(levels, CV_8U, grey.depth() == CV_16U ? 1.0 / 257 : 1.0);
  return levels;
}

}  // namespace boarddiff::imaging
