// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/read_marking.h"

#include <string>
#include <string_view>

namespace boarddiff::compare {

// Spelt as in report.json.
enum class MarkingDifference {
  unknown,       // one of them cannot be read, or they differ by no more than misreading may do
  same,          // as far as read
  codes_differ,  // the part number is the same, a date or lot code is another
  part_differs,  // the part number is another
};
[[nodiscard]] std::string_view name_of(MarkingDifference difference);

// What a line of a marking is, from its letters alone.
enum class LineRole { part_number, date_code, other };
[[nodiscard]] LineRole role_of(std::string_view line);

// How many letters of the one would have to be inserted, removed or replaced to make the other, where letters that
// readers take for one another (O and 0, I and 1, S and 5, B and 8, ...) count as one, and blanks, '-', '/' and '.' as
// nothing.
[[nodiscard]] int letters_apart(std::string_view a, std::string_view b);

// The part number is the topmost line that looks like one; whatever stands below it is a date or lot code. Only lines
// that were read with confidence count, and both part numbers have to stand in the same place, so that a line that was
// not read is no difference. Part numbers differ when three letters and 40 % of the longer one are apart: misreading
// turns one letter in some ten into another, and rarely two in one line. They agree up to one letter in five. In
// between nothing is said.
[[nodiscard]] MarkingDifference compare_markings(const imaging::Marking& reference, const imaging::Marking& sample);

// The lines that were read with confidence, with " / " in between; empty where none was.
[[nodiscard]] std::string readable_text(const imaging::Marking& marking);

// The part number as read; null where there is none.
[[nodiscard]] const imaging::TextLine* part_number_of(const imaging::Marking& marking);

}  // namespace boarddiff::compare
