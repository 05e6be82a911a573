// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace boarddiff::imaging {

// The shortest decimal text that reads back as the same number, independent of any locale.
[[nodiscard]] std::string number_text(double value);

// With a fixed number of digits after the point, independent of any locale.
[[nodiscard]] std::string fixed_text(double value, int digits);

// A share as whole per cent: "7 %".
[[nodiscard]] std::string percent_text(double share);

// A cell of a table with commas (RFC 4180): in quotes where it has to be.
[[nodiscard]] std::string csv_cell(const std::string& text);

}  // namespace boarddiff::imaging
