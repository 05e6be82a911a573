// SPDX-License-Identifier: Apache-2.0
#include "compare/region_view.h"

#include "compare/box_contrast.h"
#include "compare/whole_pixels.h"

#include <opencv2/core.hpp>

#include <algorithm>
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

}  // namespace

RegionView view_of(const EvidenceRegion& region, const LayoutComparison& layouts, const imaging::NormalizedPair& pair) {
  return {.body = region.by_step ? find_faint_body(pair, region.box) : find_changed_body(pair, region.box),
          .layout_change = change_at(region.box, layouts.changes),
          .like_lettering = is_marking(region, pair)};
}

}  // namespace boarddiff::compare
