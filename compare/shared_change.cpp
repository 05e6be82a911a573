// SPDX-License-Identifier: Apache-2.0
#include "compare/shared_change.h"

#include "compare/whole_pixels.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

namespace boarddiff::compare {

namespace {

// A place whose colour changed. Hues are logarithms of blue and of red over green: shadow and sheen, which make places
// alike that have nothing in common, hardly change them.
struct Recoloured {
  cv::Rect inside = {};
  cv::Vec2d reference = {};
  cv::Vec2d sample = {};

  [[nodiscard]] double change() const { return cv::norm(sample - reference); }
};

// Both pictures as logarithms, in which another light is a sum.
struct Logarithms {
  cv::Mat3f reference = {};
  cv::Mat3f sample = {};
};

cv::Mat3f logarithms_of(const cv::Mat& light) {
  constexpr float kFloor = 0.04F;
  cv::Mat bounded = cv::max(light, 0.0) + cv::Scalar::all(kFloor);
  cv::log(bounded, bounded);
  return bounded;
}

cv::Vec2d hue_of(const cv::Vec3d& logarithms) { return {logarithms[0] - logarithms[1], logarithms[2] - logarithms[1]}; }

// The hues where most of the change is: the ends of chips, and what lies between neighbours, change less.
std::optional<Recoloured> recoloured_at(const cv::Rect& inside, const Logarithms& pictures) {
  constexpr double kSeen = 0.15;
  Recoloured part{.inside = inside};
  double weights = 0;
  for (int y = inside.y; y < inside.br().y; ++y) {
    for (int x = inside.x; x < inside.br().x; ++x) {
      const cv::Vec3d before = pictures.reference(y, x);
      const cv::Vec3d after = pictures.sample(y, x);
      const double weight = cv::norm(after - before, cv::NORM_L2SQR);
      part.reference += weight * hue_of(before);
      part.sample += weight * hue_of(after);
      weights += weight;
    }
  }
  if (!(weights > 0)) return std::nullopt;
  part.reference /= weights;
  part.sample /= weights;
  return part.change() > kSeen ? std::optional(part) : std::nullopt;
}

// Nearer to each other in both pictures than half of what changed.
bool like_hues(const Recoloured& one, const Recoloured& other) {
  const double apart = std::max(cv::norm(one.reference - other.reference), cv::norm(one.sample - other.sample));
  return 2 * apart < std::min(one.change(), other.change());
}

cv::Rect widened(const cv::Rect& box, int by, const cv::Size& picture) {
  return cv::Rect(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by) & cv::Rect({0, 0}, picture);
}

// The place with its ends and some of what it stands on.
cv::Rect with_margin(const cv::Rect& inside, const cv::Size& picture) {
  return widened(inside, std::max(2, std::min(inside.width, inside.height) / 2), picture);
}

bool is_even(const cv::Mat3f& patch) {
  constexpr double kEven = 0.1;
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(patch, mean, deviation);
  return std::max({deviation[0], deviation[1], deviation[2]}) < kEven;
}

cv::Mat3f shrunk(const cv::Mat3f& picture, double scale) {
  cv::Mat3f result;
  cv::resize(picture, result, {}, scale, scale, cv::INTER_AREA);
  return result;
}

// How alike the patch is to each position of the window; empty where it is too large for it.
cv::Mat1f likeness(const cv::Mat3f& patch, const cv::Mat3f& window) {
  cv::Mat1f result;
  if (patch.cols <= window.cols && patch.rows <= window.rows) {
    cv::matchTemplate(window, patch, result, cv::TM_CCOEFF_NORMED);
    cv::patchNaNs(result, 0);
  }
  return result;
}

// Whether the part at `one` is seen again at `other`, turned by quarters: in both pictures and in the same position.
// Bare board under parts that were added is even, or looks like nothing else.
bool seen_again(const cv::Rect& one, const cv::Rect& other, const Logarithms& pictures) {
  constexpr double kAlike = 0.7;
  constexpr double kEnough_px = 12;  // of a part with its margin: more shows nothing else
  const cv::Size size = pictures.reference.size();
  const cv::Rect from = with_margin(one, size);
  const cv::Rect where = widened(with_margin(other, size), std::max(from.width, from.height) / 2, size);
  if (is_even(pictures.reference(from)) || is_even(pictures.sample(from))) return false;
  const double scale = std::min(1.0, kEnough_px / std::min(from.width, from.height));
  cv::Mat3f reference = shrunk(pictures.reference(from), scale);
  cv::Mat3f sample = shrunk(pictures.sample(from), scale);
  const cv::Mat3f around_reference = shrunk(pictures.reference(where), scale);
  const cv::Mat3f around_sample = shrunk(pictures.sample(where), scale);
  for (int quarter = 0; quarter < 4; ++quarter) {
    const cv::Mat1f in_reference = likeness(reference, around_reference);
    if (!in_reference.empty()) {
      double best = 0;
      cv::minMaxLoc(cv::min(in_reference, cv::Mat(likeness(sample, around_sample))), nullptr, &best);
      if (best > kAlike) return true;
    }
    cv::rotate(reference.clone(), reference, cv::ROTATE_90_CLOCKWISE);
    cv::rotate(sample.clone(), sample, cv::ROTATE_90_CLOCKWISE);
  }
  return false;
}

// Neighbours in a row may be one region, so that only the shorter sides are compared.
bool like_width(const cv::Rect& one, const cv::Rect& other) {
  const auto [narrow, wide] = std::minmax({std::min(one.width, one.height), std::min(other.width, other.height)});
  return 2 * wide <= 3 * narrow;
}

bool changed_alike(const Recoloured& one, const Recoloured& other, const Logarithms& pictures) {
  return like_hues(one, other) && like_width(one.inside, other.inside) &&
         (seen_again(one.inside, other.inside, pictures) || seen_again(other.inside, one.inside, pictures));
}

// For each place those that changed as it did, in order; nothing where there is no place.
using Likenesses = std::vector<std::vector<std::size_t>>;

Likenesses likenesses_of(const std::vector<std::optional<Recoloured>>& places, const Logarithms& pictures) {
  Likenesses like(places.size());
  for (std::size_t one = 0; one < places.size(); ++one) {
    for (std::size_t other = one + 1; other < places.size(); ++other) {
      if (!places[one] || !places[other] || !changed_alike(*places[one], *places[other], pictures)) continue;
      like[one].push_back(other);
      like[other].push_back(one);
    }
  }
  return like;
}

// Without places that are like only one other: one likeness may be chance, and would lead from a reel to what was
// added.
Likenesses well_joined(Likenesses like) {
  for (std::size_t place = 0; place < like.size();) {
    if (like[place].size() != 1) {
      ++place;
      continue;
    }
    const std::size_t other = like[place].front();
    like[place].clear();
    std::erase(like[other], place);
    place = std::min(place + 1, other);  // which may be like one alone now
  }
  return like;
}

// The place with those that changed as it did, with those that changed as they did, and so on, in order; taken out of
// what is alike.
SharedChange taken_with(std::size_t first, Likenesses& like) {
  SharedChange change = {first};
  for (std::size_t known = 0; known < change.size(); ++known) {
    for (const std::size_t other : std::exchange(like[change[known]], {})) {
      if (std::find(change.begin(), change.end(), other) == change.end()) change.push_back(other);
    }
  }
  std::sort(change.begin(), change.end());
  return change;
}

// It was put there or taken away.
bool came_or_went(const Suspect& suspect) {
  const FindingKind kind = suspect.kind.kind;
  return kind == FindingKind::extra_component || kind == FindingKind::missing_component ||
         kind == FindingKind::extra_wire || suspect.view.says(LayoutChangeKind::extra) ||
         suspect.view.says(LayoutChangeKind::missing);
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
  const Logarithms pictures{.reference = logarithms_of(pair.reference), .sample = logarithms_of(pair.sample)};
  std::vector<std::optional<Recoloured>> places;
  places.reserve(suspects.size());
  for (const Suspect& suspect : suspects) {
    places.push_back(recoloured_at(whole_pixels(suspect.view.body.box, pair.size()), pictures));
  }
  Likenesses like = well_joined(likenesses_of(places, pictures));
  for (std::size_t first = 0; first < like.size(); ++first) {
    if (like[first].empty()) continue;
    const SharedChange change = taken_with(first, like);
    if (stayed(change, suspects)) shared.push_back(change);
  }
  return shared;
}

}  // namespace boarddiff::compare
