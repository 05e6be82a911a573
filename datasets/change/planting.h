// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/change/changes.h"
#include "datasets/design/occupancy.h"
#include "imaging/base/random.h"

#include <functional>
#include <string>

namespace boarddiff::datasets {

// A board while changes are made to it: what is where, and what has been changed.
struct Planting {
  struct Body {
    imaging::Box box_mm = {};
    double top_mm = 0;
  };
  ChangedBoard board = {};
  Occupancy taken;   // by parts with their footprints, holes, labels
  Occupancy tracks;  // by traces
  Occupancy copper;  // by traces and vias
  std::vector<Body> bodies = {};
  std::vector<bool> used = {};            // parts that have been changed, or stand on others
  std::vector<imaging::Box> places = {};  // of the changes so far
};
[[nodiscard]] Planting begin_planting(const BoardDesign& design);

// One alteration each; nothing happens where the board has no room or no such part.
void plant_extra_part(Planting& planting, const WantedChange& wanted, imaging::Random random);
void alter_part(Planting& planting, const WantedChange& wanted, imaging::Random random);
void cut_trace(Planting& planting, imaging::Random random);
void add_trace(Planting& planting, imaging::Random random);
void solder_wire(Planting& planting, imaging::Random random);
void alter_surface(Planting& planting, Alteration what, imaging::Random random);

// Whether all of it is at least 2 mm from the changes so far, on the board, and over no hole.
[[nodiscard]] bool has_room(const Planting& planting, const Place& place);
[[nodiscard]] bool lies_on_board(const BoardDesign& design, const imaging::Polygon& outline_mm, double inset_mm);
// The top of the highest part that the box touches, 0 over bare board.
[[nodiscard]] double top_under(const Planting& planting, const imaging::Box& box_mm);

// In the order of the enumeration.
[[nodiscard]] std::vector<Package> all_packages();

// "r0603"; the designator of a part with a shape of its own.
[[nodiscard]] std::string name_in_id(const Part& part);

// Enters a change, and takes its place.
void record(Planting& planting, PlantedChange change, const std::string& name);
// The same for a part of the changed design.
void record_part(Planting& planting, PlantedChange change, std::size_t index, const std::string& name);

// A part of the design that may be altered: there (or not), within the wanted package or small enough for tweezers,
// visible, and with room around. In an order drawn at random; the first that `attempt` says yes to.
bool alter_one(Planting& planting, const WantedChange& wanted, bool populated, imaging::Random& random,
               const std::function<bool(std::size_t index)>& attempt);

// Of the list, in an order drawn at random.
template <typename Item>
void shuffle(std::vector<Item>& items, imaging::Random& random) {
  for (std::size_t i = items.size(); i > 1; --i) {
    std::swap(items[i - 1], items[static_cast<std::size_t>(random.integer(0, static_cast<int>(i) - 1))]);
  }
}

}  // namespace boarddiff::datasets
