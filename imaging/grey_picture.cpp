// SPDX-License-Identifier: Apache-2.0
#include "imaging/grey_picture.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::imaging {

namespace {

// Every 7th pixel of every 7th row is plenty for quantiles.
std::vector<float> some_values(const cv::Mat1f& values) {
  std::vector<float> some;
  for (int y = 0; y < values.rows; y += 7) {
    for (int x = 0; x < values.cols; x += 7) {
      some.push_back(values(y, x));
    }
  }
  return some;
}

cv::Size fitted(const cv::Size& size, int max_side_px) {
  const double shrink = std::min(1.0, max_side_px / static_cast<double>(std::max(size.width, size.height)));
  return {std::max(1, cvRound(size.width * shrink)), std::max(1, cvRound(size.height * shrink))};
}

}  // namespace

GreyPicture grey_picture(const BoardImage& image, Modality modality, int max_side_px) {
  const cv::Size size = image.size();
  const cv::Size small = fitted(size, max_side_px);
  cv::Mat shrunk = image.pixels;
  if (small != size) {
    cv::resize(image.pixels, shrunk, small, 0, 0, cv::INTER_AREA);
  }
  cv::Mat grey = shrunk;
  if (shrunk.channels() == 3) {
    cv::cvtColor(shrunk, grey, cv::COLOR_BGR2GRAY);
  }
  cv::Mat1f values;
  grey.convertTo(values, CV_32F);
  if (modality == Modality::xray) {
    cv::log(values + 1.0F, values);
  }
  const std::vector<float> some = some_values(values);
  const float dark = quantile(some, 0.002);
  const float bright = quantile(some, 0.998);
  GreyPicture result;
  const double gain = 255.0 / std::max(bright - dark, 1e-3F);
  values.convertTo(result.pixels, CV_8U, gain, -gain * dark);
  result.scale_x = small.width / static_cast<double>(size.width);
  result.scale_y = small.height / static_cast<double>(size.height);
  return result;
}

GreyPicture shrunk(const GreyPicture& picture, int max_side_px) {
  const cv::Size size = picture.pixels.size();
  const cv::Size small = fitted(size, max_side_px);
  if (small == size) {
    return picture;
  }
  GreyPicture result{.scale_x = picture.scale_x * small.width / size.width,
                     .scale_y = picture.scale_y * small.height / size.height};
  cv::resize(picture.pixels, result.pixels, small, 0, 0, cv::INTER_AREA);
  return result;
}

}  // namespace boarddiff::imaging
