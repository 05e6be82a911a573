// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/reference_file.h"
#include "imaging/base/frames.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::cli {

// What a region of a reference file is for.
enum class RegionPurpose { ignore, watch };
inline constexpr std::array kRegionPurposes = {RegionPurpose::ignore, RegionPurpose::watch};
[[nodiscard]] std::string_view name_of(RegionPurpose purpose);

// A region that a reviewer drew on the picture of the first board.
struct DrawnRegion {
  RegionPurpose purpose = RegionPurpose::ignore;
  imaging::Polygon reference_corners = {};  // at least three; pixels of the picture as shown
  std::string who = {};
  std::string why = {};  // what for
  std::string at = {};   // as time_now()
};

// One that the file has.
struct KeptRegion {
  RegionPurpose purpose = RegionPurpose::ignore;
  std::string id = {};  // of a drawn one, with which it can be withdrawn; empty: it came as part of a file
  std::string who = {};
  std::string why = {};
  std::string at = {};                      // of a drawn one
  imaging::Polygon reference_polygon = {};  // as compare::joined_rings
};

// All of them, ignored ones first. `shown_name` of the file, for messages. Throws Error as regions_in_bytes and
// regions_on do.
[[nodiscard]] std::vector<KeptRegion> kept_regions(const compare::ReferenceFile& file, const std::string& shown_name);

// Adds it to the file's regions of that purpose, as a feature of GeoJSON behind those that are there; a mask or a
// drawing becomes GeoJSON, too. Returns its id. Throws Error{invalid_option} for what no region can be: fewer than
// three corners, all of it outside the picture, no words or too many on what for; and as kept_regions does.
std::string add_region(compare::ReferenceFile& file, const DrawnRegion& region, const std::string& shown_name);

// Takes a drawn one away again, and returns what it was. Throws Error{invalid_option} where the file has none such.
KeptRegion take_region_away(compare::ReferenceFile& file, RegionPurpose purpose, const std::string& id,
                            const std::string& shown_name);

}  // namespace boarddiff::cli
