// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/revision.h"

#include "datasets/design/occupancy.h"
#include "imaging/base/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

namespace boarddiff::datasets {
namespace {

using imaging::Box;
using imaging::Point;
using imaging::Random;

constexpr double kApart_mm = 0.25;
constexpr double kElsewhere_mm = 5;

Box ground_of(const Part& part) { return imaging::bounding_box(outline_on_board(part, shape_of(part).courtyard_mm)); }

Occupancy taken_by(const BoardDesign& design, const std::vector<Part>& parts) {
  Occupancy taken(design.width_mm, design.depth_mm, 0.2);
  for (const Part& part : parts) {
    taken.take(imaging::grown(ground_of(part), kApart_mm));
  }
  for (const Disc& hole : design.holes) {
    taken.take(imaging::grown({hole.centre_mm.x(), hole.centre_mm.y(), 0, 0}, hole.diameter_mm / 2 + 1.2));
  }
  for (const Patch& patch : design.patches) {
    const double half = std::max(patch.width_mm, patch.depth_mm) / 2;
    taken.take(imaging::grown({patch.centre_mm.x(), patch.centre_mm.y(), 0, 0}, half));
  }
  return taken;
}

// On free ground, not where it was; nothing where the board is full.
std::optional<Part> put_elsewhere(const BoardDesign& design, Occupancy& taken, Part part, Random& random) {
  const Point before = part.centre_mm;
  for (int attempt = 0; attempt < 200; ++attempt) {
    part.centre_mm = {random.uniform(1, design.width_mm - 1), random.uniform(1, design.depth_mm - 1)};
    part.angle_deg = 90.0 * random.integer(0, 3);
    const Box ground = imaging::grown(ground_of(part), kApart_mm);
    if ((part.centre_mm - before).norm() < kElsewhere_mm || !taken.is_free(ground)) continue;
    taken.take(ground);
    return part;
  }
  return std::nullopt;
}

// Of the design's packages one that fits on the part's ground and is another; nothing where there is none.
std::optional<Part> replaced(const BoardDesign& design, Part part, Random& random) {
  const Box room = shape_of(part).courtyard_mm;
  const int first = random.integer(0, static_cast<int>(design.parts.size()) - 1);
  for (std::size_t i = 0; i < design.parts.size(); ++i) {
    const Part& other = design.parts[(static_cast<std::size_t>(first) + i) % design.parts.size()];
    const Box needed = shape_of(other).courtyard_mm;
    const bool fits = needed.width <= room.width && needed.height <= room.height;
    if (!fits || (other.package == part.package && other.own_shape == part.own_shape)) continue;
    part.package = other.package;
    part.own_shape = other.own_shape;
    part.marking = other.marking;
    return part;
  }
  return std::nullopt;
}

bool holds(const Box& box, const Point& point) {
  return point.x() >= box.x && point.y() >= box.y && point.x() <= box.x + box.width && point.y() <= box.y + box.height;
}

void erase_traces_at(BoardDesign& design, const std::vector<Part>& gone) {
  std::vector<Box> grounds;
  std::transform(gone.begin(), gone.end(), std::back_inserter(grounds), ground_of);
  std::erase_if(design.traces, [&](const Trace& trace) {
    return std::any_of(grounds.begin(), grounds.end(), [&](const Box& ground) {
      return holds(ground, trace.points_mm.front()) || holds(ground, trace.points_mm.back());
    });
  });
  std::erase_if(design.lettering, [&](const Lettering& lettering) {
    return std::any_of(gone.begin(), gone.end(),
                       [&](const Part& part) { return !part.designator.empty() && part.designator == lettering.text; });
  });
}

// The parts of a design in the order in which they are changed.
std::vector<std::size_t> drawn_order(std::size_t count, Random& random) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<std::size_t>(random.integer(0, static_cast<int>(i) - 1))]);
  }
  return order;
}

}  // namespace

BoardDesign revised_design(const BoardDesign& design, double share, std::uint64_t seed) {
  Random random = Random(seed).stream("revision");
  const std::vector<std::size_t> order = drawn_order(design.parts.size(), random);
  const auto changed = static_cast<std::size_t>(std::lround(share * static_cast<double>(order.size())));
  std::vector<Part> gone;
  std::vector<Part> to_place;
  BoardDesign revision = design;
  revision.parts.clear();
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Part& part = design.parts[order[i]];
    const std::optional<Part> other = i < changed && i % 3 == 2 ? replaced(design, part, random) : std::nullopt;
    if (i < changed && i % 3 != 2) {
      gone.push_back(part);
      to_place.push_back(i % 3 == 0 ? design.parts[order[order.size() - 1 - i / 3]] : part);
    } else {
      revision.parts.push_back(other.value_or(part));
    }
  }
  Occupancy taken = taken_by(design, revision.parts);
  for (const Part& part : to_place) {
    const std::optional<Part> placed = put_elsewhere(design, taken, part, random);
    if (placed) revision.parts.push_back(*placed);
  }
  erase_traces_at(revision, gone);
  return revision;
}

}  // namespace boarddiff::datasets
