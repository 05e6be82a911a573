// SPDX-License-Identifier: Apache-2.0
#include "compare/plain_body.h"

#include "compare/box_contrast.h"
#include "compare/place_look.h"
#include "compare/set_share.h"
#include "compare/whole_pixels.h"

#include <algorithm>

namespace boarddiff::compare {

namespace {

// Where light comes near full scale, what a step was is lost.
bool is_dazzling(const cv::Mat& light) {
  constexpr double kNearFullScale = 0.8;
  const cv::Scalar mean = cv::mean(light);
  return std::max({mean[0], mean[1], mean[2]}) > kNearFullScale;
}

// It is even, against its step, in both pictures, and ends as a part does.
bool is_even_and_sharp(const cv::Rect& place, const imaging::NormalizedPair& pair) {
  constexpr double kMostUnevenness = 0.6;  // of the step
  constexpr double kSoftest = 0.15;        // an outline over six pixels
  constexpr double kSharpest = 0.35;       // steeper than a step can be once it is blurred: details of its own
  const BrightnessChange change = brightness_change(pair, place);
  const double unevenness = std::max(look_of(pair.reference(place)).unevenness, look_of(pair.sample(place)).unevenness);
  return unevenness < kMostUnevenness * change.step && change.sharpness() > kSoftest && change.sharpness() < kSharpest;
}

}  // namespace

std::optional<PlainBody> plain_body(const ChangedBody& body, const BoardSurface& surface,
                                    const imaging::NormalizedPair& pair) {
  constexpr double kLeastShare = 0.9;     // of the region's box
  constexpr double kLeastFullness = 0.8;  // a rectangle with rounded corners and some noise
  constexpr double kNoOutline = 0.25;     // of the other picture's contrast
  constexpr double kMostCovered = 0.25;   // by something else than the board
  const cv::Rect place = whole_pixels(body.box, pair.size());
  if (place.empty() || body.share < kLeastShare || body.fullness < kLeastFullness || !is_even_and_sharp(place, pair)) {
    return {};
  }
  if (!surface.covered.empty() && set_share(surface.covered(place)) > kMostCovered) {
    return {};
  }
  if (is_dazzling(pair.reference(place)) || is_dazzling(pair.sample(place))) {
    return {};
  }
  const double before = cv::norm(contrast_to_frame(pair.reference, body.box));
  const double after = cv::norm(contrast_to_frame(pair.sample, body.box));
  if (std::min(before, after) > kNoOutline * std::max(before, after)) {
    return {};
  }
  return after > before ? PlainBody::appeared : PlainBody::disappeared;
}

}  // namespace boarddiff::compare
