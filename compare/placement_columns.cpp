// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_columns.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace boarddiff::compare {

namespace {

using Names = std::span<const std::string_view>;

// The best first: a table may hold the centre, a reference point and the first pad of a part, or a name besides its
// designator.
constexpr std::array<std::string_view, 8> kDesignator = {"designator", "refdes",        "ref",  "reference",
                                                         "component",  "refdesignator", "part", "name"};
constexpr std::array<std::string_view, 12> kX = {"midx", "centerx", "centrex",   "xcenter",   "posx",   "locationx",
                                                 "x",    "xpos",    "positionx", "xlocation", "xcoord", "refx"};
constexpr std::array<std::string_view, 12> kY = {"midy", "centery", "centrey",   "ycenter",   "posy",   "locationy",
                                                 "y",    "ypos",    "positiony", "ylocation", "ycoord", "refy"};
constexpr std::array<std::string_view, 5> kAngle = {"rotation", "rot", "angle", "orientation", "theta"};
constexpr std::array<std::string_view, 6> kSide = {"side", "layer", "tb", "topbottom", "boardside", "mountside"};
constexpr std::array<std::string_view, 3> kValue = {"value", "val", "comment"};
constexpr std::array<std::string_view, 5> kPackage = {"package", "footprint", "pattern", "packagename", "case"};

std::string lower(std::string_view text) {
  std::string result;
  for (const char c : text) {
    result.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  return result;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// A column's name as its words run together, and the unit that stands behind them: "Center-X(mm)", "Pos X [mil]".
struct ColumnName {
  std::string words = {};
  std::optional<double> unit_mm = {};
};

ColumnName column_name(std::string_view raw) {
  std::vector<std::string> words(1);
  for (const char c : lower(raw)) {
    if (is_word(c)) {
      words.back().push_back(c);
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  std::erase(words, std::string());
  ColumnName name;
  if (words.size() > 1) {
    name.unit_mm = unit_in_mm(words.back());
    if (name.unit_mm || words.back() == "deg" || words.back() == "degrees") {
      words.pop_back();
    }
  }
  for (const std::string& word : words) {
    name.words += word;
  }
  return name;
}

std::optional<std::size_t> first_of(Names wanted, const std::vector<ColumnName>& columns) {
  for (const std::string_view one : wanted) {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const ColumnName& column) { return column.words == one; });
    if (found != columns.end()) {
      return static_cast<std::size_t>(found - columns.begin());
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> unit_in_mm(std::string_view name) {
  constexpr double kInch = 25.4;
  const std::string unit = lower(name);
  if (unit == "mm" || unit == "millimeters" || unit == "millimetres") return 1;
  if (unit == "mil" || unit == "mils" || unit == "thou") return kInch / 1000;
  if (unit == "in" || unit == "inch" || unit == "inches") return kInch;
  if (unit == "um") return 0.001;
  return std::nullopt;
}

PlacementColumns placement_columns(const std::vector<std::string>& names) {
  std::vector<ColumnName> columns;
  columns.reserve(names.size());
  for (const std::string& name : names) {
    columns.push_back(column_name(name));
  }
  PlacementColumns result{.designator = first_of(kDesignator, columns),
                          .x = first_of(kX, columns),
                          .y = first_of(kY, columns),
                          .angle = first_of(kAngle, columns),
                          .side = first_of(kSide, columns),
                          .value = first_of(kValue, columns),
                          .package = first_of(kPackage, columns)};
  result.x_unit_mm = result.x ? columns[*result.x].unit_mm : std::nullopt;
  result.y_unit_mm = result.y ? columns[*result.y].unit_mm : std::nullopt;
  return result;
}

std::string known_placement_columns() {
  return "Designator (Ref, RefDes, Reference, Component, Part, Name), X (Pos X, Mid X, Center X, Location X, Ref X), "
         "and the same for Y";
}

}  // namespace boarddiff::compare
