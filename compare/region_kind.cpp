// SPDX-License-Identifier: Apache-2.0
#include "compare/region_kind.h"

#include "imaging/base/text.h"

#include <algorithm>

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
    default:
      return "The surface looks different here; no body with an outline of its own is seen.";
  }
}

std::string xray_sentence(FindingKind kind) {
  switch (kind) {
    case FindingKind::extra_component:
      return "Something absorbs here in the sample that the reference does not have";
    case FindingKind::missing_component:
      return "What absorbs here in the reference is not in the sample";
    case FindingKind::moved_component:
      return "What absorbs here seems to stand in another place, or turned, compared with the reference";
    case FindingKind::extra_wire:
      return "Something long and thin absorbs here in the sample, like a wire, that the reference does not have";
    case FindingKind::changed_trace:
      return "A narrow line, like a trace, runs or ends differently here than in the reference";
    case FindingKind::replaced_component:
      return "Something absorbs here in both pictures, but it does not look the same";
    default:
      return "The inner structure differs here from that of the reference";
  }
}

// Of the unexplained attenuation: where it is highest in deviations, and its mean.
std::string measured_text(const AttenuationRegion& region, const AttenuationEvidence& evidence) {
  const cv::Mat1f& unexplained = (region.removed ? evidence.removed : evidence.added).front();
  double sum = 0;
  for (const cv::Point& pixel : region.pixels) sum += unexplained(pixel);
  const double mean = sum / static_cast<double>(std::max<std::size_t>(1, region.pixels.size()));
  return std::string(" (").append(imaging::fixed_text(mean, 2)).append(region.removed ? " less" : " more") +
         " attenuation, " + imaging::fixed_text(region.peak, 0) + " times what good boards and noise differ by).";
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

RegionKind tell_xray_kind(const AttenuationRegion& region, const AttenuationEvidence& evidence, FindingKind likeliest) {
  constexpr double kRim_px = 2;  // where edges blur, what is added is less than half
  const cv::Size size = evidence.inspected.size();
  const imaging::Box picture{0, 0, static_cast<double>(size.width), static_cast<double>(size.height)};
  const imaging::Box box = imaging::intersection(imaging::grown(region.whole, kRim_px), picture);
  return {.kind = likeliest,
          .in_reference = box,
          .in_sample = box,
          .reason = xray_sentence(likeliest) + measured_text(region, evidence)};
}

}  // namespace boarddiff::compare
