// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/plain_difference.h"

#include "datasets/evaluation/yardstick_pieces.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <utility>

namespace boarddiff::datasets {
namespace {

cv::Mat1f difference_of(const cv::Mat1b& reference, const cv::Mat1b& sample, const cv::Matx33d& homography,
                        double blur_px) {
  const LaidOnReference laid = laid_on_reference(sample, homography, reference.size());
  cv::Mat1f light;
  reference.convertTo(light, CV_32F);
  cv::Mat1f difference;
  constexpr double kLeastSpread = 1;
  cv::absdiff(with_mean_and_spread(laid.pixels, reference, laid.seen, kLeastSpread), light, difference);
  cv::GaussianBlur(difference, difference, {}, blur_px);
  difference.setTo(0, laid.seen == 0);
  return difference;
}

std::vector<DifferentRegion> regions_in(const cv::Mat1f& difference, const PlainDifferenceOptions& options) {
  cv::Mat1b above;
  cv::compare(difference, options.min_difference, above, cv::CMP_GT);
  std::vector<DifferentRegion> regions = regions_of(above, above, difference, options.min_area_px);
  for (DifferentRegion& region : regions) {
    region.strength /= 255;
  }
  return regions;
}

}  // namespace

compare::InspectionReport plain_difference(const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                                           const PlainDifferenceOptions& options) {
  compare::InspectionReport report = begun_report(reference, sample);
  const SmallPicture small_reference = grey_picture(reference, options.max_side_px);
  const SmallPicture small_sample = grey_picture(sample, options.max_side_px);
  const auto homography = homography_by_sift(
      small_reference.pixels, small_sample.pixels,
      {.max_features = options.max_features, .match_ratio = options.match_ratio, .ransac_px = options.ransac_px});
  if (!homography) {
    return without_registration(std::move(report));
  }
  const cv::Mat1f difference = difference_of(small_reference.pixels, small_sample.pixels, *homography, options.blur_px);
  return with_regions(std::move(report), regions_in(difference, options), *homography, small_reference.scale,
                      small_sample.scale, "the luminance differs");
}

}  // namespace boarddiff::datasets
