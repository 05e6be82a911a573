// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

// Numbers that are written on the command line.
namespace boarddiff::cli {

// What stands between the separators; one piece where there is none.
[[nodiscard]] inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (auto end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

// The text as one finite number, with nothing before or after it.
template <typename Number>
[[nodiscard]] std::optional<Number> number_in(std::string_view text) {
  Number value = 0;
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole_text = error == std::errc() && stopped == text.data() + text.size();
  return is_whole_text && std::isfinite(static_cast<double>(value)) ? std::optional(value) : std::nullopt;
}

}  // namespace boarddiff::cli
