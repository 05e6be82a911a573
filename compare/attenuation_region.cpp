// SPDX-License-Identifier: Apache-2.0
#include "compare/attenuation_region.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <iterator>
#include <tuple>
#include <utility>

namespace boarddiff::compare {

namespace {

constexpr float kLeastPeak = 1.2F;  // standard deviations; less stands out nowhere
constexpr float kDownTo = 0.5F;     // of the peak
constexpr int kPeakRadius_px = 5;   // one peak within
constexpr std::size_t kLeastPixels = 6;

struct Peak {
  float height = 0;
  cv::Point at = {};
};

std::vector<Peak> peaks_of(const cv::Mat1f& deviations) {
  cv::Mat1f highest;
  cv::dilate(deviations, highest,
             cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * kPeakRadius_px + 1, 2 * kPeakRadius_px + 1}));
  std::vector<Peak> peaks;
  for (int y = 0; y < deviations.rows; ++y) {
    for (int x = 0; x < deviations.cols; ++x) {
      const float height = deviations(y, x);
      if (height > kLeastPeak && height >= highest(y, x)) peaks.push_back({height, {x, y}});
    }
  }
  std::sort(peaks.begin(), peaks.end(), [](const Peak& a, const Peak& b) {
    return std::make_tuple(-a.height, a.at.y, a.at.x) < std::make_tuple(-b.height, b.at.y, b.at.x);
  });
  return peaks;
}

// The unvisited pixels connected to the peak and at least half as high; marks them as visited.
std::vector<cv::Point> grown_from(const Peak& peak, const cv::Mat1f& deviations, cv::Mat1b& visited) {
  std::vector<cv::Point> pixels = {peak.at};
  visited(peak.at) = 1;
  for (std::size_t next = 0; next < pixels.size(); ++next) {
    const cv::Point at = pixels[next];
    for (int y = std::max(0, at.y - 1); y <= std::min(visited.rows - 1, at.y + 1); ++y) {
      for (int x = std::max(0, at.x - 1); x <= std::min(visited.cols - 1, at.x + 1); ++x) {
        if (visited(y, x) == 0 && deviations(y, x) >= kDownTo * peak.height) {
          visited(y, x) = 1;
          pixels.emplace_back(x, y);
        }
      }
    }
  }
  return pixels;
}

imaging::Box box_of(const std::vector<cv::Point>& pixels) {
  const cv::Rect around = cv::boundingRect(pixels);
  return {.x = static_cast<double>(around.x),
          .y = static_cast<double>(around.y),
          .width = static_cast<double>(around.width),
          .height = static_cast<double>(around.height)};
}

std::vector<AttenuationRegion> regions_in(const cv::Mat1f& unexplained, const cv::Mat1f& deviation, bool removed,
                                          int most) {
  cv::Mat1f deviations(unexplained / deviation);
  cv::GaussianBlur(deviations, deviations, {}, 1, 0, cv::BORDER_REPLICATE);
  cv::Mat1b visited(deviations.size(), uchar{0});
  std::vector<AttenuationRegion> regions;
  for (const Peak& peak : peaks_of(deviations)) {
    if (static_cast<int>(regions.size()) >= most) break;
    if (visited(peak.at) != 0) continue;
    AttenuationRegion region{.removed = removed, .pixels = grown_from(peak, deviations, visited), .peak = peak.height};
    if (region.pixels.size() < kLeastPixels) continue;
    region.box = box_of(region.pixels);
    regions.push_back(std::move(region));
  }
  return regions;
}

// On a board with a dozen changes, the hundredth highest peak is none of them.
double misfit_of(const std::vector<AttenuationRegion>& regions) {
  constexpr std::size_t kNoChange = 100;
  constexpr double kExpected = 3;
  if (regions.size() <= kNoChange) {
    return 1;
  }
  std::vector<double> peaks;
  peaks.reserve(regions.size());
  for (const AttenuationRegion& region : regions) peaks.push_back(region.peak);
  std::nth_element(peaks.begin(), peaks.begin() + kNoChange, peaks.end(), std::greater<>());
  return std::max(1.0, peaks[kNoChange] / kExpected);
}

double gap_between(const imaging::Box& a, const imaging::Box& b) {
  const double across = std::max(a.x, b.x) - std::min(a.x + a.width, b.x + b.width);
  const double down = std::max(a.y, b.y) - std::min(a.y + a.height, b.y + b.height);
  return std::hypot(std::max(across, 0.0), std::max(down, 0.0));
}

// Whether two regions look like pieces of one thing: of one sense, about as strong, and no farther apart than the
// smaller one is wide.
bool belong_together(const AttenuationRegion& a, const AttenuationRegion& b) {
  constexpr double kAsStrong = 0.5;
  constexpr double kFarthest_px = 15;
  const double width = std::min({a.box.width, a.box.height, b.box.width, b.box.height});
  return a.removed == b.removed && std::min(a.peak, b.peak) >= kAsStrong * std::max(a.peak, b.peak) &&
         gap_between(a.box, b.box) <= std::min(width, kFarthest_px);
}

// The pieces of the thing that the first one belongs to, by index.
std::vector<std::size_t> thing_of(std::size_t first, const std::vector<AttenuationRegion>& pieces,
                                  std::vector<bool>& taken) {
  taken[first] = true;
  std::vector<std::size_t> members = {first};
  for (std::size_t next = 0; next < members.size(); ++next) {
    for (std::size_t other = 0; other < pieces.size(); ++other) {
      if (!taken[other] && belong_together(pieces[members[next]], pieces[other])) {
        taken[other] = true;
        members.push_back(other);
      }
    }
  }
  return members;
}

// The pieces, and behind them what they make up.
std::vector<AttenuationRegion> with_things(std::vector<AttenuationRegion> pieces) {
  std::vector<AttenuationRegion> things;
  std::vector<bool> taken(pieces.size(), false);
  for (std::size_t first = 0; first < pieces.size(); ++first) {
    if (taken[first]) continue;
    const std::vector<std::size_t> members = thing_of(first, pieces, taken);
    AttenuationRegion thing = pieces[first];
    for (std::size_t i = 1; i < members.size(); ++i) {
      const AttenuationRegion& piece = pieces[members[i]];
      thing.pixels.insert(thing.pixels.end(), piece.pixels.begin(), piece.pixels.end());
      thing.peak = std::max(thing.peak, piece.peak);
    }
    thing.is_group = true;
    thing.thing = first;
    thing.box = thing.whole = box_of(thing.pixels);
    for (const std::size_t member : members) {
      pieces[member].thing = first;
      pieces[member].whole = thing.box;
    }
    if (members.size() > 1) things.push_back(std::move(thing));
  }
  std::move(things.begin(), things.end(), std::back_inserter(pieces));
  return pieces;
}

}  // namespace

std::vector<AttenuationRegion> find_attenuation_regions(const AttenuationEvidence& evidence, int most) {
  std::vector<AttenuationRegion> regions = regions_in(evidence.added.front(), evidence.deviation, false, most);
  std::vector<AttenuationRegion> removed = regions_in(evidence.removed.front(), evidence.deviation, true, most);
  std::move(removed.begin(), removed.end(), std::back_inserter(regions));
  const double misfit = misfit_of(regions);
  for (AttenuationRegion& region : regions) {
    region.misfit = misfit;
    region.peak /= misfit;
  }
  return with_things(std::move(regions));
}

}  // namespace boarddiff::compare
