// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/plain_difference.h"

#include <Eigen/LU>
#include <opencv2/calib3d.hpp>
#include <opencv2/core/eigen.hpp>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace boarddiff::datasets {
namespace {

struct Grey {
  cv::Mat1b pixels = {};
  double scale = 1;  // of the picture in its file
};

Grey grey_of(const imaging::BoardImage& image, int max_side) {
  Grey grey;
  grey.scale = std::min(1.0, max_side / static_cast<double>(std::max(image.size().width, image.size().height)));
  cv::Mat pixels;
  if (image.pixels.channels() == 3) {
    cv::cvtColor(image.pixels, pixels, cv::COLOR_BGR2GRAY);
  } else {
    pixels = image.pixels;
  }
  if (pixels.depth() == CV_16U) {
    cv::normalize(pixels, grey.pixels, 0, 255, cv::NORM_MINMAX, CV_8U);
  } else {
    grey.pixels = pixels.clone();
  }
  if (grey.scale < 1) {
    cv::resize(grey.pixels, grey.pixels, {}, grey.scale, grey.scale, cv::INTER_AREA);
  }
  return grey;
}

std::optional<cv::Matx33d> reference_from_sample(const cv::Mat1b& reference, const cv::Mat1b& sample,
                                                 const PlainDifferenceOptions& options) {
  const auto sift = cv::SIFT::create(options.max_features);
  std::vector<cv::KeyPoint> keys_reference;
  std::vector<cv::KeyPoint> keys_sample;
  cv::Mat descriptors_reference;
  cv::Mat descriptors_sample;
  sift->detectAndCompute(reference, cv::noArray(), keys_reference, descriptors_reference);
  sift->detectAndCompute(sample, cv::noArray(), keys_sample, descriptors_sample);
  if (descriptors_reference.rows < 2 || descriptors_sample.rows < 2) {
    return {};
  }
  std::vector<std::vector<cv::DMatch>> matches;
  cv::BFMatcher(cv::NORM_L2).knnMatch(descriptors_sample, descriptors_reference, matches, 2);
  std::vector<cv::Point2f> in_reference;
  std::vector<cv::Point2f> in_sample;
  for (const auto& two : matches) {
    if (two[0].distance < options.match_ratio * two[1].distance) {
      in_reference.push_back(keys_reference[static_cast<std::size_t>(two[0].trainIdx)].pt);
      in_sample.push_back(keys_sample[static_cast<std::size_t>(two[0].queryIdx)].pt);
    }
  }
  constexpr std::size_t kLeast = 4;
  if (in_reference.size() < kLeast) {
    return {};
  }
  const cv::Mat found = cv::findHomography(in_sample, in_reference, cv::RANSAC, options.ransac_px);
  return found.empty() ? std::optional<cv::Matx33d>{} : cv::Matx33d(found);
}

// The sample's luminance with the mean and the spread of the reference's, where both are seen.
cv::Mat1f matched(const cv::Mat1b& sample, const cv::Mat1b& reference, const cv::Mat1b& seen) {
  cv::Scalar mean_sample;
  cv::Scalar mean_reference;
  cv::Scalar spread_sample;
  cv::Scalar spread_reference;
  cv::meanStdDev(sample, mean_sample, spread_sample, seen);
  cv::meanStdDev(reference, mean_reference, spread_reference, seen);
  const double gain = spread_reference[0] / std::max(1.0, spread_sample[0]);
  cv::Mat1f result;
  sample.convertTo(result, CV_32F, gain, mean_reference[0] - gain * mean_sample[0]);
  return result;
}

cv::Mat1f difference_of(const cv::Mat1b& reference, const cv::Mat1b& sample, const cv::Matx33d& homography,
                        double blur_px) {
  cv::Mat1b warped;
  cv::Mat1b seen;
  cv::warpPerspective(sample, warped, homography, reference.size(), cv::INTER_LINEAR);
  cv::warpPerspective(cv::Mat1b(sample.size(), 255), seen, homography, reference.size(), cv::INTER_NEAREST);
  constexpr int kBorder = 9;  // px of the sample's edge, where there is nothing to blur with
  cv::erode(seen, seen, cv::Mat(), {-1, -1}, kBorder);
  cv::Mat1f light;
  reference.convertTo(light, CV_32F);
  cv::Mat1f difference;
  cv::absdiff(matched(warped, reference, seen), light, difference);
  cv::GaussianBlur(difference, difference, {}, blur_px);
  difference.setTo(0, seen == 0);
  return difference;
}

struct Region {
  imaging::Box box = {};  // in the picture that was compared
  double mean_difference = 0;
};

std::vector<Region> regions_in(const cv::Mat1f& difference, const PlainDifferenceOptions& options) {
  cv::Mat1b above;
  cv::compare(difference, options.min_difference, above, cv::CMP_GT);
  cv::Mat1i labels;
  cv::Mat1i statistics;
  cv::Mat1d centres;
  const int count = cv::connectedComponentsWithStats(above, labels, statistics, centres);
  std::vector<double> sums(static_cast<std::size_t>(count), 0);
  for (int y = 0; y < labels.rows; ++y) {
    for (int x = 0; x < labels.cols; ++x) {
      sums[static_cast<std::size_t>(labels(y, x))] += static_cast<double>(difference(y, x));
    }
  }
  std::vector<Region> regions;
  for (int i = 1; i < count; ++i) {
    const int area = statistics(i, cv::CC_STAT_AREA);
    if (area >= options.min_area_px) {
      regions.push_back({{double(statistics(i, cv::CC_STAT_LEFT)), double(statistics(i, cv::CC_STAT_TOP)),
                          double(statistics(i, cv::CC_STAT_WIDTH)), double(statistics(i, cv::CC_STAT_HEIGHT))},
                         sums[static_cast<std::size_t>(i)] / area});
    }
  }
  return regions;
}

imaging::Box scaled(const imaging::Box& box, double factor) {
  return {box.x * factor, box.y * factor, box.width * factor, box.height * factor};
}

imaging::Box mapped(const imaging::Box& box, const Eigen::Matrix3d& to_from) {
  imaging::Polygon points = imaging::corners(box);
  for (imaging::Point& point : points) {
    point = imaging::apply(to_from, point);
  }
  return imaging::bounding_box(points);
}

std::vector<compare::Finding> findings_of(const std::vector<Region>& regions, double reference_scale,
                                          const Eigen::Matrix3d& sample_from_reference) {
  std::vector<compare::Finding> findings;
  for (const Region& region : regions) {
    compare::Finding finding;
    finding.kind = compare::FindingKind::changed_surface;
    finding.score = std::round(std::min(1.0, region.mean_difference / 255) * 1e4) / 1e4;
    finding.reference_box = scaled(region.box, 1 / reference_scale);
    finding.sample_box = mapped(finding.reference_box, sample_from_reference);
    finding.reason = "the luminance differs";
    if (std::isfinite(finding.sample_box.x + finding.sample_box.y + finding.sample_box.area())) {
      findings.push_back(finding);
    }
  }
  // Stable: of equal scores the upper one comes first.
  std::stable_sort(findings.begin(), findings.end(),
                   [](const compare::Finding& a, const compare::Finding& b) { return a.score > b.score; });
  for (std::size_t i = 0; i < findings.size(); ++i) {
    findings[i].id = static_cast<int>(i) + 1;
  }
  return findings;
}

compare::Picture picture_of(const imaging::BoardImage& image) {
  return {image.source, image.size().width, image.size().height, image.pixels_per_mm, image.pixels_per_mm_origin};
}

Eigen::Matrix3d scaling(double factor) { return Eigen::Vector3d(factor, factor, 1).asDiagonal(); }

}  // namespace

compare::InspectionReport plain_difference(const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                                           const PlainDifferenceOptions& options) {
  compare::InspectionReport report;
  report.reference = picture_of(reference);
  report.sample = picture_of(sample);
  const Grey grey_reference = grey_of(reference, options.max_side_px);
  const Grey grey_sample = grey_of(sample, options.max_side_px);
  const auto homography = reference_from_sample(grey_reference.pixels, grey_sample.pixels, options);
  if (!homography || std::abs(cv::determinant(*homography)) < 1e-12) {
    report.reason = "no homography brings the features together";
    report.registration.reason = report.reason;
    return report;
  }
  Eigen::Matrix3d small_reference_from_small_sample;
  cv::cv2eigen(*homography, small_reference_from_small_sample);
  const Eigen::Matrix3d sample_from_reference =
      scaling(1 / grey_sample.scale) * small_reference_from_small_sample.inverse() * scaling(grey_reference.scale);
  report.registration.status = imaging::RegistrationStatus::aligned;
  report.registration.plane.sample_from_reference = sample_from_reference / sample_from_reference(2, 2);
  const cv::Mat1f difference = difference_of(grey_reference.pixels, grey_sample.pixels, *homography, options.blur_px);
  report.findings = findings_of(regions_in(difference, options), grey_reference.scale, sample_from_reference);
  report.outcome = report.findings.empty() ? compare::Outcome::nothing_found : compare::Outcome::needs_review;
  report.reason = std::to_string(report.findings.size()) + " regions differ";
  return report;
}

}  // namespace boarddiff::datasets
