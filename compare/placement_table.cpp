// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_table.h"

#include "compare/placement_columns.h"
#include "compare/placement_text.h"
#include "compare/table_lines.h"
#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace boarddiff::compare {

namespace {

using imaging::Error;
using imaging::ErrorCode;

constexpr double kLargest_mm = 2000;
constexpr std::size_t kMostParts = 200'000;
constexpr std::size_t kMostLinesBefore = 200;  // the line that names the columns
constexpr char kBlanks = ' ';                  // as a separator: any number of blanks
constexpr std::array kSeparators = {'\t', ';', ',', kBlanks};

Cells cells_of(std::string_view line, char separator) {
  if (separator != kBlanks) return quoted_cells(line, separator);
  std::istringstream words{std::string(line)};
  return {std::istream_iterator<std::string>(words), {}};
}

// "12.5", "12,5", "1.234,5", "1,234.5"; nothing where it is no finite number.
std::optional<double> number_in(std::string_view text) {
  std::string digits(trimmed(text));
  const auto point = digits.rfind('.');
  const auto comma = digits.rfind(',');
  if (comma != std::string::npos && (point == std::string::npos || comma > point)) {
    std::erase(digits, '.');
    if (std::count(digits.begin(), digits.end(), ',') != 1) return std::nullopt;
    std::replace(digits.begin(), digits.end(), ',', '.');
  } else {
    std::erase(digits, ',');
  }
  const char* first = digits.data() + (digits.starts_with('+') ? 1 : 0);
  const char* last = digits.data() + digits.size();
  double value = 0;
  const auto [stopped, error] = std::from_chars(first, last, value);
  if (first == last || error != std::errc() || stopped != last || !std::isfinite(value)) return std::nullopt;
  return value;
}

struct Length {
  double value = 0;
  std::optional<double> unit_mm = {};  // where it has one of its own: "12.5mm"
};

std::optional<Length> length_in(std::string_view text) {
  const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  std::string_view number = trimmed(text);
  std::size_t letters = 0;
  while (letters < number.size() && is_letter(number[number.size() - 1 - letters])) {
    ++letters;
  }
  Length length;
  if (letters > 0) {
    length.unit_mm = unit_in_mm(number.substr(number.size() - letters));
    if (!length.unit_mm) return std::nullopt;
    number.remove_suffix(letters);
  }
  const std::optional<double> value = number_in(number);
  if (!value) return std::nullopt;
  length.value = *value;
  return length;
}

// "## Unit = mm, Angle = deg.", "Units used: mil"; nothing where the line names no unit.
std::optional<double> unit_named_in(std::string_view line) {
  std::string text(line);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  const auto unit = text.find("unit");
  if (unit == std::string::npos) return std::nullopt;
  std::replace_if(
      text.begin(), text.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, ' ');
  std::istringstream words(text.substr(unit));
  for (std::string word; words >> word;) {
    if (const auto found = unit_in_mm(word)) return found;
  }
  return std::nullopt;
}

std::string_view without_hash(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of('#'), line.size()));
  return trimmed(line);
}

// How a table is to be read.
struct Form {
  PlacementColumns columns = {};
  char separator = ',';
  std::size_t first_row = 0;  // among the lines
  bool ours = false;          // written by placement_text: y points down, angles run clockwise, and there is more
};

// The columns of our own list behind those of any table.
constexpr std::size_t kWidth = 7;
constexpr std::size_t kHeight = 8;
constexpr std::size_t kPopulated = 9;

// Nothing where no line names the columns.
std::optional<Form> form_of(const std::vector<Line>& lines) {
  for (std::size_t i = 0; i < std::min(lines.size(), kMostLinesBefore); ++i) {
    for (const char separator : kSeparators) {
      const PlacementColumns columns = placement_columns(cells_of(without_hash(lines[i].text), separator));
      if (columns.complete()) {
        return Form{.columns = columns,
                    .separator = separator,
                    .first_row = i + 1,
                    .ours = lines[i].text.starts_with(kPlacementCsvHead)};
      }
    }
  }
  return std::nullopt;
}

// Eagle's mountsmd writes no names: designator, x, y, angle, value, package.
std::optional<Form> headless_form(const std::vector<Line>& lines) {
  constexpr std::size_t kLeast = 4;
  const auto is_part = [](const Line& line) {
    const Cells cells = cells_of(line.text, kBlanks);
    return cells.size() >= kLeast && !number_in(cells[0]) && number_in(cells[1]) && number_in(cells[2]) &&
           number_in(cells[3]);
  };
  if (lines.empty() || !std::all_of(lines.begin(), lines.end(), is_part)) return std::nullopt;
  return Form{.columns = {.designator = 0, .x = 1, .y = 2, .angle = 3, .value = 4, .package = 5}, .separator = kBlanks};
}

// The line with the most cells, for a message.
std::string likeliest_names(const std::vector<Line>& lines) {
  Cells most;
  std::size_t number = 0;
  for (std::size_t i = 0; i < std::min(lines.size(), kMostLinesBefore); ++i) {
    for (const char separator : kSeparators) {
      Cells cells = cells_of(without_hash(lines[i].text), separator);
      if (separator != kBlanks && cells.size() > most.size()) {
        most = std::move(cells);
        number = lines[i].number;
      }
    }
  }
  if (most.size() < 2) return "it holds no table";
  std::string names = "line " + std::to_string(number) + " has";
  for (const std::string& name : most) {
    names += (&name == &most.front() ? " \"" : ", \"") + imaging::printable_text(name, 40) + "\"";
  }
  return names;
}

class TableReader {
 public:
  TableReader(std::string name, const Form& form, std::optional<double> unit_mm)
      : name_(std::move(name)), form_(form), unit_mm_(unit_mm), way_(form_.ours ? 1 : -1) {}

  Placement read(const std::vector<Line>& lines) {
    for (std::size_t i = form_.first_row; i < lines.size(); ++i) {
      line_ = lines[i];
      if (!line_.text.starts_with('#')) {
        cells_ = cells_of(line_.text, form_.separator);
        read_row();
      }
    }
    if (unit_supposed_) placement_.notes.emplace_back("No unit is named: the numbers are taken as millimetres.");
    if (!form_.columns.side && !placement_.parts.empty()) {
      placement_.notes.emplace_back("No column names the side: all parts are taken to be on the top.");
    }
    note_repeated();
    return std::move(placement_);
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw Error(ErrorCode::damaged_file, name_ + ":" + std::to_string(line_.number) + ": " + why);
  }

  [[nodiscard]] std::string cell(const std::optional<std::size_t>& column) const {
    return column && *column < cells_.size() ? imaging::printable_text(cells_[*column]) : std::string();
  }

  void read_row() {
    if (std::all_of(cells_.begin(), cells_.end(), [](const std::string& one) { return one.empty(); })) return;
    const std::size_t least = std::max({*form_.columns.designator, *form_.columns.x, *form_.columns.y}) + 1;
    if (cells_.size() < least) {
      fail("has " + std::to_string(cells_.size()) + " cells, and the place is in number " + std::to_string(least));
    }
    if (placement_.parts.size() == kMostParts) {
      throw Error(ErrorCode::too_large, name_ + ": has more than " + std::to_string(kMostParts) + " parts");
    }
    PlacedPart part{.designator = cell(form_.columns.designator),
                    .value = cell(form_.columns.value),
                    .package = cell(form_.columns.package),
                    .side = side()};
    part.centre_mm = imaging::Point(length_mm(form_.columns.x, form_.columns.x_unit_mm),
                                    way_ * length_mm(form_.columns.y, form_.columns.y_unit_mm));
    part.angle_deg = angle_deg();
    if (form_.ours) {
      part.populated = cell(kPopulated) != "no";
      if (!cell(kWidth).empty() && !cell(kHeight).empty()) {
        part.size_mm = imaging::Point(length_mm(kWidth, 1), length_mm(kHeight, 1));
      }
    }
    placement_.parts.push_back(std::move(part));
  }

  // The number's own unit counts before that of its column, and that before the one of the file.
  double length_mm(const std::optional<std::size_t>& column, const std::optional<double>& of_column_mm) {
    const std::string text = cell(column);
    const std::optional<Length> length = length_in(text);
    if (!length) fail("\"" + text + "\" is no length");
    const std::optional<double> named_mm = of_column_mm ? of_column_mm : unit_mm_;
    const std::optional<double> unit_mm = length->unit_mm ? length->unit_mm : named_mm;
    unit_supposed_ = unit_supposed_ || !unit_mm;
    const double value_mm = length->value * unit_mm.value_or(1);
    if (std::abs(value_mm) > kLargest_mm) fail("\"" + text + "\" is farther than 2 m away");
    return value_mm;
  }

  [[nodiscard]] double angle_deg() const {
    constexpr double kFull = 360;
    const std::string text = cell(form_.columns.angle);
    if (text.empty()) return 0;
    const std::optional<double> angle = number_in(text);
    if (!angle) fail("\"" + text + "\" is no angle");
    const double clockwise = std::fmod(way_ * *angle, kFull);
    return clockwise < 0 ? clockwise + kFull : clockwise + 0.0;
  }

  // By the first letter: T(op), TopLayer, F(ront), F.Cu; B(ottom), BottomLayer, B(ack), B.Cu.
  [[nodiscard]] BoardSide side() const {
    if (!form_.columns.side) return BoardSide::top;
    const std::string text = cell(form_.columns.side);
    const char first = text.empty() ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
    if (first == 't' || first == 'f') return BoardSide::top;
    if (first == 'b') return BoardSide::bottom;
    fail("\"" + text + "\" is neither top nor bottom");
  }

  void note_repeated() {
    std::set<std::string> seen;
    std::set<std::string> twice;
    for (const PlacedPart& part : placement_.parts) {
      if (!seen.insert(part.designator).second) twice.insert(part.designator);
    }
    if (!twice.empty()) {
      placement_.notes.push_back(
          "More than one part is called " + *twice.begin() +
          (twice.size() > 1 ? " (and so with " + std::to_string(twice.size() - 1) + " more)." : "."));
    }
  }

  std::string name_;
  Form form_;
  std::optional<double> unit_mm_;
  double way_;  // of y and of angles
  Line line_ = {};
  Cells cells_ = {};
  bool unit_supposed_ = false;
  Placement placement_ = {};
};

}  // namespace

Placement parse_placement_table(const std::string& text, const std::string& name) {
  const std::vector<Line> lines = lines_of(text);
  std::optional<Form> form = form_of(lines);
  if (!form) form = headless_form(lines);
  if (!form) {
    throw Error(ErrorCode::unsupported_format, name + ": no line names the columns of a placement table: " +
                                                   likeliest_names(lines) + "; known are " + known_placement_columns());
  }
  std::optional<double> unit_mm;
  for (std::size_t i = 0; i < form->first_row && !unit_mm; ++i) {
    unit_mm = unit_named_in(lines[i].text);
  }
  return TableReader(name, *form, unit_mm).read(lines);
}

}  // namespace boarddiff::compare
