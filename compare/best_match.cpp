// SPDX-License-Identifier: Apache-2.0
#include "compare/best_match.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace boarddiff::compare {

namespace {

float squared_distance(const float* a, const float* b, int first, int last) {
  float sum = 0;
  for (int k = first; k < last; ++k) {
    sum += (a[k] - b[k]) * (a[k] - b[k]);
  }
  return sum;
}

// One cell's best match so far, as squared distances.
struct Best {
  float joint = std::numeric_limits<float>::max();
  float colour = 0;

  void offer(const float* cell, const float* other, int structure_channels, int channels) {
    const float offered_colour = squared_distance(cell, other, structure_channels, channels);
    if (offered_colour >= joint) {
      return;
    }
    const float offered = offered_colour + squared_distance(cell, other, 0, structure_channels);
    if (offered < joint) {
      joint = offered;
      colour = offered_colour;
    }
  }
};

Best best_around(const float* cell, const cv::Mat& candidate, const cv::Rect& around, int structure_channels,
                 Best best) {
  for (int y = around.y; y < around.y + around.height; ++y) {
    const float* other = candidate.ptr<float>(y, around.x);
    for (int x = 0; x < around.width; ++x, other += candidate.channels()) {
      best.offer(cell, other, structure_channels, candidate.channels());
    }
  }
  return best;
}

}  // namespace

MatchDistance best_match(const cv::Mat& from, const std::vector<cv::Mat>& candidates, int structure_channels,
                         int reach) {
  MatchDistance distance{
      .joint = cv::Mat1f(from.size()), .structure = cv::Mat1f(from.size()), .colour = cv::Mat1f(from.size())};
  const cv::Rect grid({0, 0}, from.size());
  cv::parallel_for_(cv::Range(0, from.rows), [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < from.cols; ++x) {
        const cv::Rect around = cv::Rect(x - reach, y - reach, 2 * reach + 1, 2 * reach + 1) & grid;
        Best best;
        for (const cv::Mat& candidate : candidates) {
          best = best_around(from.ptr<float>(y, x), candidate, around, structure_channels, best);
        }
        distance.joint(y, x) = std::sqrt(best.joint);
        distance.structure(y, x) = std::sqrt(best.joint - best.colour);
        distance.colour(y, x) = std::sqrt(best.colour);
      }
    }
  });
  return distance;
}

}  // namespace boarddiff::compare
