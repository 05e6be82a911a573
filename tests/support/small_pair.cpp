// SPDX-License-Identifier: Apache-2.0
#include "tests/support/small_pair.h"

namespace boarddiff::test {

imaging::NormalizedPair pair_of(const cv::Mat& reference, const cv::Mat& sample) {
  return {.reference = reference, .sample = sample, .seen = cv::Mat1b(reference.size(), uchar{255}), .scale = 1};
}

cv::Mat3f with_body(const cv::Mat3f& picture, const cv::Rect& place) {
  cv::Mat3f result = picture.clone();
  result(place) = cv::Vec3f(0.08F, 0.08F, 0.09F);
  const int end = place.width / 5;
  for (const int left : {place.x, place.x + place.width - end}) {
    result(cv::Rect(left, place.y, end, place.height)) = cv::Vec3f(0.6F, 0.6F, 0.6F);
  }
  return result;
}

}  // namespace boarddiff::test
