// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/planting.h"
#include "datasets/picture/bare_board.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace boarddiff::datasets {
namespace {

using compare::FindingKind;
using imaging::Box;
using imaging::Point;
using imaging::Polygon;
using imaging::Random;

constexpr double kHighestUnderWire_mm = 2.5;

Box square(const Point& middle, double side_mm) {
  return {middle.x() - side_mm / 2, middle.y() - side_mm / 2, side_mm, side_mm};
}

double length_of(const Polygon& line) {
  double length = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    length += (line[i] - line[i - 1]).norm();
  }
  return length;
}

// Points along a line, at most `step_mm` apart, its corners among them.
Polygon dense(const Polygon& line, double step_mm) {
  Polygon points = {line.front()};
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Point way = line[i] - line[i - 1];
    const int steps = std::max(1, static_cast<int>(std::ceil(way.norm() / step_mm)));
    for (int k = 1; k <= steps; ++k) {
      points.emplace_back(k == steps ? line[i] : Point(line[i - 1] + way * (static_cast<double>(k) / steps)));
    }
  }
  return points;
}

Polygon vias_of(const BoardDesign& design) {
  Polygon points;
  for (const Disc& via : design.vias) {
    points.push_back(via.centre_mm);
  }
  return points;
}

// Where solder holds: pads of populated parts. Parts with hundreds of hidden balls would outvote the others.
Polygon joints_of(const BoardDesign& design) {
  Polygon points;
  for (const Part& part : design.parts) {
    const PartShape shape = shape_of(part);
    if (!part.populated || !part.has_footprint || part.base_mm != 0 || shape.pads.size() > 20) continue;
    for (const Pad& pad : shape.pads) {
      points.push_back(on_footprint(part, pad.centre_mm));
    }
  }
  return points;
}

const Point& drawn(const Polygon& points, Random& random) {
  return points[static_cast<std::size_t>(random.integer(0, static_cast<int>(points.size()) - 1))];
}

// A place on a straight piece of a trace, and the direction of the trace there.
struct Cut {
  std::size_t trace = 0;
  std::size_t segment = 0;  // ends at this point of the trace
  Point middle_mm = {0, 0};
  Point along = {1, 0};
};

std::optional<Cut> place_to_cut(const Planting& planting, Random& random) {
  const std::vector<Trace>& traces = planting.board.design.traces;
  if (traces.empty()) return std::nullopt;
  for (int attempt = 0; attempt < 2000; ++attempt) {
    Cut cut;
    cut.trace = static_cast<std::size_t>(random.integer(0, static_cast<int>(traces.size()) - 1));
    const Polygon& line = traces[cut.trace].points_mm;
    if (line.size() < 2) continue;
    cut.segment = static_cast<std::size_t>(random.integer(1, static_cast<int>(line.size()) - 1));
    const Point way = line[cut.segment] - line[cut.segment - 1];
    const double share = random.uniform(0.3, 0.7);
    if (way.norm() < 2.5) continue;
    cut.along = way.normalized();
    cut.middle_mm = line[cut.segment - 1] + share * way;
    const Box scratched = square(cut.middle_mm, 1.4);
    if (planting.taken.is_free(scratched) && has_room(planting, {imaging::corners(scratched), 0, 0, {}})) return cut;
  }
  return std::nullopt;
}

// First at 45 degrees, then straight on.
Polygon elbow(const Point& from, const Point& to) {
  const Point way = to - from;
  const double diagonal = std::min(std::abs(way.x()), std::abs(way.y()));
  const Point bend = from + diagonal * Point(way.x() < 0 ? -1 : 1, way.y() < 0 ? -1 : 1);
  if (diagonal < 0.2 || (to - bend).norm() < 0.2) return {from, to};
  return {from, bend, to};
}

bool is_free_way(const Planting& planting, const Polygon& line, double clear_mm) {
  const Polygon points = dense(line, 0.1);
  return std::all_of(points.begin(), points.end(), [&](const Point& point) {
    if ((point - line.front()).norm() < 1.1 || (point - line.back()).norm() < 1.1) return true;
    return planting.taken.is_free(square(point, clear_mm)) && planting.copper.is_free(square(point, clear_mm));
  });
}

Place place_of_trace(const Polygon& line, double width_mm) {
  return band_along(line, std::vector<double>(line.size(), 0.0), width_mm);
}

double highest_under(const Planting& planting, const Polygon& points, double diameter_mm) {
  double highest_mm = 0;
  for (const Point& point : points) {
    highest_mm = std::max(highest_mm, top_under(planting, square(point, diameter_mm)));
  }
  return highest_mm;
}

// It lies on parts and sags between them only a little: the heights as the picture's wire has them.
Place place_of_wire(const Planting& planting, const Polygon& line, double diameter_mm) {
  const Polygon points = dense(line, diameter_mm / 4);
  std::vector<double> heights_mm;
  for (const Point& point : points) {
    heights_mm.push_back(diameter_mm + top_under(planting, square(point, diameter_mm)));
  }
  for (int round = 0; round < 40; ++round) {
    for (std::size_t i = 1; i + 1 < heights_mm.size(); ++i) {
      heights_mm[i] = std::max(heights_mm[i], (heights_mm[i - 1] + heights_mm[i + 1]) / 2 - 0.01);
    }
  }
  // Its bends, and a point every millimetre or so between them.
  Polygon kept;
  std::vector<double> kept_heights_mm;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool is_bend = std::find(line.begin(), line.end(), points[i]) != line.end();
    if (!is_bend && (points[i] - kept.back()).norm() < 0.9) continue;
    kept.push_back(points[i]);
    kept_heights_mm.push_back(heights_mm[i]);
  }
  return band_along(kept, kept_heights_mm, diameter_mm);
}

Finish drawn_insulation(Random& random) {
  static const std::array<Finish, 7> kColours = {{{{46, 42, 190}, 120, 0},
                                                  {{170, 70, 30}, 120, 0},
                                                  {{60, 140, 50}, 120, 0},
                                                  {{60, 200, 225}, 120, 0},
                                                  {{214, 218, 218}, 110, 0},
                                                  {{40, 38, 38}, 120, 0},
                                                  {{60, 104, 172}, 200, 190}}};  // enamelled copper
  return kColours[static_cast<std::size_t>(random.integer(0, static_cast<int>(kColours.size()) - 1))];
}

// In gentle bends, as a hand lays it.
Polygon wire_between(const Point& from, const Point& to, Random& random) {
  Polygon line = {from};
  const Point way = to - from;
  const Point aside(-way.y(), way.x());
  const int bends = random.integer(0, 3);
  for (int i = 1; i <= bends; ++i) {
    line.emplace_back(from + way * (static_cast<double>(i) / (bends + 1)) + aside * random.uniform(-0.16, 0.16));
  }
  line.push_back(to);
  return line;
}

}  // namespace

void cut_trace(Planting& planting, Random random) {
  const std::optional<Cut> cut = place_to_cut(planting, random);
  if (!cut) return;
  BoardDesign& design = planting.board.design;
  const double gap_mm = random.uniform(0.3, 0.8);
  Trace rest = design.traces[cut->trace];
  Trace& trace = design.traces[cut->trace];
  const auto end = trace.points_mm.begin() + static_cast<std::ptrdiff_t>(cut->segment);
  trace.points_mm.erase(end, trace.points_mm.end());
  trace.points_mm.emplace_back(cut->middle_mm - gap_mm / 2 * cut->along);
  rest.points_mm.erase(rest.points_mm.begin(), rest.points_mm.begin() + static_cast<std::ptrdiff_t>(cut->segment));
  rest.points_mm.emplace(rest.points_mm.begin(), cut->middle_mm + gap_mm / 2 * cut->along);
  design.traces.push_back(rest);
  Patch scratch;
  scratch.form = Patch::Form::scratch;
  scratch.centre_mm = cut->middle_mm;
  scratch.width_mm = rest.width_mm + random.uniform(0.5, 0.9);
  scratch.depth_mm = gap_mm;
  scratch.angle_deg = std::atan2(cut->along.x(), -cut->along.y()) * 180 / std::numbers::pi;  // across the trace
  scratch.thickness_mm = 0.03;
  scratch.opacity = 0.9;
  scratch.cuts_copper = true;
  scratch.finish = laminate_finish();
  scratch.seed = random.bits();
  design.patches.push_back(scratch);
  record(planting,
         {.kind = FindingKind::changed_trace, .place = place_of(scratch, 0), .size_mm = {scratch.width_mm, gap_mm}},
         "cut");
}

void add_trace(Planting& planting, Random random) {
  BoardDesign& design = planting.board.design;
  const Polygon vias = vias_of(design);
  Polygon ends = joints_of(design);
  ends.insert(ends.end(), vias.begin(), vias.end());
  if (ends.size() < 2) return;
  const double width_mm = random.uniform(0.15, 0.3);
  for (int attempt = 0; attempt < 30000; ++attempt) {
    const Point from = drawn(ends, random);
    const Point to = drawn(ends, random);
    const double distance = (to - from).norm();
    if (distance < 2.5 || distance > 16) continue;
    const Polygon line = elbow(from, to);
    const Place place = place_of_trace(line, width_mm);
    if (!is_free_way(planting, line, width_mm + 0.2) || !has_room(planting, place)) continue;
    if (seen_share_from_above(place, design.parts) < 0.6) continue;
    design.traces.push_back({line, width_mm});
    record(planting, {.kind = FindingKind::changed_trace, .place = place, .size_mm = {length_of(line), width_mm}},
           "added");
    return;
  }
}

void solder_wire(Planting& planting, Random random) {
  BoardDesign& design = planting.board.design;
  const Polygon joints = joints_of(design);
  const Polygon vias = vias_of(design);
  Polygon ends = joints;
  ends.insert(ends.end(), vias.begin(), vias.end());
  if (joints.empty() || ends.size() < 2) return;
  const double diameter_mm = random.uniform(0.25, 0.5);
  const double longest_mm = std::min(50.0, 0.7 * std::max(design.width_mm, design.depth_mm));
  for (int attempt = 0; attempt < 3000; ++attempt) {
    const Point from = drawn(joints, random);
    const Point to = drawn(ends, random);
    if ((to - from).norm() < 6 || (to - from).norm() > longest_mm) continue;
    const Polygon line = wire_between(from, to, random);
    // Hands go around what is tall.
    if (highest_under(planting, dense(line, 0.5), diameter_mm) > kHighestUnderWire_mm) continue;
    const Place place = place_of_wire(planting, line, diameter_mm);
    if (!has_room(planting, place)) continue;
    design.wires.push_back({line, diameter_mm, drawn_insulation(random)});
    record(planting, {.kind = FindingKind::extra_wire, .place = place, .size_mm = {length_of(line), diameter_mm}},
           "wire");
    return;
  }
}

}  // namespace boarddiff::datasets
