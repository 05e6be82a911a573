// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/planting.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace boarddiff::datasets {
namespace {

using imaging::Box;
using imaging::Point;
using imaging::Polygon;

constexpr double kCell_mm = 0.1;
constexpr double kApart_mm = 2;
constexpr double kHoleRim_mm = 0.3;
constexpr double kLargestAltered_sqmm = 60;

void mark(Occupancy& copper, const Trace& trace) {
  for (std::size_t i = 1; i < trace.points_mm.size(); ++i) {
    const Point from = trace.points_mm[i - 1];
    const Point way = trace.points_mm[i] - from;
    const int steps = std::max(1, static_cast<int>(way.norm() / kCell_mm));
    for (int k = 0; k <= steps; ++k) {
      copper.take(copper.cell_at(from + way * (static_cast<double>(k) / steps)));
    }
  }
}

Box around(const Disc& disc, double margin_mm) {
  return imaging::grown({disc.centre_mm.x(), disc.centre_mm.y(), 0, 0}, disc.diameter_mm / 2 + margin_mm);
}

bool is_near(const Box& a, const Box& b) {
  const Box wide = imaging::grown(a, kApart_mm);
  return wide.x < b.x + b.width && b.x < wide.x + wide.width && wide.y < b.y + b.height && b.y < wide.y + wide.height;
}

}  // namespace

Planting begin_planting(const BoardDesign& design) {
  Planting planting{.board = {design, {}},
                    .taken = Occupancy(design.width_mm, design.depth_mm, kCell_mm),
                    .tracks = Occupancy(design.width_mm, design.depth_mm, kCell_mm),
                    .copper = Occupancy(design.width_mm, design.depth_mm, kCell_mm)};
  for (const Part& part : design.parts) {
    const PartShape shape = shape_of(part);
    planting.taken.take(imaging::grown(imaging::bounding_box(outline_on_board(part, shape.courtyard_mm)), 0.2));
    const Box body = imaging::bounding_box(outline_on_board(part, shape.body_mm));
    planting.bodies.push_back({body, part.populated ? part.base_mm + shape.top_mm : 0});
    planting.used.push_back(part.base_mm != 0);
  }
  for (const Disc& hole : design.holes) {
    planting.taken.take(around(hole, 1));
  }
  for (const Patch& patch : design.patches) {
    planting.taken.take(imaging::bounding_box(place_of(patch, 0).outline_mm));
  }
  for (const Trace& trace : design.traces) {
    mark(planting.tracks, trace);
    mark(planting.copper, trace);
  }
  for (const Disc& via : design.vias) {
    planting.copper.take(around(via, 0));
  }
  return planting;
}

bool has_room(const Planting& planting, const Place& place) {
  const std::vector<Box> boxes = boxes_of(place);
  const bool apart = std::none_of(boxes.begin(), boxes.end(), [&](const Box& box) {
    return std::any_of(planting.places.begin(), planting.places.end(),
                       [&](const Box& other) { return is_near(box, other); });
  });
  const std::vector<Disc>& holes = planting.board.design.holes;
  const bool over_hole = std::any_of(boxes.begin(), boxes.end(), [&](const Box& box) {
    return std::any_of(holes.begin(), holes.end(), [&](const Disc& hole) {
      return imaging::intersection(box, around(hole, kHoleRim_mm)).area() > 0;
    });
  });
  return apart && !over_hole && lies_on_board(planting.board.design, place.outline_mm, 0.2);
}

bool lies_on_board(const BoardDesign& design, const Polygon& outline_mm, double inset_mm) {
  std::vector<cv::Point2f> edge;
  for (const Point& corner : design.outline_mm) {
    edge.emplace_back(static_cast<float>(corner.x()), static_cast<float>(corner.y()));
  }
  return std::all_of(outline_mm.begin(), outline_mm.end(), [&](const Point& corner) {
    const bool inside = corner.x() >= inset_mm && corner.y() >= inset_mm && corner.x() <= design.width_mm - inset_mm &&
                        corner.y() <= design.depth_mm - inset_mm;
    const cv::Point2f at(static_cast<float>(corner.x()), static_cast<float>(corner.y()));
    return inside && (edge.empty() || cv::pointPolygonTest(edge, at, true) >= inset_mm);
  });
}

double top_under(const Planting& planting, const Box& box_mm) {
  double top_mm = 0;
  for (const Planting::Body& body : planting.bodies) {
    const Box& other = body.box_mm;
    const bool touches = box_mm.x <= other.x + other.width && other.x <= box_mm.x + box_mm.width &&
                         box_mm.y <= other.y + other.height && other.y <= box_mm.y + box_mm.height;
    if (touches) top_mm = std::max(top_mm, body.top_mm);
  }
  return top_mm;
}

std::vector<Package> all_packages() {
  std::vector<Package> packages;
  for (int i = 0; i <= static_cast<int>(Package::last); ++i) {
    packages.push_back(static_cast<Package>(i));
  }
  return packages;
}

std::string name_in_id(const Part& part) {
  return part.own_shape ? part.designator : std::string(name_of(part.package));
}

void record(Planting& planting, PlantedChange change, const std::string& name) {
  change.id =
      std::string(compare::name_of(change.kind)) + "-" + std::to_string(planting.board.changes.size() + 1) + "-" + name;
  std::vector<Place> places = change.also;
  places.push_back(change.place);
  for (const Place& place : places) {
    const std::vector<Box> boxes = boxes_of(place);
    planting.places.insert(planting.places.end(), boxes.begin(), boxes.end());
  }
  planting.board.changes.push_back(std::move(change));
}

void record_part(Planting& planting, PlantedChange change, std::size_t index, const std::string& name) {
  const Part& part = planting.board.design.parts[index];
  const Box body = shape_of(part).body_mm;
  change.place = place_of(part);
  change.size_mm = {body.width, body.height};
  change.part = index;
  planting.used.resize(planting.board.design.parts.size(), true);
  planting.used[index] = true;
  planting.bodies.resize(planting.used.size());
  planting.bodies[index] = {imaging::bounding_box(change.place.outline_mm), part.populated ? change.place.top_mm : 0};
  record(planting, std::move(change), name);
}

bool alter_one(Planting& planting, const WantedChange& wanted, bool populated, imaging::Random& random,
               const std::function<bool(std::size_t index)>& attempt) {
  const std::vector<Part>& parts = planting.board.design.parts;
  std::vector<std::size_t> eligible;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    if (planting.used[i] || part.populated != populated) continue;
    const bool fits = wanted.package ? !part.own_shape && part.package == *wanted.package
                                     : shape_of(part).body_mm.area() < kLargestAltered_sqmm;
    if (fits && has_room(planting, place_of(part))) eligible.push_back(i);
  }
  shuffle(eligible, random);
  return std::any_of(eligible.begin(), eligible.end(), [&](std::size_t index) {
    return seen_share_from_above(place_of(parts[index]), parts) > 0.5 && attempt(index);
  });
}

}  // namespace boarddiff::datasets
