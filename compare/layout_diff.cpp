// SPDX-License-Identifier: Apache-2.0
#include "compare/layout_diff.h"

#include <algorithm>
#include <cstddef>

namespace boarddiff::compare {

namespace {

using imaging::Box;

constexpr double kSameBody = 0.5;   // of the larger of two bodies covered by the other layout: one body seen twice
constexpr double kTouched = 0.25;   // of a body's area covered by the other layout: not alone any more
constexpr double kLikeSize = 1.35;  // ratio of sides between a moved body and itself
constexpr double kMoveReach = 1.5;  // of the longer side: further away it is another part

double covered_share(const Box& box, const Layout& other) {
  double covered = 0;
  for (const Component& component : other.components) {
    covered += intersection(box, component.box).area();
  }
  return covered / box.area();
}

// The bodies of `layout` that `other` does not show at all.
std::vector<Box> alone(const Layout& layout, const Layout& other) {
  std::vector<Box> result;
  for (const Component& component : layout.components) {
    if (covered_share(component.box, other) < kTouched) {
      result.push_back(component.box);
    }
  }
  return result;
}

bool like_size(const Box& a, const Box& b) {
  const auto ratio = [](double p, double q) { return std::max(p, q) / std::min(p, q); };
  const bool upright = ratio(a.width, b.width) <= kLikeSize && ratio(a.height, b.height) <= kLikeSize;
  const bool turned = ratio(a.width, b.height) <= kLikeSize && ratio(a.height, b.width) <= kLikeSize;
  return upright || turned;
}

double distance(const Box& a, const Box& b) { return (a.centre() - b.centre()).norm(); }

// Bodies that lie within their larger selves, or around their smaller ones.
std::vector<LayoutChange> resized(const Layout& reference, const Layout& sample) {
  std::vector<LayoutChange> changes;
  for (const Component& before : reference.components) {
    for (const Component& after : sample.components) {
      const double both = intersection(before.box, after.box).area();
      if (both <= 0.9 * std::min(before.box.area(), after.box.area())) {
        continue;
      }
      // The larger one must not be made up of several of the other layout.
      const double larger_covered = before.box.area() > after.box.area() ? covered_share(before.box, sample)
                                                                         : covered_share(after.box, reference);
      if (larger_covered < kSameBody) {
        changes.push_back({LayoutChangeKind::resized, before.box, after.box});
      }
    }
  }
  return changes;
}

}  // namespace

std::vector<LayoutChange> diff_layouts(const Layout& reference, const Layout& sample) {
  std::vector<LayoutChange> changes = resized(reference, sample);
  std::vector<Box> gone = alone(reference, sample);
  for (const Box& come : alone(sample, reference)) {
    const double reach = kMoveReach * std::max(come.width, come.height);
    const auto nearest = std::min_element(
        gone.begin(), gone.end(), [&](const Box& a, const Box& b) { return distance(a, come) < distance(b, come); });
    if (nearest != gone.end() && distance(*nearest, come) <= reach && like_size(*nearest, come)) {
      changes.push_back({LayoutChangeKind::moved, *nearest, come});
      gone.erase(nearest);
    } else {
      changes.push_back({LayoutChangeKind::extra, {}, come});
    }
  }
  for (const Box& box : gone) {
    changes.push_back({LayoutChangeKind::missing, box, {}});
  }
  return changes;
}

}  // namespace boarddiff::compare
