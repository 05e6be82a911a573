// SPDX-License-Identifier: Apache-2.0
#include "tests/support/textured_picture.h"

#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

namespace boarddiff::test {

cv::Mat3b textured_picture(const cv::Size& size, std::uint64_t seed) {
  imaging::Random random = imaging::Random(seed).stream("textured picture");
  cv::Mat3b picture(size, cv::Vec3b(90, 120, 80));
  const int rectangles = size.area() / 300;
  for (int i = 0; i < rectangles; ++i) {
    const cv::Point corner(random.integer(-20, size.width), random.integer(-20, size.height));
    const int side = random.chance(0.2) ? 40 : 12;
    const cv::Size extent(random.integer(4, side), random.integer(4, side));
    cv::rectangle(picture, cv::Rect(corner, extent),
                  cv::Scalar(random.integer(30, 220), random.integer(30, 220), random.integer(30, 220)), cv::FILLED);
  }
  cv::GaussianBlur(picture, picture, {}, 0.8);
  return picture;
}

cv::Mat3f textured_light(const cv::Size& size, std::uint64_t seed) {
  cv::Mat3f light;
  textured_picture(size, seed).convertTo(light, CV_32F, 1.0 / 255);
  return light;
}

imaging::BoardImage board_image(const cv::Mat& pixels) {
  imaging::BoardImage image;
  image.pixels = pixels;
  image.source.bits_per_channel = pixels.depth() == CV_16U ? 16 : 8;
  return image;
}

}  // namespace boarddiff::test
