// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// What each cell of a picture looks like, in terms that exposure and the lamp's colour hardly touch.
struct AppearanceGrid {
  // CV_32FC(8): energy of the gradient in eight directions, divided by its own length plus a floor: the pattern of
  // edges, not their strength (after Dalal and Triggs 2005, "Histograms of oriented gradients").
  cv::Mat structure = {};
  // CV_32FC2 for light: logarithms of red over green and blue over green, which a soft shadow nearly leaves alone.
  // CV_32FC1 for X-rays: attenuation, where what is added adds up.
  cv::Mat colour = {};
  cv::Mat1f texture = {};     // strength of the edges before the division
  cv::Mat1f brightness = {};  // logarithm of the luminance; attenuation with the sign turned for X-rays
};

// `picture`: CV_32FC3 light or CV_32FC1 attenuation, as in NormalizedPair. Cells that do not fit whole are left out.
[[nodiscard]] AppearanceGrid describe_appearance(const cv::Mat& picture, int cell_px);

// The same with colour and brightness alone, for a quarter of the time.
[[nodiscard]] AppearanceGrid describe_colour(const cv::Mat& picture, int cell_px);

}  // namespace boarddiff::compare
