// SPDX-License-Identifier: Apache-2.0
#include "compare/shared_change.h"

#include "compare/whole_pixels.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

namespace boarddiff::compare {

namespace {

using imaging::Box;

// A part whose colour is another one in the sample. Colours are logarithms of light.
struct Recoloured {
  double width_px = 0;  // the shorter side: neighbours in a row may be one region
  cv::Vec3d reference = {};
  cv::Vec3d sample = {};

  [[nodiscard]] double change() const { return cv::norm(sample - reference); }
};

cv::Mat3f logarithms(const cv::Mat& light) {
  constexpr float kFloor = 0.04F;
  cv::Mat bounded = cv::max(light, 0.0) + cv::Scalar::all(kFloor);
  cv::log(bounded, bounded);
  return bounded;
}

// The colours where most of the change is: the ends of chips, and what lies between neighbours, change less.
std::optional<Recoloured> recoloured_at(const Box& box, const imaging::NormalizedPair& pair) {
  constexpr double kSeen = 0.15;
  const cv::Rect inside = whole_pixels(box, pair.size());
  if (inside.empty()) return std::nullopt;
  const cv::Mat3f reference = logarithms(pair.reference(inside));
  const cv::Mat3f sample = logarithms(pair.sample(inside));
  Recoloured part{.width_px = std::min(box.width, box.height)};
  double weights = 0;
  for (int y = 0; y < inside.height; ++y) {
    for (int x = 0; x < inside.width; ++x) {
      const cv::Vec3d before = reference(y, x);
      const cv::Vec3d after = sample(y, x);
      const double weight = cv::norm(after - before, cv::NORM_L2SQR);
      part.reference += weight * before;
      part.sample += weight * after;
      weights += weight;
    }
  }
  if (!(weights > 0)) return std::nullopt;
  part.reference /= weights;
  part.sample /= weights;
  return part.change() > kSeen ? std::optional(part) : std::nullopt;
}

// Nearer to each other in both pictures than half of what changed.
bool changed_alike(const Recoloured& one, const Recoloured& other) {
  constexpr double kLikeWidth = 1.5;
  const auto [narrow, wide] = std::minmax(one.width_px, other.width_px);
  const double apart = std::max(cv::norm(one.reference - other.reference), cv::norm(one.sample - other.sample));
  return wide < kLikeWidth * narrow && apart < 0.5 * std::min(one.change(), other.change());
}

// It was put there or taken away.
bool came_or_went(const Suspect& suspect) {
  const FindingKind kind = suspect.kind.kind;
  return kind == FindingKind::extra_component || kind == FindingKind::missing_component ||
         suspect.view.says(LayoutChangeKind::extra) || suspect.view.says(LayoutChangeKind::missing);
}

// Kinds are told wrongly now and then, but hardly for all parts of a change.
bool stayed(const SharedChange& change, const std::vector<Suspect>& suspects) {
  const auto others =
      std::count_if(change.begin(), change.end(), [&](std::size_t i) { return came_or_went(suspects[i]); });
  return 3 * others < static_cast<std::ptrdiff_t>(change.size());
}

}  // namespace

std::vector<SharedChange> find_shared_changes(const std::vector<Suspect>& suspects,
                                              const imaging::NormalizedPair& pair) {
  std::vector<SharedChange> shared;
  if (pair.reference.channels() != 3) return shared;
  std::vector<std::optional<Recoloured>> parts;
  for (const Suspect& suspect : suspects) parts.push_back(recoloured_at(suspect.view.body.box, pair));
  for (std::size_t first = 0; first < parts.size(); ++first) {
    SharedChange change;
    for (std::size_t i = first; parts[first] && i < parts.size(); ++i) {
      if (parts[i] && changed_alike(*parts[first], *parts[i])) change.push_back(i);
    }
    if (change.size() < kLeastShared || !stayed(change, suspects)) continue;
    for (const std::size_t i : change) parts[i].reset();
    shared.push_back(std::move(change));
  }
  return shared;
}

}  // namespace boarddiff::compare
