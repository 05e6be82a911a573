// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/attenuation_evidence.h"
#include "compare/region_kind.h"
#include "compare/xray_signs.h"
#include "imaging/base/frames.h"

#include <cstddef>
#include <vector>

namespace boarddiff::compare {

// What a region of an X-ray pair says, with its weight.
struct XrayClaim {
  imaging::Box box = {};    // of the thing that it is a piece of, in pixels of the pair
  std::size_t thing = 0;    // the same of all pieces of one
  bool is_compact = false;  // it fills its box, which a wire does not
  double weight = 0;        // how much speaks for a change
};

// A region judged by itself: a piece of a thing, or all its pieces together.
struct XrayPiece {
  XrayClaim claim = {};
  RegionKind kind = {};
  XraySigns signs = {};
};

struct XrayPieces {
  std::vector<XrayPiece> list = {};
  bool cut_short = false;  // there were more peaks of one sense than `most`
};
[[nodiscard]] XrayPieces find_xray_pieces(const AttenuationEvidence& evidence, int most);

// Which of the claims to make, by index and best first. What absorbs is said once, by what of it says most, whatever
// else is seen of it: a chip has leads, a die and a frame, and a part that moved has two ends that were bared and two
// that were covered.
[[nodiscard]] std::vector<std::size_t> said_once(const std::vector<XrayClaim>& claims);

}  // namespace boarddiff::compare
