// SPDX-License-Identifier: Apache-2.0
#include "compare/other_light.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::compare {

cv::Mat1b other_light(const cv::Mat& reference, const cv::Mat& sample) {
  constexpr float kFloor = 0.04F;  // of full scale, for logarithms of light
  constexpr float kSameColour = 0.2F;
  constexpr float kLeast = 0.1F;
  constexpr float kMost = 2.0F;  // a seventh of the light is left in the deepest shadow
  cv::Mat1b result(reference.size(), uchar{0});
  if (reference.channels() != 3) {
    return result;
  }
  const cv::Mat3f before = reference;
  const cv::Mat3f after = sample;
  for (int y = 0; y < result.rows; ++y) {
    for (int x = 0; x < result.cols; ++x) {
      std::array<float, 3> change{};
      for (int c = 0; c < 3; ++c) {
        change.at(static_cast<std::size_t>(c)) =
            std::log((std::max(after(y, x)[c], 0.0F) + kFloor) / (std::max(before(y, x)[c], 0.0F) + kFloor));
      }
      const auto [least, most] = std::minmax_element(change.begin(), change.end());
      const bool alike = *most - *least < kSameColour;
      const bool darker = *most<-kLeast&& * least> - kMost;
      const bool brighter = *least > kLeast && *most < kMost;
      result(y, x) = alike && (darker || brighter) ? 255 : 0;
    }
  }
  return result;
}

}  // namespace boarddiff::compare
