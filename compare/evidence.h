// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/execution.h"
#include "imaging/base/options.h"
#include "imaging/normalized_pair.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::compare {

// What is inspected ends this many cells before what cannot be: filters make things up there.
inline constexpr int kUninspectedMarginCells = 3;

struct EvidenceOptions {
  int cell_px = 4;             // side of the cells that are compared, in pixels of the normalised pair
  double colour_weight = 2.0;  // of colour against the pattern of edges
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const EvidenceOptions& options);

// How much each place differs from the best match that the other picture offers where the place may be: at its own
// position, or where a tall part seems to have gone, each within a cell. All maps have one value a cell, CV_32F.
struct Evidence {
  int cell_px = 4;
  cv::Mat1f appeared = {};     // places of the sample that the reference does not show
  cv::Mat1f disappeared = {};  // places of the reference that the sample does not show
  cv::Mat1f colour = {};       // the part of it that is colour (X-ray: attenuation), in the unit of the colour itself
  cv::Mat1f strength = {};     // the larger of both directions, over how much the surroundings differ
                               // anyway; halved on glints of a photograph
  cv::Mat1f reference_texture = {};
  cv::Mat1f sample_texture = {};
  cv::Mat1b inspected = {};  // 255 where both pictures show the board and the cell was compared
};

// `board`: 255 where the reference shows the board and both pictures can be judged, at the pair's size.
[[nodiscard]] Evidence measure_evidence(const imaging::NormalizedPair& pair, const cv::Mat1b& board,
                                        const EvidenceOptions& options = {}, const imaging::Execution& execution = {});

}  // namespace boarddiff::compare
