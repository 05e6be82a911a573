// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/attenuation_evidence.h"
#include "imaging/base/execution.h"
#include "imaging/base/options.h"
#include "imaging/normalized_pair.h"

#include <opencv2/core.hpp>

#include <array>
#include <vector>

namespace boarddiff::compare {

// What is inspected ends this many cells before what cannot be: filters make things up there.
inline constexpr int kUninspectedMarginCells = 3;

struct EvidenceOptions {
  int cell_px = 4;             // side of the cells that are compared, in pixels of the normalised pair
  double colour_weight = 2.0;  // of colour against the pattern of edges
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const EvidenceOptions& options);

// The places of one picture, looked for in the other. All maps have one value a cell, CV_32F. X-rays have no coarse
// maps and no whitest, and what is hidden counts in them: they see through.
struct OneWayEvidence {
  cv::Mat1f difference = {};        // from the best match, structure and weighted colour, the mean of both scales; less
                                    // where it is hidden
  cv::Mat1f structure = {};         // of the best match: how far the patterns of edges are apart
  cv::Mat1f colour = {};            // and the colours (X-ray: the attenuation), in the unit of the colour itself
  cv::Mat1f coarse_structure = {};  // the same in cells of twice the side
  cv::Mat1f coarse_colour = {};
  cv::Mat1f height = {};       // of what stands here: cells between its place on the plane and where it is found
  cv::Mat1f height_gain = {};  // how much better it matches there, squared distance
  cv::Mat1f hidden = {};       // by how many cells what covers it in the other picture stands higher; 0: it is seen
  cv::Mat1f texture = {};      // strength of the edges
  cv::Mat1f whitest = {};      // light of the whitest pixel, in its darkest channel
  cv::Mat1f step = {};  // how much brighter or darker than the other picture shows it, in logarithms; X-rays: none
};

inline constexpr std::array kOneWayMaps = {
    &OneWayEvidence::difference,       &OneWayEvidence::structure,     &OneWayEvidence::colour,
    &OneWayEvidence::coarse_structure, &OneWayEvidence::coarse_colour, &OneWayEvidence::height,
    &OneWayEvidence::height_gain,      &OneWayEvidence::hidden,        &OneWayEvidence::texture,
    &OneWayEvidence::whitest,          &OneWayEvidence::step};

// With pixels of its own, to be written to.
[[nodiscard]] OneWayEvidence copy_of(const OneWayEvidence& evidence);

// How much each place differs from the best match that the other picture offers where the place may be: at its own
// position, or where its height takes it, each within a cell.
struct Evidence {
  int cell_px = 4;
  OneWayEvidence sample = {};     // what appeared: places of the sample that the reference does not show
  OneWayEvidence reference = {};  // what disappeared
  cv::Mat1f difference = {};      // the larger of both ways
  cv::Mat1f close = {};           // how much the surroundings differ, over a part's width
  cv::Mat1f around = {};          // and over those wider than a part
  cv::Mat1f strength = {};        // the difference over that of its surroundings
  float usual_most = 0;           // the difference that a tenth of the inspected cells exceeds
  cv::Mat1f step_strength = {};   // of the steps of brightness, over those of places around that are as plain or busy
  cv::Mat1b inspected = {};       // 255 where both pictures show the board and the cell was compared
  AttenuationEvidence attenuation = {};  // of X-rays, of which nothing else is filled but `inspected`
};

// The evidence with all that follows from both ways and from what was inspected made anew: the difference of both ways,
// that of the surroundings, the strength and usual_most.
[[nodiscard]] Evidence against_surroundings(Evidence evidence);

// `board`: 255 where the reference shows the board and both pictures can be judged, at the pair's size.
[[nodiscard]] Evidence measure_evidence(const imaging::NormalizedPair& pair, const cv::Mat1b& board,
                                        const EvidenceOptions& options = {}, const imaging::Execution& execution = {});

}  // namespace boarddiff::compare
