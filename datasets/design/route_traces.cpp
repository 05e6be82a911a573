// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/route_traces.h"

#include "datasets/design/occupancy.h"

#include <array>
#include <cmath>
#include <numbers>
#include <optional>

namespace boarddiff::datasets {
namespace {

using imaging::Box;
using imaging::Point;
using imaging::Random;

// The cell is half the pitch of fine pins, so that a bus of parallel traces leaves one free cell between lanes.
constexpr double kCell_mm = 0.25;
const std::array<cv::Point, 8> kSteps = {{{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}}};

cv::Point step(int heading) { return kSteps[static_cast<std::size_t>(heading & 7)]; }

Box around(const Point& centre, double side) { return {centre.x() - side / 2, centre.y() - side / 2, side, side}; }

// A diagonal step must not slip between two cells of another diagonal trace.
bool can_step(const Occupancy& copper, const cv::Point& cell, int heading) {
  const cv::Point to = step(heading);
  if (!copper.is_free(cell + to)) return false;
  return to.x == 0 || to.y == 0 ||
         (copper.is_free(cell + cv::Point(to.x, 0)) && copper.is_free(cell + cv::Point(0, to.y)));
}

struct Course {
  int heading = 0;
  int longest = 60;  // cells
  Random turns;      // shared by the lanes of a bundle, so that they stay parallel
};

// Mostly straight on; at most one eighth of a turn away from where it set out.
int drawn_heading(int heading, int turned, Random& turns) {
  const double dice = turns.uniform();
  if (dice < 0.05 && turned < 1) return heading + 1;
  if (dice > 0.95 && turned > -1) return heading - 1;
  return heading;
}

// Walks over free cells until blocked or long enough; keeps only the corners. Takes the cells it used.
imaging::Polygon walk(Occupancy& copper, const Point& start_mm, Course course) {
  imaging::Polygon corners = {start_mm};
  cv::Point cell = copper.cell_at(start_mm);
  // Out of the pad first: its own cells are taken.
  for (int i = 0; i < 6 && !copper.is_free(cell); ++i) {
    cell += step(course.heading);
  }
  if (!copper.is_free(cell)) return {};
  corners.push_back(copper.centre_mm(cell));
  std::vector<cv::Point> used = {cell};
  int heading = course.heading;
  int turned = 0;
  for (int length = 0; length < course.longest; ++length) {
    int wanted = drawn_heading(heading, turned, course.turns);
    if (!can_step(copper, cell, wanted)) {
      wanted = can_step(copper, cell, heading + 1) ? heading + 1 : heading - 1;
      if (!can_step(copper, cell, wanted)) break;
    }
    if (wanted != heading) {
      corners.push_back(copper.centre_mm(cell));
      turned += wanted - heading;
      heading = wanted;
    }
    cell += step(heading);
    used.push_back(cell);
  }
  corners.push_back(copper.centre_mm(cell));
  if (used.size() < 4) return {};
  for (const cv::Point& taken : used) {
    copper.take(taken);
  }
  return corners;
}

void add_trace(BoardDesign& design, Occupancy& copper, imaging::Polygon corners, double width_mm) {
  if (corners.empty()) return;
  const Point end = corners.back();
  if (copper.is_free(around(end + Point(kCell_mm, 0), 0.01)) ||
      copper.is_free(around(end - Point(kCell_mm, 0), 0.01))) {
    design.vias.push_back({end, 0.5});
    copper.take(around(end, 0.5));
  }
  design.traces.push_back({std::move(corners), width_mm});
}

int heading_of(const Point& direction) {
  const double turn = std::atan2(direction.y(), direction.x()) / (std::numbers::pi / 2);
  return (static_cast<int>(std::lround(turn)) * 2) & 7;
}

double trace_width_mm(const Pad& pad, std::size_t pads, CopperFor use) {
  constexpr double kLargePad_mm = 1.4;
  const double least = std::min(pad.width_mm, pad.depth_mm);
  if (use == CopperFor::power && least >= kLargePad_mm) return 0.9 * least;
  return pads > 8 ? 0.15 : 0.2;
}

// From each pad away from its part; the pads of one side of a part share their turns.
void fan_out(BoardDesign& design, Occupancy& copper, const Random& random, CopperFor use) {
  for (std::size_t p = 0; p < design.parts.size(); ++p) {
    const Part& part = design.parts[p];
    const PartShape shape = shape_of(part);
    if (shape.pads.size() > 200) continue;  // balls are reached on inner layers
    const Random own = random.stream(p);
    Random choice = own.stream("choice");
    for (const Pad& pad : shape.pads) {
      const Point out = std::abs(pad.centre_mm.x()) / shape.courtyard_mm.width >
                                std::abs(pad.centre_mm.y()) / shape.courtyard_mm.height
                            ? Point(pad.centre_mm.x(), 0)
                            : Point(0, pad.centre_mm.y());
      const bool takes = choice.chance(0.72);
      const int longest = choice.integer(6, shape.pads.size() > 8 ? 90 : 40);
      if (out.norm() < 0.01 || !takes) continue;
      const Point start = on_footprint(part, pad.centre_mm);
      const int heading = heading_of(on_footprint(part, out) - part.centre_mm);
      const double width = trace_width_mm(pad, shape.pads.size(), use);
      add_trace(design, copper,
                walk(copper, start, {heading, longest, own.stream(static_cast<std::uint64_t>(heading))}), width);
    }
  }
}

// Buses: many parallel lanes from one place.
void add_buses(BoardDesign& design, Occupancy& copper, Random random, CopperFor use) {
  const double ground_of_one_mm2 = use == CopperFor::power ? 400 : 60;
  const int buses = static_cast<int>(design.width_mm * design.depth_mm / ground_of_one_mm2);
  for (int bus = 0; bus < buses; ++bus) {
    const Point start(random.uniform(2, design.width_mm - 2), random.uniform(2, design.depth_mm - 2));
    const int heading = 2 * random.integer(0, 3);
    const int lanes = random.integer(3, 14);
    const cv::Point across = step(heading + 2);
    const Random turns = random.stream(static_cast<std::uint64_t>(bus));
    for (int lane = 0; lane < lanes; ++lane) {
      const Point from = start + 2 * lane * kCell_mm * Point(across.x, across.y);
      const int longest = random.integer(40, 160);
      if (!copper.is_free(around(from, 0.5))) continue;
      imaging::Polygon corners = walk(copper, from, {heading, longest, turns});
      if (!corners.empty()) design.vias.push_back({from, 0.5});
      add_trace(design, copper, std::move(corners), 0.15);
    }
  }
}

void stitch(BoardDesign& design, Occupancy& copper, Random random) {
  const int tries = static_cast<int>(design.width_mm * design.depth_mm / 5);
  for (int i = 0; i < tries; ++i) {
    const Point at(random.uniform(0.8, design.width_mm - 0.8), random.uniform(0.8, design.depth_mm - 0.8));
    if (!copper.is_free(around(at, 1.1))) continue;
    copper.take(around(at, 1.1));
    design.vias.push_back({at, random.chance(0.2) ? 0.8 : 0.5});
  }
}

// Ground copper over most of the board, in pieces with gaps between them.
void pour(BoardDesign& design, Random random, CopperFor use) {
  const int pieces = random.integer(3, 6) * (use == CopperFor::power ? 2 : 1);
  for (int i = 0; i < pieces; ++i) {
    const double x = random.uniform(0.4, 0.6 * design.width_mm);
    const double y = random.uniform(0.4, 0.6 * design.depth_mm);
    const double right = std::min(design.width_mm - 0.4, x + random.uniform(0.25, 0.7) * design.width_mm);
    const double bottom = std::min(design.depth_mm - 0.4, y + random.uniform(0.25, 0.7) * design.depth_mm);
    const double cut = random.uniform(1, 5);
    design.pours_mm.push_back(
        {{x + cut, y}, {right, y}, {right, bottom - cut}, {right - cut, bottom}, {x, bottom}, {x, y + cut}});
  }
}

}  // namespace

void route_traces(BoardDesign& design, const Random& random, const Box& kept_free_mm, CopperFor use) {
  Occupancy copper(design.width_mm, design.depth_mm, kCell_mm);
  if (kept_free_mm.area() > 0) copper.take(kept_free_mm);
  for (const Part& part : design.parts) {
    for (const Pad& pad : shape_of(part).pads) {
      const Box box{pad.centre_mm.x() - pad.width_mm / 2, pad.centre_mm.y() - pad.depth_mm / 2, pad.width_mm,
                    pad.depth_mm};
      imaging::Polygon outline;
      for (const Point& corner : imaging::corners(box)) {
        outline.push_back(on_footprint(part, corner));
      }
      copper.take(imaging::bounding_box(outline));
    }
  }
  for (const Disc& hole : design.holes) {
    copper.take(around(hole.centre_mm, hole.diameter_mm + 1.6));
  }
  for (const Disc& via : design.vias) {
    copper.take(around(via.centre_mm, via.diameter_mm));
  }
  pour(design, random.stream("pours"), use);
  std::erase_if(design.pours_mm, [&](const imaging::Polygon& poured) {
    return imaging::intersection(imaging::bounding_box(poured), kept_free_mm).area() > 0;
  });
  fan_out(design, copper, random.stream("fan out"), use);
  add_buses(design, copper, random.stream("buses"), use);
  stitch(design, copper, random.stream("stitching"));
}

}  // namespace boarddiff::datasets
