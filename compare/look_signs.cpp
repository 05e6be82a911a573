// SPDX-License-Identifier: Apache-2.0
#include "compare/look_signs.h"

#include "compare/box_contrast.h"
#include "compare/place_look.h"
#include "compare/whole_pixels.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::compare {

namespace {

using imaging::Box;

constexpr double kSmall = 0.02;  // of evidence, contrasts and strokes: less says nothing

double log_ratio(double a, double b) { return std::log((a + kSmall) / (b + kSmall)); }

// The best correlation of a patch within a larger picture, 0 where either is even.
double best_likeness(const cv::Mat1f& patch, const cv::Mat1f& where) {
  cv::Mat1f likeness;
  cv::matchTemplate(where, patch, likeness, cv::TM_CCOEFF_NORMED);
  cv::patchNaNs(likeness, 0);
  double best = 0;
  cv::minMaxLoc(likeness, nullptr, &best);
  return std::clamp(best, -1.0, 1.0);
}

// How alike the two pictures are at a place, and how much more when what stands there may have moved or turned.
struct Likeness {
  double in_place = 0;
  double shifted = 0;
  double turned = 0;
};

Likeness likeness_at(const Box& box, const imaging::NormalizedPair& pair) {
  constexpr double kMostSide = 48;  // px that are compared; larger places are shrunk to it
  const double side = std::max(box.width, box.height);
  const double reach = std::max(8.0, 0.5 * side);
  const cv::Rect inner = whole_pixels(imaging::grown(box, 2), pair.size());
  const cv::Rect outer = whole_pixels(imaging::grown(box, reach), pair.size());
  const double scale = std::min(1.0, kMostSide / side);
  const auto shrunk = [&](const cv::Mat& light) {
    cv::Mat1f grey;
    cv::resize(log_brightness(light), grey, {}, scale, scale, cv::INTER_AREA);
    return grey;
  };
  const cv::Mat1f reference = shrunk(pair.reference(inner));
  const cv::Mat1f sample = shrunk(pair.sample(inner));
  const cv::Mat1f wide_reference = shrunk(pair.reference(outer));
  const cv::Mat1f wide_sample = shrunk(pair.sample(outer));
  cv::Mat1f turned;
  cv::rotate(reference, turned, cv::ROTATE_180);
  Likeness result{.in_place = best_likeness(reference, sample)};
  result.shifted =
      std::max(best_likeness(reference, wide_sample), best_likeness(sample, wide_reference)) - result.in_place;
  result.turned = best_likeness(turned, wide_sample) - result.in_place;
  return result;
}

}  // namespace

LookSigns look_signs_of(const EvidenceRegion& region, const RegionView& view, const LayoutComparison& layouts,
                        const imaging::NormalizedPair& pair) {
  LookSigns signs = LookSigns::Zero();
  const ChangedBody& body = view.body;
  const Box& box = body.box;
  const cv::Rect inside = whole_pixels(box, pair.size());
  if (inside.empty()) {
    return signs;
  }
  int next = 0;
  const auto add = [&](double value) { signs[next++] = value; };
  const double length = body.area_px / body.width_px;
  add(std::log(body.area_px));
  add(std::log(std::max(1.0, length / body.width_px)));
  add(std::log(body.width_px));
  add(body.share);
  add(log_ratio(region.appeared, region.disappeared));
  add(region.colour);
  add(std::log(region.reference_texture + kSmall));
  add(std::log(region.sample_texture + kSmall));
  const double reference_contrast = cv::norm(contrast_to_frame(pair.reference, box));
  const double sample_contrast = cv::norm(contrast_to_frame(pair.sample, box));
  add(reference_contrast);
  add(sample_contrast);
  add(log_ratio(sample_contrast, reference_contrast));
  const PlaceLook reference = look_of(pair.reference(inside));
  const PlaceLook sample = look_of(pair.sample(inside));
  add(sample.brightness - reference.brightness);
  add(std::abs(sample.brightness - reference.brightness));
  const double reference_covered = covered_share(layouts.reference, box);
  const double sample_covered = covered_share(layouts.sample, box);
  add(reference_covered);
  add(sample_covered);
  add(std::max(0.0, sample_covered - reference_covered));
  add(std::max(0.0, reference_covered - sample_covered));
  add(reference.colour);
  add(sample.colour);
  const Likeness likeness = likeness_at(box, pair);
  add(likeness.in_place);
  add(likeness.shifted);
  add(likeness.turned);
  add(reference.unevenness);
  add(sample.unevenness);
  add(view.says(LayoutChangeKind::extra) ? 1 : 0);
  add(view.says(LayoutChangeKind::missing) ? 1 : 0);
  return signs;
}

}  // namespace boarddiff::compare
