// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/display_image.h"
#include "compare/part_likelihood.h"
#include "imaging/base/execution.h"
#include "imaging/board_image.h"
#include "imaging/normalized_pair.h"

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// How likely each place of a pair of photographs shows a part, in both pictures. Their maps have one size and lie alike
// on the pair.
struct PairParts {
  double pixels_per_mm = 0;  // of the pair; 0: it is not known how large anything is, so that nothing is known of parts
  PartLikelihood reference = {};
  PartLikelihood sample = {};
  DisplayRange shown = {};  // of the pair's pictures to the network

  [[nodiscard]] bool known() const { return pixels_per_mm > 0; }
};

// `reference`: the picture that the pair was made of. Nothing is known of X-rays, without a scale, and where the pair
// has fewer than kLeastNetworkScale pixels a millimetre: what the network says of enlarged pictures is not what the
// weights of signs were fitted to.
[[nodiscard]] PairParts find_pair_parts(const imaging::NormalizedPair& pair, const imaging::BoardImage& reference,
                                        const imaging::Execution& execution = {});

// The same with another sample, a photograph as in NormalizedPair, in the place of the pair's.
[[nodiscard]] PairParts with_sample(PairParts parts, const cv::Mat3f& sample);

}  // namespace boarddiff::compare
