// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/placement.h"

#include <array>
#include <string>
#include <string_view>

namespace boarddiff::compare {

enum class LayoutFormat { csv, json, geojson };
inline constexpr std::array kLayoutFormats = {LayoutFormat::csv, LayoutFormat::json, LayoutFormat::geojson};
[[nodiscard]] std::string_view name_of(LayoutFormat format);

// The first line of the list as CSV; parse_placement_table knows it again.
inline constexpr std::string_view kPlacementCsvHead =
    "designator,value,package,side,x_mm,y_mm,angle_deg,width_mm,height_mm,populated";

// The parts as text: a row each (RFC 4180), an object each, or a feature each, with its turned body where its size is
// known and else a point. Millimetres as in Placement; the fields are those of docs/layout-format.md. `source` names
// the file that they come from.
[[nodiscard]] std::string placement_text(const Placement& placement, LayoutFormat format, const std::string& source);

}  // namespace boarddiff::compare
