// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// Reads points from comma-separated text: a first line that names the columns, among them x and y in any order, then
// one point a line. Other columns are left out. A byte order mark, CRLF and a missing last newline are accepted; empty
// lines, quotes and what is no finite number are not. Throws Error: unreadable_file, damaged_file with "FILE:LINE".
[[nodiscard]] std::vector<imaging::Point> read_points(const std::filesystem::path& path);

// The same for text already in memory; `shown_name` stands in for FILE in messages.
[[nodiscard]] std::vector<imaging::Point> points_in_text(const std::string& text, const std::string& shown_name);

// The same form: "x,y", then one point a line with four digits after the point; "nan,nan" for a
// point that has no place in the other picture.
[[nodiscard]] std::string points_text(const std::vector<imaging::Point>& points);

}  // namespace boarddiff::cli
