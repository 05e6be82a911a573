// SPDX-License-Identifier: Apache-2.0
#include "compare/part_look.h"

#include "compare/set_share.h"
#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace boarddiff::compare {

namespace {

cv::Rect middle_of(const cv::Size& size) {
  return {size.width / 3, size.height / 3, std::max(1, size.width / 3), std::max(1, size.height / 3)};
}

double luminance(const cv::Vec3f& colour) { return 0.114 * colour[0] + 0.587 * colour[1] + 0.299 * colour[2]; }

cv::Vec3f median_colour(const cv::Mat3f& picture) {
  cv::Vec3f result;
  for (int c = 0; c < 3; ++c) {
    std::vector<float> values;
    for (const cv::Vec3f& pixel : picture) {
      values.push_back(pixel[c]);
    }
    result[c] = imaging::median(values);
  }
  return result;
}

// Runs of bright pixels along a row of shares.
std::vector<double> middles_of_runs(const std::vector<double>& shares) {
  constexpr double kBright = 0.5;
  std::vector<double> middles;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= shares.size(); ++i) {
    const bool bright = i < shares.size() && shares[i] > kBright;
    if (!bright) {
      if (i > start) {
        middles.push_back(0.5 * static_cast<double>(start + i - 1));
      }
      start = i + 1;
    }
  }
  return middles;
}

bool evenly_spaced(const std::vector<double>& middles) {
  constexpr double kEven = 0.25;
  if (middles.size() < 3) {
    return true;
  }
  const double pitch = (middles.back() - middles.front()) / static_cast<double>(middles.size() - 1);
  for (std::size_t i = 1; i < middles.size(); ++i) {
    if (std::abs(middles[i] - middles[i - 1] - pitch) > kEven * pitch) {
      return false;
    }
  }
  return true;
}

// Share of bright pixels in each column of a strip.
std::vector<double> bright_columns(const cv::Mat1b& strip) {
  std::vector<double> shares;
  for (int x = 0; x < strip.cols; ++x) {
    shares.push_back(set_share(strip.col(x)));
  }
  return shares;
}

}  // namespace

std::string colour_in(const cv::Mat3f& part) {
  const cv::Vec3f colour = median_colour(part(middle_of(part.size())));
  constexpr double kColoured = 0.25;  // of the largest channel
  const float most = std::max({colour[0], colour[1], colour[2]});
  const float least = std::min({colour[0], colour[1], colour[2]});
  const double saturation = most > 0 ? (most - least) / most : 0;
  if (saturation < kColoured || most < 0.12F) {
    return most < 0.3F ? "black" : (most < 0.75F ? "grey" : "white");
  }
  cv::Mat3f hsv;
  cv::cvtColor(cv::Mat3f(1, 1, colour), hsv, cv::COLOR_BGR2HSV);
  const float hue = hsv(0, 0)[0];
  constexpr float kWarm = 48;
  if (hue < kWarm && hue >= 12 && saturation < 0.75) {
    return most < 0.75F || saturation > 0.4 ? "brown" : "beige";
  }
  constexpr std::array<std::pair<float, std::string_view>, 6> kHues = {
      {{12.0F, "red"}, {45.0F, "orange"}, {70.0F, "yellow"}, {165.0F, "green"}, {260.0F, "blue"}, {330.0F, "violet"}}};
  for (const auto& [end, word] : kHues) {
    if (hue < end) {
      return std::string(word);
    }
  }
  return "red";
}

std::optional<int> terminals_in(const cv::Mat3f& part) {
  constexpr double kEnd = 0.18;
  constexpr double kRim = 0.14;
  constexpr double kLeastStep = 0.12;
  constexpr std::size_t kLeastRow = 3;  // two may be the outermost leads of the other sides
  const int end = std::max(2, cvRound(kEnd * part.cols));
  const int rim = std::max(2, cvRound(kRim * part.rows));
  if (2 * end >= part.cols || 2 * rim >= part.rows) {
    return std::nullopt;
  }
  const double body = luminance(median_colour(part(middle_of(part.size()))));
  cv::Mat1f brightness;
  cv::cvtColor(part, brightness, cv::COLOR_BGR2GRAY);
  const cv::Mat1b metal(brightness > body + kLeastStep);
  const cv::Mat1b ends[] = {metal.colRange(0, end), metal.colRange(part.cols - end, part.cols)};
  const cv::Mat1b between = metal.colRange(part.cols * 2 / 5, part.cols * 3 / 5);
  if (set_share(ends[0]) > 0.55 && set_share(ends[1]) > 0.55 && set_share(between) < 0.35) {
    return 2;
  }
  cv::Mat1b turned;
  cv::rotate(metal, turned, cv::ROTATE_90_CLOCKWISE);
  int all = 0;
  for (const auto& [map, depth] : {std::pair(metal, rim), std::pair(turned, std::max(2, cvRound(kRim * part.cols)))}) {
    const std::vector<double> one = middles_of_runs(bright_columns(map.rowRange(0, depth)));
    const std::vector<double> other = middles_of_runs(bright_columns(map.rowRange(map.rows - depth, map.rows)));
    if (one.size() >= kLeastRow && one.size() == other.size() && evenly_spaced(one) && evenly_spaced(other)) {
      all += static_cast<int>(one.size() + other.size());
    }
  }
  return all > 0 ? std::optional(all) : std::nullopt;
}

}  // namespace boarddiff::compare
