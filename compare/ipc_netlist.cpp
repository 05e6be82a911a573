// SPDX-License-Identifier: Apache-2.0
#include "compare/ipc_netlist.h"

#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace boarddiff::compare {

namespace {

using imaging::Error;
using imaging::ErrorCode;
using imaging::Point;

// Columns of a record, from 0 on; behind them fields that begin with a letter each.
constexpr std::size_t kDesignator = 20;
constexpr std::size_t kDesignatorLength = 6;
constexpr std::size_t kFields = 31;

constexpr double kTenThousandthInch_mm = 0.00254;
constexpr double kMicron_mm = 0.001;
constexpr double kMost_mm = 10'000;
constexpr std::size_t kMostParts = 200'000;

struct Pads {
  std::vector<Point> corners_mm = {};
  int count = 0;
  int on_bottom = 0;
  int through = 0;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \r") - first + 1);
}

bool is_pad(std::string_view line) { return line.starts_with("317") || line.starts_with("327"); }

// The lines of a file, with their numbers.
class Reader {
 public:
  explicit Reader(const std::string& name) : name_(name) {}

  void read(std::string_view line) {
    ++line_;
    if (line.starts_with("P")) {
      read_unit(line);
    } else if (is_pad(line)) {
      read_pad(line);
    }
  }

  [[nodiscard]] Placement placement() const;

 private:
  [[noreturn]] void damaged(const std::string& why) const {
    throw Error(ErrorCode::damaged_file, name_ + ":" + std::to_string(line_) + ": " + why);
  }

  // "P  UNITS CUST 0": ten-thousandths of an inch, as where nothing is said; "CUST 1" and "SI": microns.
  void read_unit(std::string_view line) {
    const std::string_view parameter = trimmed(line.substr(1));
    constexpr std::string_view kUnits = "UNITS";
    if (!parameter.starts_with(kUnits)) return;
    const std::string_view unit = trimmed(parameter.substr(kUnits.size()));
    if (unit.starts_with("SI") || unit == "CUST 1") {
      unit_mm_ = kMicron_mm;
    } else if (unit == "CUST" || unit == "CUST 0" || unit == "CUST 2") {
      unit_mm_ = kTenThousandthInch_mm;
    } else {
      damaged("the unit \"" + imaging::printable_text(unit) + "\" is not known");
    }
  }

  // The number behind a letter, which is taken off the text; nothing where the text begins otherwise.
  static std::optional<double> take(std::string_view& text, char letter) {
    if (!text.starts_with(letter)) return std::nullopt;
    std::string_view digits = text.substr(1);
    if (digits.starts_with('+') || digits.starts_with(' ')) digits.remove_prefix(1);
    int value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (problem != std::errc() || end == digits.data()) return std::nullopt;
    text = digits.substr(static_cast<std::size_t>(end - digits.data()));
    return value;
  }

  void read_pad(std::string_view line) {
    const std::string_view designator =
        line.size() > kFields ? trimmed(line.substr(kDesignator, kDesignatorLength)) : std::string_view();
    if (designator.empty() || designator == "VIA") return;
    // What else stands before the place says how the hole is drilled, and from where the pad is reached.
    const std::size_t access_at = line.find('A', kFields);
    const std::size_t place_at = line.find('X', kFields);
    if (place_at == std::string_view::npos) damaged("the pad has no place");
    std::optional<double> access;
    if (access_at < place_at) {
      std::string_view rest = line.substr(access_at);
      access = take(rest, 'A');
    }
    std::string_view rest = line.substr(place_at);
    const std::optional<double> x = take(rest, 'X');
    const std::optional<double> y = take(rest, 'Y');
    if (!x || !y) damaged("the pad's place is no pair of numbers");
    if (std::max(std::abs(*x), std::abs(*y)) * unit_mm_ > kMost_mm) damaged("the pad lies on no board");
    double width = take(rest, 'X').value_or(0);
    double height = take(rest, 'Y').value_or(0);
    if (height == 0) height = width;
    const double turned_deg = take(rest, 'R').value_or(0);
    if (std::abs(std::remainder(turned_deg, 180)) > 45) std::swap(width, height);
    const Point centre = unit_mm_ * Point(*x, -*y);
    const Point half = unit_mm_ / 2 * Point(width, height);
    Pads& pads = pads_of(imaging::printable_text(designator));
    pads.corners_mm.emplace_back(centre - half);
    pads.corners_mm.emplace_back(centre + half);
    ++pads.count;
    pads.through += access.value_or(0) == 0 ? 1 : 0;
    pads.on_bottom += access.value_or(0) > 1 ? 1 : 0;
  }

  Pads& pads_of(const std::string& designator) {
    const auto [found, is_new] = numbers_.try_emplace(designator, parts_.size());
    if (is_new) {
      if (parts_.size() == kMostParts) {
        throw Error(ErrorCode::too_large, name_ + ": has more than " + std::to_string(kMostParts) + " parts");
      }
      parts_.emplace_back(designator, Pads());
    }
    return parts_[found->second].second;
  }

  const std::string& name_;
  std::size_t line_ = 0;
  double unit_mm_ = kTenThousandthInch_mm;
  std::vector<std::pair<std::string, Pads>> parts_ = {};  // in the order of the file
  std::map<std::string, std::size_t> numbers_ = {};       // of them
};

Placement Reader::placement() const {
  Placement placement;
  bool some_through = false;
  bool some_long = false;
  for (const auto& [designator, pads] : parts_) {
    if (pads.count < 2) continue;
    const imaging::Box box = imaging::bounding_box(pads.corners_mm);
    PlacedPart part{.designator = designator,
                    .side = pads.on_bottom > 0 ? BoardSide::bottom : BoardSide::top,
                    .centre_mm = box.centre()};
    if (box.width > 0 && box.height > 0) part.size_mm = Point(box.width, box.height);
    some_through = some_through || pads.through == pads.count;
    some_long = some_long || designator.size() >= kDesignatorLength;
    placement.parts.push_back(std::move(part));
  }
  if (placement.parts.empty()) {
    throw Error(ErrorCode::unsupported_format, name_ + ": no part has two pads in it");
  }
  placement.notes.push_back(name_ + " tells of pads alone: parts are where theirs are, and as large.");
  if (some_through) {
    placement.notes.push_back(name_ + " does not say on which side through-hole parts stand: the top was taken.");
  }
  if (some_long) {
    placement.notes.push_back(name_ + " has at most six letters of each designator; parts may have become one.");
  }
  return placement;
}

}  // namespace

bool is_ipc_netlist(const std::string& text) {
  // Comments and parameters may come first; then each line is a record of digits.
  std::string_view rest(text);
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (is_pad(line) && line.size() > kFields && trimmed(line.substr(3)).size() > 0) {
      return line.find('X', kFields) != std::string_view::npos && line.find(',', kFields) == std::string_view::npos;
    }
    const bool before_records = trimmed(line).empty() || line.starts_with("C") || line.starts_with("P") ||
                                line.starts_with("3") || line.starts_with("0");
    if (!before_records) return false;
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  return false;
}

Placement parse_ipc_netlist(const std::string& text, const std::string& name) {
  Reader reader(name);
  std::string_view rest(text);
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (line.starts_with("999")) break;
    reader.read(line);
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  return reader.placement();
}

}  // namespace boarddiff::compare
