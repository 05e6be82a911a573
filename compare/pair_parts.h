// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/display_image.h"
#include "compare/part_likelihood.h"
#include "imaging/base/execution.h"
#include "imaging/base/frames.h"
#include "imaging/board_image.h"
#include "imaging/normalized_pair.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::compare {

// How likely each place of a pair of photographs shows a part, in both pictures. Their maps have one size and lie alike
// on the pair.
struct PairParts {
  double pixels_per_mm = 0;  // of the pair; 0: it is not known how large anything is, so that nothing is known of parts
  PartLikelihood reference = {};
  PartLikelihood sample = {};
  DisplayRange shown = {};  // of the pair's pictures to the network

  [[nodiscard]] bool known() const { return pixels_per_mm > 0; }

  // A box of the pair in the pixels of the maps.
  [[nodiscard]] imaging::Box in_maps(const imaging::Box& box) const;
};

// `reference`: the picture that the pair was made of. Nothing is known of X-rays, without a scale, and where the pair
// has fewer than kLeastNetworkScale pixels a millimetre: what the network says of enlarged pictures is not what the
// weights of signs were fitted to.
[[nodiscard]] PairParts find_pair_parts(const imaging::NormalizedPair& pair, const imaging::BoardImage& reference,
                                        const imaging::Execution& execution = {});

// The same with another sample, a photograph as in NormalizedPair, which differs from the pair's in these boxes alone:
// only they and what is close to them are looked at anew.
[[nodiscard]] PairParts with_altered(const PairParts& parts, const cv::Mat3f& sample,
                                     const std::vector<imaging::Box>& altered);

}  // namespace boarddiff::compare
