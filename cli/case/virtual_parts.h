// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_boards.h"
#include "compare/database.h"
#include "compare/found_part.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// A row of the table `virtual_part`: a part that was painted into a copy of the sample, and found there. It is no
// finding, and nothing but reviews that ask for some reads these rows.
struct CaseVirtualPart {
  std::int64_t sample = 0;
  int number = 0;
  double length = 0;
  double width = 0;
  std::string unit = {};  // of both: "mm" or "px"
  std::string look = {};
  CaseFinding finding = {};  // that it was found as; without a number
  compare::PaintedPart painted = {};

  [[nodiscard]] std::string size_text() const;  // "1.6 x 0.8 mm"
};
[[nodiscard]] std::string part_size_text(double length, double width, const std::string& unit);

// Of a sample, by number; those that can_be_painted.
[[nodiscard]] std::vector<CaseVirtualPart> virtual_parts_of(compare::Database& database, std::int64_t sample);

// The column `painting`, and back; nothing for what cannot be painted.
[[nodiscard]] std::string painting_text(const compare::PaintedPart& painted);
[[nodiscard]] std::optional<compare::PaintedPart> painting_in(const std::string& text);

}  // namespace boarddiff::cli
