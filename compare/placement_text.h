// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/placement.h"

#include <opencv2/core.hpp>

#include <array>
#include <string>
#include <string_view>

namespace boarddiff::compare {

enum class LayoutFormat { csv, json, geojson, coco };
inline constexpr std::array kLayoutFormats = {LayoutFormat::csv, LayoutFormat::json, LayoutFormat::geojson,
                                              LayoutFormat::coco};
[[nodiscard]] std::string_view name_of(LayoutFormat format);

// The first line of the list as CSV; parse_placement_table knows it again. Where a picture was looked at the other
// columns follow.
inline constexpr std::string_view kPlacementCsvHead =
    "designator,value,package,side,x_mm,y_mm,angle_deg,width_mm,height_mm,populated";
inline constexpr std::string_view kPictureCsvHead = ",seen,kind,confidence,x_px,y_px,width_px,height_px";

// Which file a list comes from, and of a picture its size.
struct LayoutSource {
  std::string name = {};
  cv::Size size = {};
};

// The parts as text: a row each (RFC 4180), an object each, or a feature each, with its turned body where its size is
// known and else a point. Millimetres as in Placement; the fields are those of docs/layout-format.md. As COCO ("Common
// objects in context", the format of annotations that training tools read): what a picture shows, in its pixels; must
// not be asked of a placement without a picture.
[[nodiscard]] std::string placement_text(const Placement& placement, LayoutFormat format, const LayoutSource& source);

}  // namespace boarddiff::compare
