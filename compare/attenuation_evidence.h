// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/execution.h"
#include "imaging/normalized_pair.h"

#include <opencv2/core.hpp>

#include <array>
#include <vector>

namespace boarddiff::compare {

// A place of one X-ray is explained by the other where that absorbs as much within `reach_px`: as far as edges are off
// after alignment. What remains counts where it is at least 2 * half_width_px + 1 pixels wide.
struct AttenuationWindow {
  int reach_px = 1;
  int half_width_px = 1;
};
inline constexpr std::array kAttenuationWindows = {AttenuationWindow{1, 1}, AttenuationWindow{1, 3},
                                                   AttenuationWindow{2, 3}};
using UnexplainedAttenuation = std::array<cv::Mat1f, kAttenuationWindows.size()>;

// What one X-ray absorbs and the other does not. CV_32F in natural logarithms, at the pair's size. Matter adds up in an
// X-ray: what was put in absorbs besides what was there, and what was taken out lets through what it absorbed.
struct AttenuationEvidence {
  cv::Mat1f reference = {};  // attenuation, smoothed as all of this is measured
  cv::Mat1f sample = {};
  UnexplainedAttenuation added = {};    // of the sample, beyond what the reference shows near each place
  UnexplainedAttenuation removed = {};  // of the reference, beyond what the sample shows
  cv::Mat1f difference = {};            // sample less reference, where edges have been brought together
  cv::Mat1f deviation = {};             // standard deviation of these that noise and two good units explain
  cv::Mat1f structure = {};             // how much more either absorbs than the board around it
  cv::Mat1f ground = {};                // what the bare board around absorbs
  cv::Mat1f detail = {};                // how steep the reference is
  cv::Mat1b inspected = {};             // 255 where both show the board

  [[nodiscard]] bool known() const { return !deviation.empty(); }
};

// Of a pair of X-rays. `board`: 255 where the reference shows the board and both can be judged.
[[nodiscard]] AttenuationEvidence measure_attenuation_evidence(const imaging::NormalizedPair& pair,
                                                               const cv::Mat1b& board,
                                                               const imaging::Execution& execution = {});

// Several known-good boards in one frame, against one sample: only what none of them explains is unexplained.
[[nodiscard]] AttenuationEvidence best_explained(const std::vector<AttenuationEvidence>& by_board);

}  // namespace boarddiff::compare
