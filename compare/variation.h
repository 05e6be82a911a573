// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/marked_region.h"
#include "imaging/base/execution.h"
#include "imaging/base/frames.h"
#include "imaging/board_image.h"
#include "imaging/normalized_pair.h"
#include "imaging/registration.h"

#include <opencv2/core.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace boarddiff::compare {

// What else a place of the known-good board may look like: seen on a sample, and found to be in order by a person.
struct Variation {
  int number = 0;          // in its reference file, from 1 on
  imaging::Box core = {};  // what was judged, in pixels of the reference
  cv::Rect place = {};     // of the reference: the core with a margin, in which the look fades into the reference
  cv::Mat pixels = {};     // the look, as the reference's camera and light would have shown it: of the place's size and
                           // of the reference's type, bright where little is in the way (X-rays)
  std::string who = {};    // who found it in order
  std::string why = {};    // and why
  std::string when = {};   // "2026-11-24T09:30:00Z"
};

// What became of a variation in an inspection.
struct UsedVariation {
  int number = 0;
  imaging::Box core = {};
  std::string who = {};
  std::string why = {};
  std::string when = {};
  bool is_seen = false;  // the sample looks more like it there than like the reference
};

// The core with a margin around it, but without what lies in the other boxes; inside the reference. Nothing for a core
// outside of it.
[[nodiscard]] cv::Rect variation_place(const imaging::Box& core, const std::vector<imaging::Box>& others,
                                       const cv::Size& reference);

// The pixels of a variation. Both pictures are prepared (imaging::prepared); `registration` is ok().
[[nodiscard]] cv::Mat cut_look(const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                               const imaging::Registration& registration, imaging::Modality modality,
                               const cv::Rect& place, const imaging::Execution& execution = {});

// The reference as the sample is to be compared with it: with the looks of those variations that the sample resembles
// more than the reference, each at its place.
struct SuitedReference {
  imaging::BoardImage picture = {};
  std::vector<bool> is_seen = {};  // one a variation
};

// A variation only ever replaces what the sample is compared with: what looks neither like the reference nor like the
// variation differs from both, as it would from a reference that always looked like this. Looks of another size or type
// than the place has on the reference are left aside.
[[nodiscard]] SuitedReference suited_reference(const imaging::BoardImage& reference,
                                               const std::vector<Variation>& variations,
                                               const imaging::BoardImage& sample,
                                               const imaging::Registration& registration, imaging::Modality modality,
                                               const imaging::NormalizationOptions& options = {},
                                               const imaging::Execution& execution = {});

// Those of the variations with what became of each.
[[nodiscard]] std::vector<UsedVariation> used_variations(const std::vector<Variation>& variations,
                                                         const std::vector<bool>& is_seen);

// The places of those that are seen, to be watched: that one other part belongs there makes a third no less suspicious.
[[nodiscard]] std::vector<MarkedRegion> watched_places(const std::vector<UsedVariation>& variations);

}  // namespace boarddiff::compare
