// SPDX-License-Identifier: Apache-2.0
#include "imaging/edge_match.h"

#include "imaging/edge_channels.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <optional>

namespace boarddiff::imaging {
namespace {

constexpr int kHalfPatch_px = 18;

// The peak to a fraction of a pixel, from the values beside it.
double peak_offset(double before, double at, double after) {
  const double bend = before - 2 * at + after;
  return bend < 0 ? std::clamp((before - after) / (2 * bend), -0.5, 0.5) : 0;
}

std::optional<EdgeMatch> match_at(const cv::Mat& one, const cv::Mat& other, const cv::Point& centre, int reach_px) {
  const cv::Rect patch(centre.x - kHalfPatch_px, centre.y - kHalfPatch_px, 2 * kHalfPatch_px + 1,
                       2 * kHalfPatch_px + 1);
  const cv::Rect window(patch.x - reach_px, patch.y - reach_px, patch.width + 2 * reach_px,
                        patch.height + 2 * reach_px);
  if ((window & cv::Rect({}, one.size())) != window) {
    return {};
  }
  cv::Mat1f likeness;
  cv::matchTemplate(other(window), one(patch), likeness, cv::TM_CCOEFF_NORMED);
  double best = 0;
  cv::Point at;
  cv::minMaxLoc(likeness, nullptr, &best, nullptr, &at);
  if (at.x == 0 || at.y == 0 || at.x == likeness.cols - 1 || at.y == likeness.rows - 1) {
    return {};  // no peak: the best may lie farther
  }
  const Point place(centre.x, centre.y);
  const Point moved(at.x - reach_px + peak_offset(likeness(at.y, at.x - 1), best, likeness(at.y, at.x + 1)),
                    at.y - reach_px + peak_offset(likeness(at.y - 1, at.x), best, likeness(at.y + 1, at.x)));
  return EdgeMatch{{place, place + moved}, best};
}

}  // namespace

std::vector<EdgeMatch> match_edges(const cv::Mat1b& one, const cv::Mat1b& other, const cv::Mat1b& where, int reach_px) {
  const cv::Mat one_edges = edge_channels(one);
  const cv::Mat other_edges = edge_channels(other);
  std::vector<EdgeMatch> matches;
  for (int y = kHalfPatch_px; y < one.rows; y += kHalfPatch_px) {
    for (int x = kHalfPatch_px; x < one.cols; x += kHalfPatch_px) {
      if (where(y, x) == 0) continue;
      if (const std::optional<EdgeMatch> match = match_at(one_edges, other_edges, {x, y}, reach_px)) {
        matches.push_back(*match);
      }
    }
  }
  std::stable_sort(matches.begin(), matches.end(),
                   [](const EdgeMatch& a, const EdgeMatch& b) { return a.likeness > b.likeness; });
  return matches;
}

}  // namespace boarddiff::imaging
