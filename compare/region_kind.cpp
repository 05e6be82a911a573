// SPDX-License-Identifier: Apache-2.0
#include "compare/region_kind.h"

#include "compare/whole_pixels.h"

#include <opencv2/core.hpp>

#include <cmath>

namespace boarddiff::compare {

namespace {

std::string sentence(FindingKind kind) {
  switch (kind) {
    case FindingKind::extra_component:
      return "The sample shows a body here that the reference does not.";
    case FindingKind::missing_component:
      return "The reference shows a body here that the sample does not.";
    case FindingKind::moved_component:
      return "A part seems to stand in another place, or turned, compared with the reference.";
    case FindingKind::extra_wire:
      return "Something long and thin, like a wire, lies here in the sample and not in the reference.";
    case FindingKind::changed_trace:
      return "A narrow line, like a trace, runs or ends differently here than in the reference.";
    case FindingKind::replaced_component:
      return "Both pictures show something here, but it does not look the same.";
    case FindingKind::changed_marking:
      return "The lettering differs here, while colour and outline stayed; lot and date codes do so too.";
    case FindingKind::changed_interior:
      return "The inner structure looks different here; no more can be said.";
    default:
      return "The surface looks different here; no body with an outline of its own is seen.";
  }
}

// In an X-ray what is added absorbs, whatever it looks like.
FindingKind kind_by_attenuation(const EvidenceRegion& region, const imaging::NormalizedPair& pair) {
  const cv::Rect inside = whole_pixels(region.box, pair.size());
  const double added = cv::mean(pair.sample(inside))[0] - cv::mean(pair.reference(inside))[0];
  constexpr double kSeen = 0.02;
  if (std::abs(added) < kSeen) {
    return FindingKind::changed_interior;
  }
  return added > 0 ? FindingKind::extra_component : FindingKind::missing_component;
}

}  // namespace

RegionKind tell_photo_kind(const RegionView& view, FindingKind likeliest) {
  RegionKind result{.kind = likeliest, .in_reference = view.body.box, .in_sample = view.body.box};
  if (view.says(LayoutChangeKind::moved)) {
    result.kind = FindingKind::moved_component;
    result.in_reference = *view.layout_change->in_reference;
    result.in_sample = *view.layout_change->in_sample;
  }
  result.reason = sentence(result.kind);
  return result;
}

RegionKind tell_xray_kind(const EvidenceRegion& region, const RegionView& view, const imaging::NormalizedPair& pair) {
  const FindingKind kind = kind_by_attenuation(region, pair);
  return {.kind = kind, .in_reference = view.body.box, .in_sample = view.body.box, .reason = sentence(kind)};
}

}  // namespace boarddiff::compare
