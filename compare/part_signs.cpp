// SPDX-License-Identifier: Apache-2.0
#include "compare/part_signs.h"

#include "compare/whole_pixels.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::compare {

namespace {

// The mean of a map inside a larger rectangle and outside a smaller one in it.
double mean_between(const cv::Mat1f& map, const cv::Rect& inner, const cv::Rect& outer) {
  const int pixels = outer.area() - inner.area();
  return pixels > 0 ? (cv::sum(map(outer))[0] - cv::sum(map(inner))[0]) / pixels : 0;
}

// The largest value, but for that of single pixels.
double most_of(const cv::Mat1f& map) {
  constexpr int kSide = 3;
  cv::Mat1f smooth;
  cv::blur(map, smooth, {kSide, kSide}, {-1, -1}, cv::BORDER_REPLICATE);
  double most = 0;
  cv::minMaxLoc(smooth, nullptr, &most);
  return most;
}

}  // namespace

PartSigns part_signs_of(const ChangedBody& body, const PairParts& parts) {
  PartSigns signs = PartSigns::Zero();
  if (!parts.known()) {
    return signs;
  }
  const cv::Mat1f& reference = parts.reference.part;
  const cv::Mat1f& sample = parts.sample.part;
  const imaging::Box box = parts.in_maps(body.box);
  const cv::Rect inner = whole_pixels(box, reference.size());
  if (inner.empty()) {
    return signs;
  }
  constexpr double kRing_mm = 0.5;
  constexpr double kRing_px = 2;
  const double ring = kRing_px + kRing_mm * parts.pixels_per_mm * parts.reference.part_from_frame(0, 0);
  const cv::Rect outer = whole_pixels(imaging::grown(box, ring), reference.size());
  constexpr double kLeastWidth_mm = 0.05;
  signs << cv::mean(reference(inner))[0], cv::mean(sample(inner))[0], mean_between(reference, inner, outer),
      mean_between(sample, inner, outer), most_of(cv::Mat1f(sample(inner) - reference(inner))),
      most_of(cv::Mat1f(reference(inner) - sample(inner))),
      std::log(std::max(kLeastWidth_mm, body.width_px / parts.pixels_per_mm));
  return signs;
}

}  // namespace boarddiff::compare
