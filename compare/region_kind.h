// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/attenuation_region.h"
#include "compare/finding.h"
#include "compare/region_view.h"
#include "imaging/base/frames.h"

#include <string>

namespace boarddiff::compare {

// What a region of evidence most likely is, and how that is said to the reviewer.
struct RegionKind {
  FindingKind kind = FindingKind::changed_surface;
  imaging::Box in_reference = {};  // pixels of the normalised pair; differs from in_sample for what moved
  imaging::Box in_sample = {};
  std::string reason = {};  // one sentence
};

// `likeliest`: by the region's signs; what the layouts saw moving stands above it.
[[nodiscard]] RegionKind tell_photo_kind(const RegionView& view, FindingKind likeliest);

// Of X-rays, with how much is unexplained there.
[[nodiscard]] RegionKind tell_xray_kind(const AttenuationRegion& region, const AttenuationEvidence& evidence,
                                        FindingKind likeliest);

}  // namespace boarddiff::compare
