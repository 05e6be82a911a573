// SPDX-License-Identifier: Apache-2.0
#include "cli/points_file.h"

#include "cli/text_numbers.h"
#include "imaging/base/error.h"
#include "imaging/base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

namespace boarddiff::cli {
namespace {

using imaging::Error;
using imaging::ErrorCode;

std::string read_bytes(const std::filesystem::path& path) {
  std::error_code error;
  std::ifstream stream(path, std::ios::binary);
  if (!stream || std::filesystem::is_directory(path, error)) {
    throw Error(ErrorCode::unreadable_file, path.string() + ": cannot read the points");
  }
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  if (stream.bad()) {
    throw Error(ErrorCode::unreadable_file, path.string() + ": cannot read the points");
  }
  return bytes;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const auto first = text.find_first_not_of(kBlanks);
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

class PointsReader {
 public:
  explicit PointsReader(std::string file) : file_(std::move(file)) {}

  std::vector<imaging::Point> read(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) {
      text.remove_prefix(3);
    }
    std::vector<std::string_view> lines = split(text, '\n');
    if (lines.back().empty()) {
      lines.pop_back();  // what stands behind the last newline
    }
    line_ = 1;
    const auto header = split(lines.empty() ? std::string_view{} : lines.front(), ',');
    const std::size_t x = column(header, "x");
    const std::size_t y = column(header, "y");
    std::vector<imaging::Point> points;
    for (line_ = 2; line_ <= lines.size(); ++line_) {
      const auto cells = split(lines[line_ - 1], ',');
      const double point_x = number(cells, x, "x");
      const double point_y = number(cells, y, "y");
      points.emplace_back(point_x, point_y);
    }
    return points;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw Error(ErrorCode::damaged_file, file_ + ":" + std::to_string(line_) + ": " + why);
  }

  [[nodiscard]] std::size_t column(const std::vector<std::string_view>& header, std::string_view name) const {
    const auto has_name = [&](std::string_view cell) { return trimmed(cell) == name; };
    if (std::count_if(header.begin(), header.end(), has_name) != 1) {
      fail("the first line must name one column " + std::string(name));
    }
    return static_cast<std::size_t>(std::find_if(header.begin(), header.end(), has_name) - header.begin());
  }

  [[nodiscard]] double number(const std::vector<std::string_view>& cells, std::size_t column,
                              const std::string& name) const {
    if (column >= cells.size()) {
      fail("there is no " + name);
    }
    const std::string_view text = trimmed(cells[column]);
    double value = 0;
    const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || stopped != text.data() + text.size() || !std::isfinite(value)) {
      fail(name + " must be a number, is \"" + std::string(text) + "\"");
    }
    return value;
  }

  std::string file_;
  std::size_t line_ = 1;
};

}  // namespace

std::vector<imaging::Point> read_points(const std::filesystem::path& path) {
  return points_in_text(read_bytes(path), path.string());
}

std::vector<imaging::Point> points_in_text(const std::string& text, const std::string& shown_name) {
  return PointsReader(shown_name).read(text);
}

std::string points_text(const std::vector<imaging::Point>& points) {
  constexpr int kDigits = 4;
  std::string text = "x,y\n";
  for (const imaging::Point& point : points) {
    text += imaging::fixed_text(point.x(), kDigits) + "," + imaging::fixed_text(point.y(), kDigits) + "\n";
  }
  return text;
}

}  // namespace boarddiff::cli
