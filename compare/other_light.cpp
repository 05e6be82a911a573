// SPDX-License-Identifier: Apache-2.0
#include "compare/other_light.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::compare {

cv::Mat1b other_light(const cv::Mat3f& reference, const cv::Mat3f& sample) {
  constexpr float kFloor = 0.04F;  // of full scale, for logarithms of light
  constexpr float kSameColour = 0.2F;
  constexpr float kLeast = 0.1F;  // weaker changes are those of noise
  constexpr float kMost = 2.0F;   // a seventh of the light is left in the deepest shadow
  cv::Mat1b result(reference.size(), uchar{0});
  for (int y = 0; y < result.rows; ++y) {
    for (int x = 0; x < result.cols; ++x) {
      std::array<float, 3> change{};
      for (int c = 0; c < 3; ++c) {
        change.at(static_cast<std::size_t>(c)) =
            std::log((std::max(sample(y, x)[c], 0.0F) + kFloor) / (std::max(reference(y, x)[c], 0.0F) + kFloor));
      }
      const float lowest = *std::min_element(change.begin(), change.end());
      const float highest = *std::max_element(change.begin(), change.end());
      const bool alike = highest - lowest < kSameColour;
      const bool darker = highest < -kLeast && lowest > -kMost;
      const bool brighter = lowest > kLeast && highest < kMost;
      result(y, x) = alike && (darker || brighter) ? 255 : 0;
    }
  }
  return result;
}

}  // namespace boarddiff::compare
