// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/log_difference.h"

#include "datasets/evaluation/yardstick_pieces.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <utility>

namespace boarddiff::datasets {
namespace {

constexpr double kLeastLevel = 1.0 / 65535;

// -log of what came through, share of full scale; as small as the picture that was registered.
cv::Mat1f attenuation_of(const imaging::BoardImage& image, const cv::Size& size) {
  cv::Mat grey = image.pixels;
  if (grey.channels() == 3) {
    cv::cvtColor(grey, grey, cv::COLOR_BGR2GRAY);
  }
  cv::Mat1f levels;
  grey.convertTo(levels, CV_32F, grey.depth() == CV_16U ? 1.0 / 65535 : 1.0 / 255);
  cv::resize(levels, levels, size, 0, 0, cv::INTER_AREA);
  cv::log(cv::max(levels, kLeastLevel), levels);
  return cv::Mat1f(-levels);
}

}  // namespace

compare::InspectionReport log_difference(const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                                         const LogDifferenceOptions& options) {
  compare::InspectionReport report = begun_report(reference, sample);
  const SmallPicture small_reference = grey_picture(reference, options.max_side_px);
  const SmallPicture small_sample = grey_picture(sample, options.max_side_px);
  const auto homography = homography_by_sift(small_reference.pixels, small_sample.pixels, {});
  if (!homography) {
    return without_registration(std::move(report));
  }
  const cv::Mat1f before = attenuation_of(reference, small_reference.pixels.size());
  const LaidOnReference laid =
      laid_on_reference(attenuation_of(sample, small_sample.pixels.size()), *homography, before.size());
  constexpr double kLeastSpread = 1e-3;
  cv::Mat1f difference(cv::abs(with_mean_and_spread(laid.pixels, before, laid.seen, kLeastSpread) - before));
  cv::GaussianBlur(difference, difference, {}, options.blur_px);
  difference.setTo(0, laid.seen == 0);
  cv::Mat1b above;
  cv::compare(difference, options.min_difference, above, cv::CMP_GT);
  std::vector<DifferentRegion> regions = regions_of(above, above, difference, options.min_area_px);
  for (DifferentRegion& region : regions) {
    region.strength = std::min(region.strength, 1.0);
  }
  return with_regions(std::move(report), regions, *homography, small_reference.scale, small_sample.scale,
                      "the attenuation differs");
}

}  // namespace boarddiff::datasets
