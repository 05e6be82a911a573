// SPDX-License-Identifier: Apache-2.0
#include "compare/package_size.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string>
#include <system_error>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::Point;

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

std::optional<Point> sorted_sides(double a_mm, double b_mm) {
  constexpr double kLeast_mm = 0.1;
  constexpr double kMost_mm = 300;
  const Point sides(std::max(a_mm, b_mm), std::min(a_mm, b_mm));
  return sides.y() >= kLeast_mm && sides.x() <= kMost_mm ? std::optional(sides) : std::nullopt;
}

// A number that begins there, and where it ends.
std::optional<std::pair<double, std::size_t>> number_at(std::string_view text, std::size_t at) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data() + at, end, value, std::chars_format::fixed);
  if (error != std::errc() || !is_digit(text[at])) return std::nullopt;
  return std::pair(value, static_cast<std::size_t>(stopped - text.data()));
}

// "5x5mm", "3.9x4.9mm": the first of its kind.
std::optional<Point> product_in(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (i > 0 && (is_digit(name[i - 1]) || name[i - 1] == '.')) continue;
    const auto first = number_at(name, i);
    if (!first || first->second + 1 >= name.size() || std::tolower(name[first->second]) != 'x') continue;
    const auto second = number_at(name, first->second + 1);
    if (second) return sorted_sides(first->first, second->first);
  }
  return std::nullopt;
}

// The four digits before "Metric": tenths of a millimetre.
std::optional<Point> metric_in(std::string_view name) {
  constexpr std::size_t kDigits = 4;
  const auto at = name.find("Metric");
  if (at == std::string_view::npos || at < kDigits) return std::nullopt;
  const std::string_view code = name.substr(at - kDigits, kDigits);
  if (!std::all_of(code.begin(), code.end(), is_digit)) return std::nullopt;
  return sorted_sides(0.1 * ((code[0] - '0') * 10 + code[1] - '0'), 0.1 * ((code[2] - '0') * 10 + code[3] - '0'));
}

struct Named {
  std::string_view name = {};
  double length_mm = 0;
  double width_mm = 0;
};

// Sizes of chips in hundredths of an inch, as IEC 60115-8 and its like give them in millimetres.
constexpr std::array<Named, 10> kEia = {{{"0201", 0.6, 0.3},
                                         {"0402", 1.0, 0.5},
                                         {"0603", 1.6, 0.8},
                                         {"0805", 2.0, 1.25},
                                         {"1206", 3.2, 1.6},
                                         {"1210", 3.2, 2.5},
                                         {"1812", 4.5, 3.2},
                                         {"2010", 5.0, 2.5},
                                         {"2512", 6.3, 3.2},
                                         {"01005", 0.4, 0.2}}};

// With terminals; letters and digits of the name alone, in lower case. The longer names first.
constexpr std::array<Named, 12> kPackages = {{{"sot223", 6.5, 7.0},
                                              {"sot23", 2.9, 2.4},
                                              {"sot363", 2.0, 2.1},
                                              {"sot323", 2.0, 2.1},
                                              {"sod123", 3.7, 1.6},
                                              {"sod323", 2.5, 1.3},
                                              {"soic16", 9.9, 6.0},
                                              {"soic14", 8.7, 6.0},
                                              {"soic8", 4.9, 6.0},
                                              {"so16", 9.9, 6.0},
                                              {"so14", 8.7, 6.0},
                                              {"so8", 4.9, 6.0}}};

// A code stands alone: no digit goes before or after it.
std::optional<Point> eia_in(std::string_view name) {
  for (const Named& one : kEia) {
    for (auto at = name.find(one.name); at != std::string_view::npos; at = name.find(one.name, at + 1)) {
      const std::size_t end = at + one.name.size();
      if ((at == 0 || !is_digit(name[at - 1])) && (end == name.size() || !is_digit(name[end]))) {
        return sorted_sides(one.length_mm, one.width_mm);
      }
    }
  }
  return std::nullopt;
}

std::optional<Point> known_package(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      letters.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
  }
  const auto* const found = std::find_if(kPackages.begin(), kPackages.end(), [&](const Named& one) {
    const auto at = letters.find(one.name);
    const std::size_t end = at + one.name.size();
    return at != std::string::npos && (end == letters.size() || !is_digit(letters[end]));
  });
  return found == kPackages.end() ? std::nullopt : sorted_sides(found->length_mm, found->width_mm);
}

}  // namespace

std::optional<Point> size_in_package_name(std::string_view name) {
  for (const auto look : {metric_in, product_in, eia_in, known_package}) {
    if (const std::optional<Point> size = look(name)) return size;
  }
  return std::nullopt;
}

}  // namespace boarddiff::compare
