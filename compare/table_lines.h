// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

// A line of a table that is a text, without blanks around it.
struct Line {
  std::size_t number = 0;  // from 1
  std::string_view text = {};
};

// Those with something in them.
[[nodiscard]] std::vector<Line> lines_of(std::string_view text);

// Without blanks, tabs and carriage returns around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

// Cells may stand in quotes, in which two quotes are one and a separator is none (RFC 4180). A line break ends a cell
// in any case.
using Cells = std::vector<std::string>;
[[nodiscard]] Cells quoted_cells(std::string_view line, char separator);

}  // namespace boarddiff::compare
