// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// The colour of a board between its parts: bare mask, and copper below it. Two logarithms of colour and one of
// brightness; of X-rays the attenuation alone, first.
struct Substrate {
  cv::Vec3f centre = {};
  cv::Vec3f spread = {1, 1, 1};  // of its shades, a deviation
};

// Where a picture shows the board itself, and where something that lies on it.
struct BoardSurface {
  Substrate substrate = {};
  cv::Mat1b covered = {};  // 255 where it is no substrate, at the picture's size
};

// `picture`: light or attenuation as in NormalizedPair; `board`: 255 where to look, same size.
[[nodiscard]] BoardSurface find_surface(const cv::Mat& picture, const cv::Mat1b& board);

// Whether it is no shade of grey.
[[nodiscard]] bool is_coloured(const Substrate& substrate);

}  // namespace boarddiff::compare
