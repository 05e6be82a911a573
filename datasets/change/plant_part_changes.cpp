// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/planting.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace boarddiff::datasets {
namespace {

using compare::FindingKind;
using imaging::Box;
using imaging::Point;
using imaging::Random;

// Resistors and the like look the same from both ends; what is on their tops is too small to count.
bool has_direction(const Part& part) {
  const PartShape shape = shape_of(part);
  if (shape.letter == 'U') return true;
  const auto has_twin = [&](const Solid& solid) {
    return std::any_of(shape.solids.begin(), shape.solids.end(), [&](const Solid& other) {
      return solid.form != Solid::Form::half_moon && (solid.centre_mm + other.centre_mm).norm() < 0.01 &&
             std::abs(solid.width_mm - other.width_mm) < 0.01 && std::abs(solid.depth_mm - other.depth_mm) < 0.01 &&
             solid.finish.colour == other.finish.colour;
    });
  };
  return !std::all_of(shape.solids.begin(), shape.solids.end(), has_twin);
}

bool is_square(const Box& body) { return std::max(body.width, body.height) < 1.15 * std::min(body.width, body.height); }

// Whether the part would touch no other, tall or low.
bool stands_free(const Planting& planting, const Part& part, std::size_t index) {
  const Box box = imaging::bounding_box(place_of(part).outline_mm);
  for (std::size_t i = 0; i < planting.bodies.size(); ++i) {
    const bool other_is_there = i != index && planting.bodies[i].top_mm > 0;
    if (other_is_there && imaging::intersection(box, planting.bodies[i].box_mm).area() > 0) return false;
  }
  return true;
}

bool missing(Planting& planting, std::size_t index) {
  Part& part = planting.board.design.parts[index];
  part.populated = false;
  record_part(planting, {.kind = FindingKind::missing_component}, index, name_in_id(part));
  return true;
}

bool moved(Planting& planting, std::size_t index, Random& random) {
  const Part before = planting.board.design.parts[index];
  const double by_mm = std::clamp(0.5 + 0.12 * shape_of(before).body_mm.width, 0.6, 1.5);
  const double askew_deg = random.chance(0.5) ? random.uniform(-20, 20) : 0;
  std::array<Point, 8> ways = {};
  for (std::size_t i = 0; i < ways.size(); ++i) {
    ways[i] = Eigen::Rotation2Dd(static_cast<double>(i) * std::numbers::pi / 4) * Point(by_mm, 0);
  }
  const int first = random.integer(0, 7);
  for (int i = 0; i < 8; ++i) {
    Part after = before;
    after.slip_mm += ways[static_cast<std::size_t>((first + i) % 8)];
    after.slip_deg += askew_deg;
    if (!stands_free(planting, after, index) || !has_room(planting, place_of(after))) continue;
    planting.board.design.parts[index] = after;
    record_part(planting, {.kind = FindingKind::moved_component, .also = {place_of(before)}}, index,
                name_in_id(before));
    return true;
  }
  return false;
}

bool turned(Planting& planting, std::size_t index, Random& random) {
  const Part before = planting.board.design.parts[index];
  if (!has_direction(before)) return false;
  Part after = before;
  const bool by_a_quarter = is_square(shape_of(before).body_mm) && random.chance(0.5);
  after.slip_deg += by_a_quarter ? 90 : 180;
  if (!stands_free(planting, after, index) || !has_room(planting, place_of(after))) return false;
  planting.board.design.parts[index] = after;
  record_part(planting, {.kind = FindingKind::moved_component, .in_xray = by_a_quarter}, index,
              "turned-" + name_in_id(before));
  return true;
}

// Packages that a hand would solder onto the footprint: as many pads, about as large, and yet something else.
std::vector<Package> substitutes_for(const Part& part) {
  const PartShape shape = shape_of(part);
  const auto is_about = [](double a, double b) { return a > 0.6 * b && a < 1.5 * b; };
  std::vector<Package> found;
  for (const Package package : all_packages()) {
    const PartShape other = shape_of(package);
    const bool same = !part.own_shape && package == part.package;
    if (!same && !other.solids.empty() && other.pads.size() == shape.pads.size() &&
        is_about(other.body_mm.width, shape.body_mm.width) && is_about(other.body_mm.height, shape.body_mm.height)) {
      found.push_back(package);
    }
  }
  return found;
}

// A chip of another maker: another tone, other letters.
bool replaced_in_kind(Planting& planting, std::size_t index, Random& random) {
  Part& part = planting.board.design.parts[index];
  const PartShape shape = shape_of(part);
  const bool shows =
      std::any_of(shape.solids.begin(), shape.solids.end(), [](const Solid& solid) { return solid.tinted; });
  if (!shows || shape.text_width_mm <= 0) return false;
  part.tone += part.tone > 0 ? -2.5 : 2.5;
  part.marking = std::string(1, static_cast<char>('A' + random.integer(0, 25))) + std::to_string(random.integer(1, 9)) +
                 "X\n" + std::to_string(random.integer(1000, 9999));
  record_part(planting, {.kind = FindingKind::replaced_component, .in_xray = false}, index,
              "other-" + name_in_id(part));
  return true;
}

// The footprint stays that of the design.
bool swapped(Planting& planting, std::size_t index, Random& random) {
  std::vector<Part>& parts = planting.board.design.parts;
  const std::vector<Package> substitutes = substitutes_for(parts[index]);
  if (substitutes.empty()) return replaced_in_kind(planting, index, random);
  Part other = parts[index];
  other.package = substitutes[static_cast<std::size_t>(random.integer(0, static_cast<int>(substitutes.size()) - 1))];
  other.own_shape = nullptr;
  other.has_footprint = false;
  other.tone = random.uniform(-0.6, 0.6);
  if (!stands_free(planting, other, index) || !has_room(planting, place_of(other))) return false;
  const Place before = place_of(parts[index]);
  const std::string name = name_in_id(parts[index]) + "-by-" + name_in_id(other);
  parts[index].populated = false;
  planting.used[index] = true;
  planting.bodies[index].top_mm = 0;
  parts.push_back(other);
  record_part(planting, {.kind = FindingKind::replaced_component, .also = {before}}, parts.size() - 1, name);
  return true;
}

// The old print is ground off, which leaves the body duller and greyer, and another part number printed.
bool remarked(Planting& planting, std::size_t index, Random& random) {
  Part& part = planting.board.design.parts[index];
  const std::string name = name_in_id(part);
  PartShape shape = shape_of(part);
  if (part.marking.empty() || shape.text_width_mm < 2) return false;
  for (Solid& solid : shape.solids) {
    if (solid.finish.metal > 100) continue;
    solid.finish.gloss = static_cast<unsigned char>(0.4 * solid.finish.gloss);
    for (int c = 0; c < 3; ++c) {
      solid.finish.colour[c] = cv::saturate_cast<unsigned char>(solid.finish.colour[c] + 14);
    }
  }
  part.own_shape = std::make_shared<const PartShape>(std::move(shape));
  part.tone += random.chance(0.5) ? 0.5 : -0.5;
  part.marking = std::string("M") + static_cast<char>('A' + random.integer(0, 25)) +
                 std::to_string(random.integer(100, 9999)) + "\n" + std::to_string(random.integer(10000, 99999));
  record_part(planting, {.kind = FindingKind::changed_marking, .in_xray = false}, index, name);
  return true;
}

// The largest piece of silicon inside; nothing where there is none.
Solid* die_of(PartShape& shape) {
  Solid* die = nullptr;
  for (Solid& solid : shape.inner) {
    const bool silicon = solid.form == Solid::Form::box && solid.finish.metal <= 100;
    if (silicon && (die == nullptr || solid.width_mm * solid.depth_mm > die->width_mm * die->depth_mm)) die = &solid;
  }
  return die;
}

// Another chip in the same package and under the same print, as counterfeits have: its die is clearly smaller or
// larger, and its frame with it.
bool other_die(Planting& planting, std::size_t index, Random& random) {
  Part& part = planting.board.design.parts[index];
  const std::string name = name_in_id(part);
  PartShape shape = shape_of(part);
  Solid* die = die_of(shape);
  if (die == nullptr) return false;
  const double room = 0.8 * std::min(shape.body_mm.width / die->width_mm, shape.body_mm.height / die->depth_mm);
  const double larger = std::min(random.uniform(1.3, 1.6), room);
  const double times = random.chance(0.5) && larger >= 1.3 ? larger : random.uniform(0.5, 0.75);
  die->width_mm *= times;
  die->depth_mm *= times;
  part.own_shape = std::make_shared<const PartShape>(std::move(shape));
  record_part(planting, {.kind = FindingKind::changed_interior, .in_photo = false}, index, "other-die-" + name);
  return true;
}

}  // namespace

void alter_part(Planting& planting, const WantedChange& wanted, Random random) {
  alter_one(planting, wanted, true, random, [&](std::size_t index) {
    switch (wanted.what) {
      case Alteration::missing_part:
        return missing(planting, index);
      case Alteration::moved_part:
        return moved(planting, index, random);
      case Alteration::turned_part:
        return turned(planting, index, random);
      case Alteration::swapped_part:
        return swapped(planting, index, random);
      case Alteration::remarked_part:
        return remarked(planting, index, random);
      case Alteration::other_die:
        return other_die(planting, index, random);
      default:
        return true;
    }
  });
}

}  // namespace boarddiff::datasets
