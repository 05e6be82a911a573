// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/execution.h"
#include "imaging/base/options.h"
#include "imaging/raised_path.h"
#include "imaging/registration.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::imaging {

struct NormalizationOptions {
  int max_side_px = 2400;  // longer side of the pictures that are compared
};
[[nodiscard]] std::vector<OptionProblem> problems(const NormalizationOptions& options);

// Both pictures in the reference's frame, shrunk by `scale`, with light and colour brought together.
struct NormalizedPair {
  cv::Mat reference = {};           // CV_32FC3 (photo) or CV_32FC1 (X-ray attenuation)
  cv::Mat sample = {};              // same size and type
  cv::Mat1b seen = {};              // 255 where both pictures show something
  cv::Mat1b reference_levels = {};  // of photos: brightness as the cameras gave it, before it was brought together;
  cv::Mat1b sample_levels = {};     // empty for X-rays
  double scale = 1;                 // pixels here per reference pixel, at most 1
  RaisedPath raised = {};           // where the sample shows what stands above the board

  [[nodiscard]] cv::Size size() const { return reference.size(); }
};

[[nodiscard]] NormalizedPair normalize_pair(const BoardImage& reference, const BoardImage& sample,
                                            const Registration& registration, Modality modality,
                                            const NormalizationOptions& options = {}, const Execution& execution = {});

}  // namespace boarddiff::imaging
