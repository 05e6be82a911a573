// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/placement.h"

#include <string>

namespace boarddiff::compare {

// A table of parts and their places ("centroid", "pick and place"): KiCad's .pos and CSV, Altium's and Eagle's CSV, the
// headless lists of Eagle's mountsmd, and what is like them. Cells are separated by tabs, semicolons, commas or blanks,
// quoted or not; what stands before the line that names the columns is read for the unit alone. Numbers may have a
// decimal comma and a unit of their own. In such tables y points up and angles run counter-clockwise: here neither
// does. `name` stands for the file in messages. Throws imaging::Error: unsupported_format where no line names the
// columns, with those that were seen; damaged_file with "NAME:LINE" and the reason; too_large (200,000 parts).
[[nodiscard]] Placement parse_placement_table(const std::string& text, const std::string& name);

}  // namespace boarddiff::compare
