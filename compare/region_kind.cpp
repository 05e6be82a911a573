// SPDX-License-Identifier: Apache-2.0
#include "compare/region_kind.h"

#include "compare/box_contrast.h"
#include "compare/likeliest_kind.h"
#include "compare/whole_pixels.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace boarddiff::compare {

namespace {

using imaging::Box;

// Strokes of a marking: edges this strong in both pictures, of like strength, while the colour stayed.
constexpr double kStrokes = 0.025;
constexpr double kLikeStrokes = 2.5;
constexpr double kSameColour = 0.06;

constexpr double kVisible = 0.12;  // of contrasts: a smaller change of them is not seen

bool is_grey(const cv::Mat& picture, const Box& box) {
  std::vector<cv::Mat> channels;
  cv::split(picture(whole_pixels(box, picture.size())), channels);
  return channels.size() < 3 || (cv::norm(channels[0], channels[1], cv::NORM_INF) == 0 &&
                                 cv::norm(channels[1], channels[2], cv::NORM_INF) == 0);
}

bool is_marking(const EvidenceRegion& region, const imaging::NormalizedPair& pair) {
  // Without colour a place that became brighter or darker than its surroundings is not known to have kept its look.
  if (is_grey(pair.reference, region.box) &&
      cv::norm(contrast_to_frame(pair.reference, region.box) - contrast_to_frame(pair.sample, region.box)) > kVisible) {
    return false;
  }
  const double weaker = std::min(region.reference_texture, region.sample_texture);
  const double stronger = std::max(region.reference_texture, region.sample_texture);
  return region.colour < kSameColour && weaker > kStrokes && stronger < kLikeStrokes * weaker;
}

// The change of the layouts that this region is about: more than 0.4 of the larger box is shared.
std::optional<LayoutChange> change_at(const Box& region, const std::vector<LayoutChange>& changes) {
  constexpr double kShared = 0.4;
  const LayoutChange* best = nullptr;
  double best_share = kShared;
  for (const LayoutChange& change : changes) {
    for (const auto& box : {change.in_sample, change.in_reference}) {
      if (!box) {
        continue;
      }
      const double both = intersection(region, *box).area();
      const double share = both / std::max(region.area(), box->area());
      if (share > best_share) {
        best_share = share;
        best = &change;
      }
    }
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

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
      return "The lettering or fine pattern differs while colour and outline stayed; lot and date codes do so too.";
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

RegionKind tell_kind(const EvidenceRegion& region, const LayoutComparison& layouts,
                     const imaging::NormalizedPair& pair) {
  const ChangedBody body = find_changed_body(pair, region.box);
  RegionKind result{.in_reference = body.box, .in_sample = body.box, .body = body};
  const std::optional<LayoutChange> change = change_at(region.box, layouts.changes);
  if (change) {
    result.layout_change = change->kind;
  }
  result.like_lettering = is_marking(region, pair);
  if (pair.reference.channels() == 1) {
    result.kind = kind_by_attenuation(region, pair);
    result.reason = sentence(result.kind);
    return result;
  }
  result.signs = kind_signs_of(region, body, layouts, result.layout_change, pair);
  if (change && change->kind == LayoutChangeKind::moved) {
    result.kind = FindingKind::moved_component;
    result.in_reference = *change->in_reference;
    result.in_sample = *change->in_sample;
  } else if (result.like_lettering && !change) {
    result.kind = FindingKind::changed_marking;
    result.advisory = true;
  } else {
    result.kind = likeliest_kind(result.signs);
  }
  result.reason = sentence(result.kind);
  return result;
}

}  // namespace boarddiff::compare
