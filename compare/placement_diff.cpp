// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_diff.h"

#include "compare/like_size.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::Point;
using PartList = std::vector<const PlacedPart*>;

struct Pair {
  std::size_t before = 0;
  std::size_t after = 0;
};

bool is_within(const Point& point, const imaging::Polygon& polygon) {
  std::vector<cv::Point2f> corners;
  corners.reserve(polygon.size());
  for (const Point& corner : polygon) {
    corners.emplace_back(static_cast<float>(corner.x()), static_cast<float>(corner.y()));
  }
  return cv::pointPolygonTest(corners, {static_cast<float>(point.x()), static_cast<float>(point.y())}, false) >= 0;
}

// The parts that are on the board, in the area that the other placement tells of.
PartList there(const Placement& placement, const std::optional<PlacesInPicture>& other) {
  PartList parts;
  for (const PlacedPart& part : placement.parts) {
    const bool is_there = placement.pictured ? part.sighting == Sighting::seen : part.populated;
    if (is_there && (!other || is_within(part.centre_mm, other->shown_mm))) {
      parts.push_back(&part);
    }
  }
  return parts;
}

// By the longer and by the shorter sides, as far as both are known.
bool like_size(const PlacedPart& a, const PlacedPart& b, double ratio) {
  return !a.size_mm || !b.size_mm ||
         (within_factor(a.size_mm->maxCoeff(), b.size_mm->maxCoeff(), ratio) &&
          within_factor(a.size_mm->minCoeff(), b.size_mm->minCoeff(), ratio));
}

double distance_of(const PlacedPart& a, const PlacedPart& b) { return (a.centre_mm - b.centre_mm).norm(); }

double wrapped(double angle_deg, double turn_deg) {
  const double angle = std::remainder(angle_deg, turn_deg);
  return angle <= -turn_deg / 2 ? angle + turn_deg : angle;
}

double long_axis_deg(const PlacedPart& part) {
  return part.angle_deg + (part.size_mm && part.size_mm->x() < part.size_mm->y() ? 90 : 0);
}

bool tells_direction(const PlacedPart& part) { return part.size_mm && is_oblong(*part.size_mm); }

// How far it is turned from one to the other, as far as the two tell.
double turn_between(const PlacedPart& before, const PlacedPart& after, bool by_outline) {
  if (!by_outline) return wrapped(after.angle_deg - before.angle_deg, 360);
  if (!tells_direction(before) || !tells_direction(after)) return 0;
  return wrapped(long_axis_deg(after) - long_axis_deg(before), 180);
}

// Parts in cells of the board, to be looked up by place.
class PartGrid {
 public:
  PartGrid(const PartList& parts, double reach_mm) : reach_mm_(reach_mm) {
    for (std::size_t i = 0; i < parts.size(); ++i) cells_[cell_of(parts[i]->centre_mm)].push_back(i);
  }

  template <typename Visit>
  void near(const Point& place, const Visit& visit) const {
    const auto [column, row] = cell_of(place);
    for (int y = row - 1; y <= row + 1; ++y) {
      for (int x = column - 1; x <= column + 1; ++x) {
        const auto cell = cells_.find({x, y});
        if (cell != cells_.end()) std::for_each(cell->second.begin(), cell->second.end(), visit);
      }
    }
  }

 private:
  [[nodiscard]] std::pair<int, int> cell_of(const Point& place) const {
    return {cvFloor(place.x() / reach_mm_), cvFloor(place.y() / reach_mm_)};
  }
  double reach_mm_;
  std::map<std::pair<int, int>, std::vector<std::size_t>> cells_ = {};
};

// The parts of two lists, with those that have found each other taken out as it goes on.
class Matching {
 public:
  Matching(PartList before, PartList after)
      : before_(std::move(before)),
        after_(std::move(after)),
        left_before_(before_.size(), true),
        left_after_(after_.size(), true) {}

  // Those that both name, once each.
  std::vector<Pair> take_by_name() {
    std::map<std::string, std::vector<std::size_t>> named;
    for (std::size_t i = 0; i < after_.size(); ++i) {
      if (has_name(*after_[i])) named[after_[i]->designator].push_back(i);
    }
    std::map<std::string, int> count;
    for (const PlacedPart* part : before_) ++count[part->designator];
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < before_.size(); ++i) {
      const auto found = named.find(before_[i]->designator);
      if (found == named.end() || found->second.size() != 1 || count[before_[i]->designator] != 1) continue;
      pairs.push_back(taken({i, found->second.front()}));
    }
    return pairs;
  }

  // Those of like size on one side within reach, the nearest first.
  std::vector<Pair> take_by_place(double reach_mm, double max_size_ratio) {
    std::vector<std::pair<double, Pair>> near;
    const PartGrid grid(after_, reach_mm);
    for (std::size_t i = 0; i < before_.size(); ++i) {
      if (!left_before_[i]) continue;
      grid.near(before_[i]->centre_mm, [&](std::size_t k) {
        const double distance = distance_of(*before_[i], *after_[k]);
        if (left_after_[k] && distance <= reach_mm && before_[i]->side == after_[k]->side &&
            like_size(*before_[i], *after_[k], max_size_ratio)) {
          near.push_back({distance, {i, k}});
        }
      });
    }
    std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Pair> pairs;
    for (const auto& [distance, pair] : near) {
      if (left_before_[pair.before] && left_after_[pair.after]) pairs.push_back(taken(pair));
    }
    return pairs;
  }

  [[nodiscard]] const PlacedPart& before(std::size_t i) const { return *before_[i]; }
  [[nodiscard]] const PlacedPart& after(std::size_t i) const { return *after_[i]; }
  [[nodiscard]] PartList left_before() const { return left(before_, left_before_); }
  [[nodiscard]] PartList left_after() const { return left(after_, left_after_); }

 private:
  Pair taken(const Pair& pair) {
    left_before_[pair.before] = left_after_[pair.after] = false;
    return pair;
  }
  static PartList left(const PartList& parts, const std::vector<bool>& are_left) {
    PartList result;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (are_left[i]) result.push_back(parts[i]);
    }
    return result;
  }

  PartList before_;
  PartList after_;
  std::vector<bool> left_before_;
  std::vector<bool> left_after_;
};

// Whether the other picture shows something of a part where this one stands, and tells no part there.
bool is_unclear(const PlacedPart& part, const std::optional<PlacesInPicture>& other, const PartList& told) {
  if (!other) return false;
  const imaging::Polygon body = body_mm(part);
  return other->likelihood.within(body) >= kUnclearPart &&
         std::none_of(told.begin(), told.end(), [&](const PlacedPart* one) {
           return one->side == part.side &&
                  (is_within(one->centre_mm, body) || is_within(part.centre_mm, body_mm(*one)));
         });
}

// What differs between a part and itself; nothing where it is the same.
std::optional<PlacementChange> change_of(const PlacedPart& before, const PlacedPart& after, bool by_outline,
                                         const PlacementDiffOptions& options) {
  PlacementChange change{.before = before,
                         .after = after,
                         .moved_mm = distance_of(before, after),
                         .turned_deg = turn_between(before, after, by_outline)};
  if (before.side != after.side || change.moved_mm > options.same_place_mm) {
    change.kind = PlacementChangeKind::moved;
  } else if (!like_size(before, after, options.max_size_ratio)) {
    change.kind = PlacementChangeKind::resized;
  } else if (std::abs(change.turned_deg) >= options.min_turn_deg) {
    change.kind = PlacementChangeKind::turned;
  } else {
    return std::nullopt;
  }
  return change;
}

}  // namespace

std::vector<imaging::OptionProblem> problems(const PlacementDiffOptions& options) {
  return imaging::OptionRules()
      .within("--diff.same-place-mm", options.same_place_mm, 0.01, 10)
      .within("--diff.max-move-mm", options.max_move_mm, 0.01, 1000)
      .within("--diff.min-turn-deg", options.min_turn_deg, 1, 180)
      .within("--diff.max-size-ratio", options.max_size_ratio, 1.01, 10)
      .problems();
}

std::string_view name_of(PlacementChangeKind kind) {
  switch (kind) {
    case PlacementChangeKind::missing:
      return "missing";
    case PlacementChangeKind::extra:
      return "extra";
    case PlacementChangeKind::moved:
      return "moved";
    case PlacementChangeKind::turned:
      return "turned";
    case PlacementChangeKind::resized:
      return "resized";
  }
  return "missing";
}

PlacementDiff diff_placements(const Placement& first, const Placement& second, const PlacementDiffOptions& options) {
  imaging::throw_on_problems(problems(options));
  const PartList first_parts = there(first, second.places);
  const PartList second_parts = there(second, first.places);
  Matching matching(first_parts, second_parts);
  std::vector<Pair> pairs = matching.take_by_name();
  for (const double reach : {options.same_place_mm, std::max(options.same_place_mm, options.max_move_mm)}) {
    const std::vector<Pair> more = matching.take_by_place(reach, options.max_size_ratio);
    pairs.insert(pairs.end(), more.begin(), more.end());
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.before < b.before; });
  PlacementDiff diff;
  const bool by_outline = first.pictured || second.pictured;
  for (const Pair& pair : pairs) {
    if (const auto change = change_of(matching.before(pair.before), matching.after(pair.after), by_outline, options)) {
      diff.changes.push_back(*change);
    } else {
      ++diff.same;
    }
  }
  for (const PlacedPart* part : matching.left_before()) {
    if (is_unclear(*part, second.places, second_parts)) {
      diff.unclear.push_back(*part);
    } else {
      diff.changes.push_back({.kind = PlacementChangeKind::missing, .before = *part});
    }
  }
  for (const PlacedPart* part : matching.left_after()) {
    if (is_unclear(*part, first.places, first_parts)) {
      diff.unclear.push_back(*part);
    } else {
      diff.changes.push_back({.kind = PlacementChangeKind::extra, .after = *part});
    }
  }
  std::stable_sort(diff.changes.begin(), diff.changes.end(),
                   [](const PlacementChange& a, const PlacementChange& b) { return a.kind < b.kind; });
  return diff;
}

}  // namespace boarddiff::compare
