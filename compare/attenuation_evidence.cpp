// SPDX-License-Identifier: Apache-2.0
#include "compare/attenuation_evidence.h"

#include "compare/xray_noise.h"
#include "imaging/base/error.h"

#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace boarddiff::compare {

namespace {

constexpr double kSmooth_px = 0.8;      // what a detector resolves; noise beyond it is left out
constexpr double kFlowSmooth_px = 4;    // edges are off by what parts slipped and tilt moved, not by single pixels
constexpr int kGroundHalfSide_px = 13;  // wider than small parts and their joints
constexpr double kGroundSmooth_px = 10;
constexpr int kMargin_px = 4;  // at the end of what both show: flow and windows reach over it

// Of two good units: boards and pictures repeat to about a hundredth, and solder to a few hundredths of what it
// absorbs.
constexpr float kRepeats = 0.012F;
constexpr float kJointsVary = 0.06F;

cv::Mat disc(int radius) { return cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * radius + 1, 2 * radius + 1}); }

cv::Mat1f smoothed(const cv::Mat1f& map, double sigma) {
  cv::Mat1f smooth;
  cv::GaussianBlur(map, smooth, {}, sigma, 0, cv::BORDER_REPLICATE);
  return smooth;
}

// Levels that show thin tracks beside thick pins, for the flow.
cv::Mat1b root_levels(const cv::Mat1f& attenuation) {
  cv::Mat1f root;
  cv::sqrt(cv::max(attenuation, 0), root);
  constexpr double kLevelsPerRoot = 140;
  cv::Mat1b levels;
  root.convertTo(levels, CV_8U, kLevelsPerRoot);
  return levels;
}

// Where each pixel of `from` is found in `to`: parts that stand off the plane, or slipped.
cv::Mat2f flow_between(const cv::Mat1b& from, const cv::Mat1b& to) {
  cv::Mat2f flow;
  cv::DISOpticalFlow::create(cv::DISOpticalFlow::PRESET_MEDIUM)->calc(from, to, flow);
  cv::GaussianBlur(flow, flow, {}, kFlowSmooth_px, 0, cv::BORDER_REPLICATE);
  return flow;
}

cv::Mat1f moved(const cv::Mat1f& map, const cv::Mat2f& flow) {
  cv::Mat2f positions(flow.size());
  for (int y = 0; y < flow.rows; ++y) {
    for (int x = 0; x < flow.cols; ++x) {
      positions(y, x) = cv::Vec2f(static_cast<float>(x), static_cast<float>(y)) + flow(y, x);
    }
  }
  cv::Mat1f result;
  cv::remap(map, result, positions, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return result;
}

// What `from` absorbs beyond what `to` does within reach of the place itself or of where the flow leads.
UnexplainedAttenuation unexplained(const cv::Mat1f& from, const cv::Mat1f& to, const cv::Mat1f& to_moved,
                                   const cv::Mat1b& inspected) {
  const cv::Mat1f most(cv::max(to, to_moved));
  UnexplainedAttenuation result;
  for (std::size_t i = 0; i < kAttenuationWindows.size(); ++i) {
    const AttenuationWindow& window = kAttenuationWindows.at(i);
    cv::Mat1f explained;
    cv::dilate(most, explained, disc(window.reach_px));
    cv::Mat1f beyond(cv::max(from - explained, 0));
    cv::morphologyEx(beyond, beyond, cv::MORPH_OPEN, disc(window.half_width_px));
    beyond.setTo(0, ~inspected);
    result.at(i) = beyond;
  }
  return result;
}

// The least that is absorbed within the neighbourhood: the board between parts.
cv::Mat1f ground_of(const cv::Mat1f& reference) {
  const int side = 2 * kGroundHalfSide_px + 1;
  cv::Mat1f least;
  cv::erode(smoothed(reference, 1), least, cv::getStructuringElement(cv::MORPH_RECT, {side, side}));
  return smoothed(least, kGroundSmooth_px);
}

cv::Mat1f structure_of(const cv::Mat1f& reference, const cv::Mat1f& sample, const cv::Mat1f& ground) {
  cv::Mat1f most(cv::max(reference, sample));
  cv::dilate(most, most, disc(2));
  return cv::Mat1f(cv::max(most - ground, 0));
}

cv::Mat1f detail_of(const cv::Mat1f& reference) {
  constexpr double kPerPixel = 1.0 / 8;  // of Sobel's kernel
  cv::Mat1f across;
  cv::Mat1f down;
  cv::Sobel(reference, across, CV_32F, 1, 0, 3, kPerPixel);
  cv::Sobel(reference, down, CV_32F, 0, 1, 3, kPerPixel);
  cv::Mat1f steepness;
  cv::magnitude(across, down, steepness);
  return smoothed(steepness, 2);
}

cv::Mat1f deviation_of(const imaging::NormalizedPair& pair, const cv::Mat1f& structure) {
  const cv::Mat1f one = noise_of(pair.reference);
  const cv::Mat1f other = noise_of(pair.sample);
  // What the smoothing leaves of it, and taking the most within reach adds.
  constexpr double kLeft = 0.45;
  cv::Mat1f variance(one.mul(one) + other.mul(other));
  variance = cv::Mat1f(variance * (kLeft * kLeft) + structure.mul(structure) * (kJointsVary * kJointsVary) +
                       kRepeats * kRepeats);
  cv::sqrt(variance, variance);
  return variance;
}

}  // namespace

AttenuationEvidence measure_attenuation_evidence(const imaging::NormalizedPair& pair, const cv::Mat1b& board,
                                                 const imaging::Execution& execution) {
  imaging::require(pair.reference.type() == CV_32FC1, "measure_attenuation_evidence: a pair of X-rays");
  execution.begin("measuring attenuation");
  AttenuationEvidence evidence{.reference = smoothed(pair.reference, kSmooth_px),
                               .sample = smoothed(pair.sample, kSmooth_px)};
  cv::bitwise_and(pair.seen, board, evidence.inspected);
  cv::erode(evidence.inspected, evidence.inspected, disc(kMargin_px), {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
  const cv::Mat1b reference_levels = root_levels(evidence.reference);
  const cv::Mat1b sample_levels = root_levels(evidence.sample);
  const cv::Mat1f reference_moved = moved(evidence.reference, flow_between(sample_levels, reference_levels));
  const cv::Mat1f sample_moved = moved(evidence.sample, flow_between(reference_levels, sample_levels));
  evidence.added = unexplained(evidence.sample, evidence.reference, reference_moved, evidence.inspected);
  evidence.removed = unexplained(evidence.reference, evidence.sample, sample_moved, evidence.inspected);
  evidence.difference = cv::Mat1f(evidence.sample - reference_moved);
  evidence.ground = ground_of(evidence.reference);
  evidence.structure = structure_of(evidence.reference, evidence.sample, evidence.ground);
  evidence.detail = detail_of(evidence.reference);
  evidence.deviation = deviation_of(pair, evidence.structure);
  return evidence;
}

AttenuationEvidence best_explained(const std::vector<AttenuationEvidence>& by_board) {
  imaging::require(!by_board.empty(), "best_explained: at least one board");
  AttenuationEvidence best = by_board.front();
  for (std::size_t i = 1; i < by_board.size(); ++i) {
    const AttenuationEvidence& other = by_board[i];
    imaging::require(other.inspected.size() == best.inspected.size(), "best_explained: one frame");
    // Where only one of them could be compared, that one is all there is.
    const cv::Mat1b only_best(best.inspected & ~other.inspected);
    const cv::Mat1b only_other(other.inspected & ~best.inspected);
    const auto take = [&](UnexplainedAttenuation& maps, const UnexplainedAttenuation& others) {
      for (std::size_t window = 0; window < maps.size(); ++window) {
        cv::Mat1f least(cv::min(maps.at(window), others.at(window)));
        maps.at(window).copyTo(least, only_best);
        others.at(window).copyTo(least, only_other);
        maps.at(window) = least;
      }
    };
    take(best.added, other.added);
    take(best.removed, other.removed);
    cv::Mat1f difference = best.difference.clone();
    const cv::Mat1b nearer((cv::abs(other.difference) < cv::abs(best.difference)) & ~only_best);
    other.difference.copyTo(difference, nearer | only_other);
    best.difference = difference;
    best.inspected = cv::Mat1b(best.inspected | other.inspected);
  }
  return best;
}

}  // namespace boarddiff::compare
