// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

// Where in a row a placement table has what, and in which unit its columns say to be.
struct PlacementColumns {
  std::optional<std::size_t> designator = {};
  std::optional<std::size_t> x = {};
  std::optional<std::size_t> y = {};
  std::optional<std::size_t> angle = {};
  std::optional<std::size_t> side = {};
  std::optional<std::size_t> value = {};
  std::optional<std::size_t> package = {};
  std::optional<double> x_unit_mm = {};  // millimetres to the unit that the column's name says
  std::optional<double> y_unit_mm = {};

  // Whether it says what stands where.
  [[nodiscard]] bool complete() const { return designator && x && y; }
};

// What the names of a row's cells mean: as KiCad, Altium, Eagle and assembly houses write them, in any case and with
// any signs between the words; what is none of these is left out.
[[nodiscard]] PlacementColumns placement_columns(const std::vector<std::string>& names);

// "mm", "mil", "inch" and what else they are called; nothing for something else.
[[nodiscard]] std::optional<double> unit_in_mm(std::string_view name);

// Which names are known, for a message: "Designator (Ref, RefDes, ...), X (...) and Y".
[[nodiscard]] std::string known_placement_columns();

}  // namespace boarddiff::compare
