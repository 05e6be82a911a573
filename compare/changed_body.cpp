// SPDX-License-Identifier: Apache-2.0
#include "compare/changed_body.h"

#include "compare/set_share.h"
#include "compare/whole_pixels.h"
#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::compare {

namespace {

using imaging::Box;

constexpr int kLineWidth = 5;        // px; an 0402 is twice as wide at the 20 px/mm that it needs
constexpr float kFloor = 0.08F;      // of full scale, for logarithms of light
constexpr float kLeastStep = 0.15F;  // in logarithms: 15 % brighter or darker in a channel
constexpr float kSpreads = 3;        // times what the frame around the region differs
constexpr double kFaintBlur = 2;  // px; noise of single pixels hides a faint step, and what is wider does not need them

// Difference of one channel, in logarithms for light, without the median of the frame.
cv::Mat1f difference_of(const cv::Mat& reference, const cv::Mat& sample, bool is_light, const cv::Mat1b& frame) {
  cv::Mat1f difference(reference.size());
  std::vector<float> outside;
  for (int y = 0; y < difference.rows; ++y) {
    for (int x = 0; x < difference.cols; ++x) {
      const float a = reference.at<float>(y, x);
      const float b = sample.at<float>(y, x);
      difference(y, x) = is_light ? std::log((std::max(b, 0.0F) + kFloor) / (std::max(a, 0.0F) + kFloor)) : b - a;
      if (frame(y, x) != 0) {
        outside.push_back(difference(y, x));
      }
    }
  }
  if (!outside.empty()) {
    difference -= imaging::median(outside);
  }
  return difference;
}

// The largest difference of any channel.
cv::Mat1f largest_difference(const cv::Mat& reference, const cv::Mat& sample, const cv::Mat1b& frame) {
  std::vector<cv::Mat> reference_channels;
  std::vector<cv::Mat> sample_channels;
  cv::split(reference, reference_channels);
  cv::split(sample, sample_channels);
  cv::Mat1f largest(reference.size(), 0.0F);
  for (std::size_t c = 0; c < reference_channels.size(); ++c) {
    const bool is_light = reference_channels.size() == 3;
    const cv::Mat step = cv::abs(difference_of(reference_channels[c], sample_channels[c], is_light, frame));
    const cv::Mat larger = cv::max(largest, step);
    largest = larger;
  }
  return largest;
}

// Of the values where the mask is set; 0 where it is nowhere.
float median_where(const cv::Mat1f& values, const cv::Mat1b& mask) {
  const std::vector<float> chosen = imaging::values_where(values, mask);
  return chosen.empty() ? 0 : imaging::median(chosen);
}

// 255 where any channel differs more than the frame does.
cv::Mat1b changed_against(const cv::Mat& reference, const cv::Mat& sample, const cv::Mat1b& frame) {
  const cv::Mat1f largest = largest_difference(reference, sample, frame);
  return cv::Mat1b(largest > std::max(kLeastStep, kSpreads * median_where(largest, frame)));
}

cv::Mat blurred(const cv::Mat& picture) {
  cv::Mat result;
  cv::GaussianBlur(picture, result, {}, kFaintBlur);
  return result;
}

// The same where little changed, without fine detail and noise: 255 where it is nearer to what the region changed than
// to what the frame did. Nothing where most of the region changed no more than that: that are lines.
cv::Mat1b faintly_changed(const cv::Mat& reference, const cv::Mat& sample, const cv::Mat1b& frame) {
  constexpr float kClearly = 2;         // times what the frame differs
  constexpr float kLeastFaint = 0.03F;  // less is the rounding of dark grey levels
  const cv::Mat1f largest = largest_difference(blurred(reference), blurred(sample), frame);
  const float usual = median_where(largest, frame);
  const float own = median_where(largest, cv::Mat1b(~frame));
  if (own <= std::max(kLeastFaint, kClearly * usual)) {
    return {largest.size(), uchar{0}};
  }
  const float half_way = (own + usual) / 2;
  return cv::Mat1b(largest > (usual < kLeastStep ? std::min(kLeastStep, half_way) : half_way));
}

cv::Mat1b frame_around(const cv::Rect& region, const cv::Size& window) {
  cv::Mat1b frame(window, uchar{255});
  frame(region).setTo(0);
  return frame;
}

// Sets area and width of the largest connected area that reaches into the region.
void measure_largest(const cv::Mat1b& changed, const cv::Rect& region, ChangedBody& body) {
  cv::Mat1i labels;
  cv::Mat1i stats;
  cv::Mat1d centres;
  cv::connectedComponentsWithStats(changed, labels, stats, centres, 8, CV_32S);
  int largest = 0;
  for (int y = region.y; y < region.br().y; ++y) {
    for (int x = region.x; x < region.br().x; ++x) {
      const int label = labels(y, x);
      if (label != 0 && (largest == 0 || stats(label, cv::CC_STAT_AREA) > stats(largest, cv::CC_STAT_AREA))) {
        largest = label;
      }
    }
  }
  if (largest == 0) {
    return;
  }
  const cv::Mat1b area(labels == largest);
  cv::Mat1f to_edge;
  cv::distanceTransform(area, to_edge, cv::DIST_L2, cv::DIST_MASK_PRECISE);
  body.area_px = stats(largest, cv::CC_STAT_AREA);
  // Across a strip the distances to its edges are a quarter of its width on average, and half a pixel.
  body.width_px = std::max(1.0, 4 * cv::mean(to_edge, area)[0] - 2);
  std::vector<cv::Point> points;
  cv::findNonZero(area, points);
  const cv::Size2f around = cv::minAreaRect(points).size + cv::Size2f(1, 1);  // from centres of pixels to their edges
  body.fullness = std::min(1.0, body.area_px / around.area());
}

// The box of the connected areas that reach into the region, in pixels of the window.
cv::Rect box_of_areas(const cv::Mat1b& areas, const cv::Rect& region) {
  cv::Mat1i labels;
  cv::Mat1i stats;
  cv::Mat1d centres;
  const int count = cv::connectedComponentsWithStats(areas, labels, stats, centres, 8, CV_32S);
  std::vector<bool> reaches(static_cast<std::size_t>(count), false);
  for (int y = region.y; y < region.br().y; ++y) {
    for (int x = region.x; x < region.br().x; ++x) {
      reaches[static_cast<std::size_t>(labels(y, x))] = true;
    }
  }
  cv::Rect box;
  for (int label = 1; label < count; ++label) {
    if (reaches[static_cast<std::size_t>(label)]) {
      box |= cv::Rect(stats(label, cv::CC_STAT_LEFT), stats(label, cv::CC_STAT_TOP), stats(label, cv::CC_STAT_WIDTH),
                      stats(label, cv::CC_STAT_HEIGHT));
    }
  }
  return box;
}

// What the areas of change say. `window`: of the pair; `inner`: the region in it.
ChangedBody body_of(cv::Mat1b areas, const cv::Rect& window, const cv::Rect& inner, const Box& region) {
  ChangedBody body{
      .box = region, .area_px = double(inner.area()), .width_px = double(std::min(inner.width, inner.height))};
  measure_largest(areas, inner, body);
  const cv::Mat line = cv::getStructuringElement(cv::MORPH_ELLIPSE, {kLineWidth, kLineWidth});
  cv::morphologyEx(areas, areas, cv::MORPH_OPEN, line);
  body.share = set_share(areas(inner));
  const cv::Rect box = box_of_areas(areas, inner);
  const bool cut_off = box.x <= 0 || box.y <= 0 || box.br().x >= window.width || box.br().y >= window.height;
  // What runs out of the window is a shadow or the light, and says nothing of a body's outline.
  if (!box.empty() && !cut_off) {
    body.box = {.x = double(box.x + window.x),
                .y = double(box.y + window.y),
                .width = double(box.width),
                .height = double(box.height)};
  }
  return body;
}

// `changed`: 255 where a reference and a sample differ more than where the frame is set.
ChangedBody found_body(const imaging::NormalizedPair& pair, const Box& region,
                       cv::Mat1b (*changed)(const cv::Mat& reference, const cv::Mat& sample, const cv::Mat1b& frame)) {
  const double margin = std::max(16.0, 0.75 * std::max(region.width, region.height));
  const cv::Rect window = whole_pixels(imaging::grown(region, margin), pair.size());
  const cv::Rect in_pair = whole_pixels(region, pair.size());
  if (in_pair.empty()) {
    return {.box = region};
  }
  const cv::Rect inner = in_pair - window.tl();
  const cv::Mat1b frame = frame_around(inner, window.size());
  return body_of(changed(pair.reference(window), pair.sample(window), frame), window, inner, region);
}

}  // namespace

cv::Mat1b changed_pixels(const imaging::NormalizedPair& pair, const cv::Rect& window, const cv::Rect& region) {
  return changed_against(pair.reference(window), pair.sample(window), frame_around(region, window.size()));
}

ChangedBody find_changed_body(const imaging::NormalizedPair& pair, const Box& region) {
  return found_body(pair, region, changed_against);
}

ChangedBody find_faint_body(const imaging::NormalizedPair& pair, const Box& region) {
  return found_body(pair, region, faintly_changed);
}

}  // namespace boarddiff::compare
