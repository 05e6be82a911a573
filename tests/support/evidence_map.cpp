// SPDX-License-Identifier: Apache-2.0
#include "tests/support/evidence_map.h"

namespace boarddiff::test {

compare::Evidence no_evidence(const cv::Size& cells) {
  return {.cell_px = 4,
          .appeared = cv::Mat1f(cells, 0.0F),
          .disappeared = cv::Mat1f(cells, 0.0F),
          .colour = cv::Mat1f(cells, 0.0F),
          .strength = cv::Mat1f(cells, 0.0F),
          .reference_texture = cv::Mat1f(cells, 0.0F),
          .sample_texture = cv::Mat1f(cells, 0.0F),
          .inspected = cv::Mat1b(cells, uchar{255})};
}

compare::Evidence with_patch(const compare::Evidence& evidence, const cv::Rect& cells, float strength) {
  compare::Evidence result = evidence;
  result.strength = evidence.strength.clone();
  result.strength(cells) = strength;
  result.appeared = evidence.appeared.clone();
  result.appeared(cells) = 0.2F * strength;
  result.colour = evidence.colour.clone();
  result.colour(cells) = 0.3F;
  return result;
}

}  // namespace boarddiff::test
