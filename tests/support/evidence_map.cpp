// SPDX-License-Identifier: Apache-2.0
#include "tests/support/evidence_map.h"

namespace boarddiff::test {

namespace {

compare::OneWayEvidence nothing_seen(const cv::Size& cells) {
  const auto zeros = [&] { return cv::Mat1f(cells, 0.0F); };
  return {.difference = zeros(),
          .structure = zeros(),
          .colour = zeros(),
          .coarse_structure = zeros(),
          .coarse_colour = zeros(),
          .height = zeros(),
          .height_gain = zeros(),
          .hidden = zeros(),
          .texture = zeros(),
          .whitest = zeros(),
          .step = zeros()};
}

// The maps of an Evidence share their pixels with its copies.
void put(cv::Mat1f& map, const cv::Rect& cells, float value) {
  map = map.clone();
  map(cells) = value;
}

}  // namespace

compare::Evidence no_evidence(const cv::Size& cells) {
  return {.cell_px = 4,
          .sample = nothing_seen(cells),
          .reference = nothing_seen(cells),
          .difference = cv::Mat1f(cells, 0.0F),
          .close = cv::Mat1f(cells, 0.0F),
          .around = cv::Mat1f(cells, 0.0F),
          .strength = cv::Mat1f(cells, 0.0F),
          .step_strength = cv::Mat1f(cells, 0.0F),
          .inspected = cv::Mat1b(cells, uchar{255})};
}

compare::Evidence with_patch(const compare::Evidence& evidence, const cv::Rect& cells, float strength) {
  compare::Evidence result = evidence;
  put(result.strength, cells, strength);
  put(result.difference, cells, 0.2F * strength);
  put(result.sample.difference, cells, 0.2F * strength);
  put(result.sample.structure, cells, 0.1F * strength);
  put(result.sample.coarse_structure, cells, 0.1F * strength);
  put(result.sample.colour, cells, 0.3F);
  put(result.sample.coarse_colour, cells, 0.3F);
  return result;
}

compare::Evidence with_step(const compare::Evidence& evidence, const cv::Rect& cells, float strength) {
  compare::Evidence result = evidence;
  put(result.step_strength, cells, strength);
  put(result.sample.step, cells, 0.1F * strength);
  put(result.reference.step, cells, 0.1F * strength);
  return result;
}

}  // namespace boarddiff::test
