// SPDX-License-Identifier: Apache-2.0
#include "compare/xray_signs.h"

#include "compare/whole_pixels.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::compare {

namespace {

constexpr int kRingFrom_px = 3;
constexpr int kRingTo_px = 9;
constexpr int kAlikeAround_px = 4;

// Attenuations near nothing are alike, however many times one is the other.
constexpr double kFloor = 0.003;

double log_of(double attenuation) { return std::log(attenuation + kFloor); }

cv::Mat1b grown(const cv::Mat1b& mask, int by_px) {
  cv::Mat1b result;
  cv::dilate(mask, result, cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * by_px + 1, 2 * by_px + 1}));
  return result;
}

// A region with its surroundings, cut out.
struct Window {
  cv::Rect where = {};
  cv::Mat1b region = {};  // 255 in its pixels
  cv::Mat1b ring = {};    // 255 around it, where anything was inspected
  bool has_ring = false;
};

Window window_of(const AttenuationRegion& region, const AttenuationEvidence& evidence) {
  const imaging::Box around = imaging::grown(region.box, kRingTo_px + 1);
  Window window{.where = whole_pixels(around, evidence.inspected.size())};
  window.region = cv::Mat1b(window.where.size(), uchar{0});
  for (const cv::Point& pixel : region.pixels) window.region(pixel - window.where.tl()) = 255;
  window.ring = cv::Mat1b(grown(window.region, kRingTo_px) & ~grown(window.region, kRingFrom_px) &
                          evidence.inspected(window.where));
  window.has_ring = cv::countNonZero(window.ring) > 0;
  return window;
}

struct Spread {
  double mean = 0;
  double deviation = 0;
};

Spread spread_in(const cv::Mat1f& map, const Window& window) {
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(map(window.where), mean, deviation, window.region);
  return {mean[0], deviation[0]};
}

double mean_in(const cv::Mat1f& map, const Window& window) { return cv::mean(map(window.where), window.region)[0]; }

double mean_in_ring(const cv::Mat1f& map, const Window& window) {
  return window.has_ring ? cv::mean(map(window.where), window.ring)[0] : 0;
}

double size_in_ring(const cv::Mat1f& map, const Window& window) {
  return window.has_ring ? cv::mean(cv::abs(map(window.where)), window.ring)[0] : 0;
}

double most_in_both(const cv::Mat1f& map, const Window& window) {
  double most = 0;
  cv::minMaxLoc(map(window.where), nullptr, &most, nullptr, nullptr, window.region | window.ring);
  return most;
}

// Of the region and what is close around it; 0 where either picture is even.
double alike(const AttenuationEvidence& evidence, const Window& window) {
  const cv::Mat1b mask = grown(window.region, kAlikeAround_px);
  const cv::Mat1f reference = evidence.reference(window.where);
  const cv::Mat1f sample = evidence.sample(window.where);
  cv::Scalar mean;
  cv::Scalar reference_deviation;
  cv::Scalar sample_deviation;
  cv::Scalar sample_mean;
  cv::meanStdDev(reference, mean, reference_deviation, mask);
  cv::meanStdDev(sample, sample_mean, sample_deviation, mask);
  const double both = reference_deviation[0] * sample_deviation[0];
  constexpr double kEven = 1e-9;
  return both < kEven ? 0 : (cv::mean(reference.mul(sample), mask)[0] - mean[0] * sample_mean[0]) / both;
}

struct Rectangle {
  double length_px = 1;
  double width_px = 1;
  double filled = 1;  // share of it, however it is turned
};

Rectangle rectangle_around(const std::vector<cv::Point>& pixels) {
  const cv::Size2f size = cv::minAreaRect(pixels).size;
  const double length = std::max(size.width, size.height) + 1;
  const double width = std::min(size.width, size.height) + 1;
  return {length, width, static_cast<double>(pixels.size()) / (length * width)};
}

double half_width_px(const Window& window) {
  cv::Mat1f inside;
  cv::distanceTransform(window.region, inside, cv::DIST_L2, 3);
  double most = 0;
  cv::minMaxLoc(inside, nullptr, &most);
  return most;
}

}  // namespace

XraySigns xray_signs_of(const AttenuationRegion& region, const AttenuationEvidence& evidence) {
  const Window window = window_of(region, evidence);
  const UnexplainedAttenuation& same = region.removed ? evidence.removed : evidence.added;
  const UnexplainedAttenuation& opposite = region.removed ? evidence.added : evidence.removed;
  const Rectangle rectangle = rectangle_around(region.pixels);
  const Spread difference = spread_in(evidence.difference, window);
  const Spread reference = spread_in(evidence.reference, window);
  const Spread sample = spread_in(evidence.sample, window);
  const double unexplained = mean_in(same[0], window);
  const double structure = mean_in(evidence.structure, window);
  const double deviation = region.misfit * mean_in(evidence.deviation, window);
  constexpr double kLittleStructure = 0.03;
  XraySigns signs;
  signs << std::log(region.peak), unexplained / deviation, log_of(unexplained), log_of(mean_in(same[1], window)),
      log_of(mean_in(same[2], window)), std::log(static_cast<double>(region.pixels.size())),
      std::log(half_width_px(window) + 1), std::log(rectangle.length_px), std::log(rectangle.width_px),
      rectangle.filled, reference.mean, sample.mean, structure, mean_in(evidence.ground, window),
      mean_in_ring(evidence.reference, window), mean_in_ring(evidence.sample, window), mean_in(evidence.detail, window),
      mean_in_ring(evidence.detail, window), difference.mean, mean_in_ring(evidence.difference, window),
      difference.deviation, size_in_ring(evidence.difference, window), reference.deviation, sample.deviation,
      log_of(mean_in_ring(opposite[0], window)), log_of(most_in_both(opposite[0], window)),
      log_of(mean_in_ring(same[0], window)), std::log(deviation), region.removed ? 1 : 0,
      std::log((unexplained + kFloor) / (structure + kLittleStructure)), alike(evidence, window);
  return signs;
}

}  // namespace boarddiff::compare
