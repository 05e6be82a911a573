// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/yardstick_pieces.h"

#include <Eigen/LU>
#include <opencv2/calib3d.hpp>
#include <opencv2/core/eigen.hpp>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::datasets {
namespace {

cv::Mat in_8_bits(const cv::Mat& pixels) {
  cv::Mat result;
  if (pixels.depth() == CV_16U) {
    cv::normalize(pixels, result, 0, 255, cv::NORM_MINMAX, CV_8U);
  } else {
    result = pixels.clone();
  }
  return result;
}

SmallPicture shrunk(const cv::Mat& pixels, int max_side_px) {
  SmallPicture picture;
  picture.scale = std::min(1.0, max_side_px / static_cast<double>(std::max(pixels.cols, pixels.rows)));
  if (picture.scale < 1) {
    cv::resize(pixels, picture.pixels, {}, picture.scale, picture.scale, cv::INTER_AREA);
  } else {
    picture.pixels = pixels;
  }
  return picture;
}

imaging::Box mapped(const imaging::Box& box, const Eigen::Matrix3d& to_from) {
  imaging::Polygon points = imaging::corners(box);
  for (imaging::Point& point : points) {
    point = imaging::apply(to_from, point);
  }
  return imaging::bounding_box(points);
}

compare::Picture picture_of(const imaging::BoardImage& image) {
  return {image.source, image.size().width, image.size().height, image.pixels_per_mm, image.pixels_per_mm_origin};
}

Eigen::Matrix3d scaling(double factor) { return Eigen::Vector3d(factor, factor, 1).asDiagonal(); }

std::vector<compare::Finding> findings_of(const std::vector<DifferentRegion>& regions, double reference_scale,
                                          const Eigen::Matrix3d& sample_from_reference, const std::string& reason) {
  std::vector<compare::Finding> findings;
  for (const DifferentRegion& region : regions) {
    compare::Finding finding;
    finding.kind = compare::FindingKind::changed_surface;
    finding.score = std::round(std::min(1.0, region.strength) * 1e4) / 1e4;
    finding.reference_box = imaging::scaled(region.box, 1 / reference_scale);
    finding.sample_box = mapped(finding.reference_box, sample_from_reference);
    finding.reason = reason;
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

}  // namespace

SmallPicture grey_picture(const imaging::BoardImage& image, int max_side_px) {
  cv::Mat pixels = image.pixels;
  if (pixels.channels() == 3) {
    cv::cvtColor(image.pixels, pixels, cv::COLOR_BGR2GRAY);
  }
  return shrunk(in_8_bits(pixels), max_side_px);
}

SmallPicture colour_picture(const imaging::BoardImage& image, int max_side_px) {
  return shrunk(in_8_bits(image.pixels), max_side_px);
}

std::optional<cv::Matx33d> homography_by_sift(const cv::Mat1b& reference, const cv::Mat1b& sample,
                                              const YardstickRegistration& options) {
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
  if (found.empty() || std::abs(cv::determinant(found)) < 1e-12) {
    return {};
  }
  return cv::Matx33d(found);
}

LaidOnReference laid_on_reference(const cv::Mat& sample, const cv::Matx33d& reference_from_sample,
                                  const cv::Size& reference) {
  LaidOnReference laid;
  cv::warpPerspective(sample, laid.pixels, reference_from_sample, reference, cv::INTER_LINEAR);
  cv::warpPerspective(cv::Mat1b(sample.size(), 255), laid.seen, reference_from_sample, reference, cv::INTER_NEAREST);
  constexpr int kBorder_px = 9;
  cv::erode(laid.seen, laid.seen, cv::Mat(), {-1, -1}, kBorder_px);
  return laid;
}

cv::Mat1f with_mean_and_spread(const cv::Mat& sample, const cv::Mat& reference, const cv::Mat1b& seen,
                               double least_spread) {
  cv::Scalar mean_sample;
  cv::Scalar mean_reference;
  cv::Scalar spread_sample;
  cv::Scalar spread_reference;
  cv::meanStdDev(sample, mean_sample, spread_sample, seen);
  cv::meanStdDev(reference, mean_reference, spread_reference, seen);
  const double gain = spread_reference[0] / std::max(least_spread, spread_sample[0]);
  cv::Mat1f result;
  sample.convertTo(result, CV_32F, gain, mean_reference[0] - gain * mean_sample[0]);
  return result;
}

std::vector<DifferentRegion> regions_of(const cv::Mat1b& joined, const cv::Mat1b& marked, const cv::Mat1f& strength,
                                        double min_area_px) {
  struct Sum {
    cv::Rect box = {};
    double strength = 0;
    int pixels = 0;
  };
  cv::Mat1i labels;
  std::vector<Sum> sums(static_cast<std::size_t>(cv::connectedComponents(joined, labels)));
  for (int y = 0; y < labels.rows; ++y) {
    for (int x = 0; x < labels.cols; ++x) {
      if (labels(y, x) > 0 && marked(y, x) != 0) {
        Sum& sum = sums[static_cast<std::size_t>(labels(y, x))];
        sum.box |= cv::Rect(x, y, 1, 1);
        sum.strength += static_cast<double>(strength(y, x));
        ++sum.pixels;
      }
    }
  }
  std::vector<DifferentRegion> regions;
  for (const Sum& sum : sums) {
    if (sum.pixels > 0 && sum.pixels >= min_area_px) {
      regions.push_back({{double(sum.box.x), double(sum.box.y), double(sum.box.width), double(sum.box.height)},
                         sum.strength / sum.pixels});
    }
  }
  return regions;
}

compare::InspectionReport begun_report(const imaging::BoardImage& reference, const imaging::BoardImage& sample) {
  compare::InspectionReport report;
  report.reference = picture_of(reference);
  report.sample = picture_of(sample);
  return report;
}

compare::InspectionReport without_registration(compare::InspectionReport report) {
  report.reason = "no homography brings the features together";
  report.registration.reason = report.reason;
  return report;
}

compare::InspectionReport with_regions(compare::InspectionReport report, const std::vector<DifferentRegion>& regions,
                                       const cv::Matx33d& reference_from_sample, double scale_reference,
                                       double scale_sample, const std::string& reason) {
  Eigen::Matrix3d small_from_small;
  cv::cv2eigen(reference_from_sample, small_from_small);
  const Eigen::Matrix3d sample_from_reference =
      scaling(1 / scale_sample) * small_from_small.inverse() * scaling(scale_reference);
  report.registration.status = imaging::RegistrationStatus::aligned;
  report.registration.plane.sample_from_reference = sample_from_reference / sample_from_reference(2, 2);
  report.findings = findings_of(regions, scale_reference, sample_from_reference, reason);
  report.outcome = report.findings.empty() ? compare::Outcome::nothing_found : compare::Outcome::needs_review;
  report.reason = std::to_string(report.findings.size()) + " regions differ";
  return report;
}

}  // namespace boarddiff::datasets
