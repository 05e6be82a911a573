// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/planting.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using compare::FindingKind;
using imaging::Box;
using imaging::Point;
using imaging::Random;

constexpr double kBesideConnector_mm = 2;
constexpr double kEdge_mm = 0.15;
constexpr double kBetweenLayers_mm = -1.2;

std::string letters_and_digits(Random& random, int letters, int digits) {
  std::string code;
  for (int i = 0; i < letters; ++i) {
    code += static_cast<char>('A' + random.integer(0, 25));
  }
  for (int i = 0; i < digits; ++i) {
    code += static_cast<char>('0' + random.integer(0, 9));
  }
  return code;
}

Part part_to_add(Package package, Random& random) {
  Part part;
  part.package = package;
  part.has_footprint = false;
  part.tone = random.uniform(-0.6, 0.6);
  const PartShape shape = shape_of(package);
  if (shape.text_width_mm > 0) {
    part.marking = letters_and_digits(random, 1, random.integer(2, 3));
    if (shape.letter == 'U') part.marking.append("\n").append(letters_and_digits(random, 2, 4));
  }
  return part;
}

// So little brighter or darker than the mask that it does not catch the eye. What is dark has room on one side alone.
void paint_over(Part& part, MaskColour mask, Random& random) {
  part.marking.clear();
  const double levels = random.uniform(8, 40);
  const bool darker = random.chance(0.5) && mask != MaskColour::black;
  part.painted_levels = darker ? -levels : levels;
}

Box box_of(const Part& part, const Box& body_in_part) {
  return imaging::bounding_box(outline_on_board(part, body_in_part));
}

// 0 where they touch.
double distance_between(const Box& a, const Box& b) {
  const double x = std::max({0.0, b.x - (a.x + a.width), a.x - (b.x + b.width)});
  const double y = std::max({0.0, b.y - (a.y + a.height), a.y - (b.y + b.height)});
  return std::hypot(x, y);
}

bool is_connector(const Part& part) { return part.populated && shape_of(part).letter == 'J'; }

std::vector<Box> connectors_of(const BoardDesign& design) {
  std::vector<Box> boxes;
  for (const Part& part : design.parts) {
    if (is_connector(part)) boxes.push_back(box_of(part, shape_of(part).body_mm));
  }
  return boxes;
}

// The part at every free place of a grid, in either direction.
std::vector<Part> free_places(const Planting& planting, Part part, Random& random) {
  constexpr double kStep_mm = 0.4;
  const BoardDesign& design = planting.board.design;
  const Point shift(random.uniform(0, kStep_mm), random.uniform(0, kStep_mm));
  const Box body = shape_of(part).body_mm;
  std::vector<Part> places;
  const int rows = static_cast<int>(std::ceil((design.depth_mm - shift.y()) / kStep_mm));
  const int columns = static_cast<int>(std::ceil((design.width_mm - shift.x()) / kStep_mm));
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      part.centre_mm = shift + kStep_mm * Point(column, row);
      part.angle_deg = random.chance(0.5) ? 90 : 0;
      if (!planting.taken.is_free(box_of(part, body))) continue;
      if (has_room(planting, {outline_on_board(part, body), 0, 0, {}})) places.push_back(part);
    }
  }
  return places;
}

void put(Planting& planting, const Part& part, Ground ground) {
  planting.board.design.parts.push_back(part);
  const bool inside = ground == Ground::under_part;
  record_part(planting,
              {.kind = inside ? FindingKind::changed_interior : FindingKind::extra_component,
               .ground = ground,
               .in_photo = !inside && !shape_of(part).solids.empty()},
              planting.board.design.parts.size() - 1, (part.painted_levels ? "painted-" : "") + name_in_id(part));
}

bool put_on_mask(Planting& planting, const Part& part, Ground wanted, Random& random) {
  const Box body = shape_of(part).body_mm;
  const std::vector<Box> connectors = connectors_of(planting.board.design);
  const auto is_beside = [&](const Box& box) {
    return std::any_of(connectors.begin(), connectors.end(),
                       [&](const Box& connector) { return distance_between(box, connector) <= kBesideConnector_mm; });
  };
  const auto ground_of = [&](const Part& placed) {
    const Box box = box_of(placed, body);
    if (wanted == Ground::beside_connector && is_beside(box)) return Ground::beside_connector;
    return planting.copper.is_free(imaging::grown(box, kEdge_mm)) ? Ground::bare_mask : Ground::across_traces;
  };
  // A via, or copper that only passes by the edge, makes neither a bare ground nor one across traces.
  const auto is_plain = [&](const Part& placed) {
    const Box box = box_of(placed, body);
    return ground_of(placed) != Ground::across_traces || !planting.tracks.is_free(imaging::grown(box, -kEdge_mm));
  };
  std::vector<Part> places = free_places(planting, part, random);
  std::vector<Part> fitting;
  std::copy_if(places.begin(), places.end(), std::back_inserter(fitting),
               [&](const Part& placed) { return ground_of(placed) == wanted && is_plain(placed); });
  if (!fitting.empty()) places = std::move(fitting);
  if (places.empty()) return false;
  const Part& chosen = places[static_cast<std::size_t>(random.integer(0, static_cast<int>(places.size()) - 1))];
  put(planting, chosen, ground_of(chosen));
  return true;
}

// The top face of a part: its highest solid, the largest of several.
const Solid* top_face(const PartShape& shape) {
  const Solid* best = nullptr;
  for (const Solid& solid : shape.solids) {
    const bool higher = best == nullptr || solid.top_mm > best->top_mm + 1e-6;
    const bool larger = best != nullptr && solid.top_mm > best->top_mm - 1e-6 &&
                        solid.width_mm * solid.depth_mm > best->width_mm * best->depth_mm;
    if (higher || larger) best = &solid;
  }
  return best;
}

// Somewhere within a box in the host's frame that is larger by the margin; false where it is not.
bool seat(Part& part, const Part& host, const Box& within, double margin_mm, Random& random) {
  const bool across = random.chance(0.5);
  for (const bool turned : {across, !across}) {
    const Box body = shape_of(part).body_mm;
    const double room_x = (within.width - (turned ? body.height : body.width)) / 2 - margin_mm;
    const double room_y = (within.height - (turned ? body.width : body.height)) / 2 - margin_mm;
    if (room_x < 0 || room_y < 0) continue;
    const Point offset(random.uniform(-1, 1) * room_x, random.uniform(-1, 1) * room_y);
    part.centre_mm = on_board(host, within.centre() + offset);
    part.angle_deg = host.angle_deg + (turned ? 90 : 0);
    return true;
  }
  return false;
}

bool put_on_chip(Planting& planting, Part part, Random& random) {
  const std::vector<Part>& parts = planting.board.design.parts;
  std::vector<std::size_t> hosts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].populated && !planting.used[i] && shape_of(parts[i]).letter == 'U') hosts.push_back(i);
  }
  shuffle(hosts, random);
  for (const std::size_t index : hosts) {
    const Part host = parts[index];
    const PartShape shape = shape_of(host);
    const Solid* top = top_face(shape);
    if (top == nullptr) continue;
    const Box face{top->centre_mm.x() - top->width_mm / 2, top->centre_mm.y() - top->depth_mm / 2, top->width_mm,
                   top->depth_mm};
    if (!seat(part, host, face, 0.25, random)) continue;
    part.base_mm = host.base_mm + shape.top_mm;
    const Place place = place_of(part);
    if (!has_room(planting, place) || seen_share_from_above(place, parts) < 1) continue;
    planting.used[index] = true;
    put(planting, part, Ground::on_chip);
    return true;
  }
  return false;
}

// Inside a connector, low between its pins, or between the layers below any larger part.
bool put_under_part(Planting& planting, Part part, Random& random) {
  const std::vector<Part>& parts = planting.board.design.parts;
  const bool between_layers = random.chance(0.5);
  std::vector<std::size_t> hosts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].populated && !planting.used[i] && (between_layers || is_connector(parts[i]))) hosts.push_back(i);
  }
  shuffle(hosts, random);
  for (const std::size_t index : hosts) {
    const Part host = parts[index];
    if (!seat(part, host, shape_of(host).body_mm, 0.3, random)) continue;
    part.base_mm = between_layers ? kBetweenLayers_mm : 0.1;
    if (!has_room(planting, place_of(part))) continue;
    planting.used[index] = true;
    put(planting, part, Ground::under_part);
    return true;
  }
  return false;
}

bool populate(Planting& planting, const WantedChange& wanted, Random& random) {
  return alter_one(planting, wanted, false, random, [&](std::size_t index) {
    Part& part = planting.board.design.parts[index];
    part.populated = true;
    record_part(planting, {.kind = FindingKind::extra_component, .ground = Ground::empty_footprint}, index,
                name_in_id(part));
    return true;
  });
}

}  // namespace

void plant_extra_part(Planting& planting, const WantedChange& wanted, Random random) {
  const bool inside = wanted.ground == Ground::under_part;
  Part part = part_to_add(wanted.package.value_or(inside ? Package::bare_die : Package::r0603), random);
  if (wanted.what == Alteration::painted_part) paint_over(part, planting.board.design.mask, random);
  if (inside) {
    put_under_part(planting, part, random);
    return;
  }
  if (wanted.ground == Ground::empty_footprint && !part.painted_levels && populate(planting, wanted, random)) return;
  if (wanted.ground == Ground::on_chip && put_on_chip(planting, part, random)) return;
  if (!put_on_mask(planting, part, wanted.ground, random)) put_on_chip(planting, part, random);
}

}  // namespace boarddiff::datasets
