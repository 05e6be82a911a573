// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/text.h"

#include <array>
#include <charconv>

namespace boarddiff::imaging {

std::string number_text(double value) {
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

std::string fixed_text(double value, int digits) {
  // 400 characters hold every finite double: up to 309 digits, the point and what a caller may ask for behind it.
  std::array<char, 400> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, digits).ptr;
  return {buffer.data(), end};
}

std::string percent_text(double share) { return fixed_text(100 * share, 0) + " %"; }

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (const char c : text) {
    quoted.append(c == '"' ? "\"\"" : std::string(1, c));
  }
  return quoted + "\"";
}

}  // namespace boarddiff::imaging
