// SPDX-License-Identifier: Apache-2.0
#include "cli/marked_jpeg.h"

#include "imaging/base/error.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace boarddiff::cli {

std::string marked_jpeg(const cv::Mat3b& picture) {
  constexpr int kQuality = 90;         // a 24-megapixel photo stays below 10 MB
  constexpr double kMostSide = 65500;  // of a JPEG file; a line-scan camera's strip may be longer
  cv::Mat3b held = picture;
  const double scale = kMostSide / std::max(picture.cols, picture.rows);
  if (scale < 1) {
    cv::resize(picture, held, {std::max(1, cvRound(picture.cols * scale)), std::max(1, cvRound(picture.rows * scale))},
               0, 0, cv::INTER_AREA);
  }
  std::vector<unsigned char> bytes;
  imaging::require(cv::imencode(".jpg", held, bytes, {cv::IMWRITE_JPEG_QUALITY, kQuality}), "a picture is encoded");
  return {bytes.begin(), bytes.end()};
}

}  // namespace boarddiff::cli
