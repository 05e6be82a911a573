// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"

#include <optional>
#include <string>
#include <vector>

// Private to the yardsticks: what the simple methods have in common. They share nothing with the stages that they are
// there to be compared with.
namespace boarddiff::datasets {

struct YardstickRegistration {
  int max_features = 8000;    // in each picture
  double match_ratio = 0.75;  // of the nearest to the second nearest descriptor
  double ransac_px = 3;       // reprojection error of an inlier
};

// A picture in 8 bits, its longer side at most so many pixels.
struct SmallPicture {
  cv::Mat pixels = {};
  double scale = 1;  // of the picture in its file
};
[[nodiscard]] SmallPicture grey_picture(const imaging::BoardImage& image, int max_side_px);
[[nodiscard]] SmallPicture colour_picture(const imaging::BoardImage& image, int max_side_px);  // grey stays grey

// SIFT features with a ratio test, and a homography by RANSAC; nothing where they do not come together.
[[nodiscard]] std::optional<cv::Matx33d> homography_by_sift(const cv::Mat1b& reference, const cv::Mat1b& sample,
                                                            const YardstickRegistration& options);

// The sample as it lies on the reference, and 255 where it is seen, without a border in which there is nothing to blur
// with.
struct LaidOnReference {
  cv::Mat pixels = {};
  cv::Mat1b seen = {};
};
[[nodiscard]] LaidOnReference laid_on_reference(const cv::Mat& sample, const cv::Matx33d& reference_from_sample,
                                                const cv::Size& reference);

// The sample with the mean and the spread of the reference, where both are seen; a spread below the least one counts as
// that.
[[nodiscard]] cv::Mat1f with_mean_and_spread(const cv::Mat& sample, const cv::Mat& reference, const cv::Mat1b& seen,
                                             double least_spread);

// A connected area of what differs, in the small reference.
struct DifferentRegion {
  imaging::Box box = {};
  double strength = 0;  // mean over it
};

// The connected areas of `joined`, each with the box and the mean strength of those of its pixels that are `marked`,
// where these are at least so many.
[[nodiscard]] std::vector<DifferentRegion> regions_of(const cv::Mat1b& joined, const cv::Mat1b& marked,
                                                      const cv::Mat1f& strength, double min_area_px);

// A report of both pictures, not_comparable until more is told; and why it stays so.
[[nodiscard]] compare::InspectionReport begun_report(const imaging::BoardImage& reference,
                                                     const imaging::BoardImage& sample);
[[nodiscard]] compare::InspectionReport without_registration(compare::InspectionReport report);

// All regions as findings, the strongest first; `scale_*`: of the small pictures that the homography joins.
[[nodiscard]] compare::InspectionReport with_regions(compare::InspectionReport report,
                                                     const std::vector<DifferentRegion>& regions,
                                                     const cv::Matx33d& reference_from_sample, double scale_reference,
                                                     double scale_sample, const std::string& reason);

}  // namespace boarddiff::datasets
