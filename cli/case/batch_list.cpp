// SPDX-License-Identifier: Apache-2.0
#include "cli/case/batch_list.h"

#include "cli/text_numbers.h"
#include "compare/table_lines.h"
#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/base/text_encoding.h"

#include <glob.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <iterator>
#include <string_view>
#include <utility>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using imaging::Error;
using imaging::ErrorCode;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

// Also of one that cannot be read: it is to be a row with a reason, not nothing.
bool is_named_as_picture(const fs::path& path) {
  constexpr std::array<std::string_view, 10> kEndings = {".jpg", ".jpeg", ".png", ".tif",   ".tiff",
                                                         ".bmp", ".webp", ".dcm", ".dicom", ".raw"};
  const std::string ending = lower(path.extension().string());
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

bool is_picture(const fs::path& path, const imaging::LoadOptions& load) {
  if (is_named_as_picture(path)) {
    return true;
  }
  try {
    return imaging::is_picture_file(path, load);
  } catch (const Error&) {
    return false;
  }
}

[[noreturn]] void cannot_read(const fs::path& path, const std::string& why) {
  throw Error(ErrorCode::unreadable_file, path.string() + ": " + why);
}

void add_folder(const fs::path& folder, const imaging::LoadOptions& load, BatchList& list) {
  std::error_code error;
  std::vector<fs::path> paths;
  auto entry = fs::recursive_directory_iterator(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const bool hidden = entry->path().filename().string().starts_with('.');
    if (hidden && entry->is_directory(error)) entry.disable_recursion_pending();
    if (hidden || !entry->is_regular_file(error)) continue;
    if (is_picture(entry->path(), load)) {
      paths.push_back(entry->path());
    } else {
      ++list.passed_over;
    }
  }
  if (error) {
    cannot_read(folder, error.message());
  }
  std::sort(paths.begin(), paths.end());
  for (fs::path& path : paths) list.samples.push_back({.path = std::move(path)});
}

void add_pattern(const std::string& pattern, BatchList& list) {
  glob_t found = {};
  if (glob(pattern.c_str(), GLOB_ERR, nullptr, &found) != 0) {
    globfree(&found);
    cannot_read(pattern, "no picture has such a name");
  }
  for (std::size_t i = 0; i < found.gl_pathc; ++i) list.samples.push_back({.path = found.gl_pathv[i]});
  globfree(&found);
}

void add_lines(std::istream& stream, BatchList& list) {
  for (std::string line; std::getline(stream, line);) {
    const std::string_view path = compare::trimmed(line);
    if (!path.empty()) list.samples.push_back({.path = std::string(path)});
  }
}

// A column of a list, and the field that it fills.
struct Column {
  std::string_view name = {};
  void (*set)(BatchSample& sample, const std::string& text, const fs::path& folder) = nullptr;
};
constexpr std::array kColumns = {
    Column{"file", [](BatchSample& s, const std::string& text, const fs::path& folder) { s.path = folder / text; }},
    Column{"reference",
           [](BatchSample& s, const std::string& text, const fs::path& folder) {
             if (!text.empty()) s.reference = folder / text;
           }},
    Column{"serial", [](BatchSample& s, const std::string& text, const fs::path&) { s.serial = text; }},
    Column{"lot", [](BatchSample& s, const std::string& text, const fs::path&) { s.lot = text; }},
    Column{"side", [](BatchSample& s, const std::string& text, const fs::path&) { s.side = lower(text); }},
    Column{"stage", [](BatchSample& s, const std::string& text, const fs::path&) { s.stage = text; }},
    Column{"operator", [](BatchSample& s, const std::string& text, const fs::path&) { s.performer = text; }},
    Column{"date", [](BatchSample& s, const std::string& text, const fs::path&) { s.taken = text; }},
};

[[noreturn]] void wrong_list(const fs::path& path, std::size_t line, const std::string& why) {
  throw Error(ErrorCode::invalid_option, path.string() + ", line " + std::to_string(line) + ": " + why);
}

std::string column_names() {
  std::string names;
  for (const Column& column : kColumns) names.append(names.empty() ? "" : ", ").append(column.name);
  return names;
}

std::vector<const Column*> columns_in(const compare::Line& line, char separator, const fs::path& path) {
  std::vector<const Column*> columns;
  for (const std::string& cell : compare::quoted_cells(line.text, separator)) {
    const auto column =
        std::find_if(kColumns.begin(), kColumns.end(), [&](const Column& one) { return one.name == lower(cell); });
    if (column == kColumns.end()) {
      wrong_list(path, line.number, "there is no column \"" + cell + "\"; those of a list are " + column_names());
    }
    if (std::find(columns.begin(), columns.end(), &*column) != columns.end()) {
      wrong_list(path, line.number, "the column " + cell + " is there twice");
    }
    columns.push_back(&*column);
  }
  if (std::find(columns.begin(), columns.end(), &kColumns.front()) == columns.end()) {
    wrong_list(path, line.number, "there is no column file, which names the pictures");
  }
  return columns;
}

void add_list(const fs::path& path, BatchList& list) {
  constexpr std::uint64_t kMostMegabytes = 100;
  const std::string text = imaging::as_utf8(imaging::read_string(path, kMostMegabytes));
  const std::vector<compare::Line> lines = compare::lines_of(text);
  if (lines.empty()) {
    throw Error(ErrorCode::invalid_option, path.string() + ": is empty");
  }
  const std::string_view head = lines.front().text;
  const char separator = head.find(';') != std::string_view::npos    ? ';'
                         : head.find('\t') != std::string_view::npos ? '\t'
                                                                     : ',';
  const std::vector<const Column*> columns = columns_in(lines.front(), separator, path);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const compare::Cells cells = compare::quoted_cells(lines[i].text, separator);
    if (cells.size() > columns.size()) {
      wrong_list(path, lines[i].number,
                 "has " + std::to_string(cells.size()) + " cells, and there are " + std::to_string(columns.size()) +
                     " columns");
    }
    BatchSample sample;
    for (std::size_t k = 0; k < cells.size(); ++k) columns[k]->set(sample, cells[k], path.parent_path());
    if (!sample.path.has_filename()) wrong_list(path, lines[i].number, "names no file");
    if (!sample.side.empty() && sample.side != "top" && sample.side != "bottom") {
      wrong_list(path, lines[i].number, "the side is \"" + sample.side + "\"; it is top or bottom");
    }
    list.samples.push_back(std::move(sample));
  }
}

void add_argument(const std::string& argument, const imaging::LoadOptions& load, BatchList& list,
                  std::istream& standard_input) {
  std::error_code error;
  if (argument == "-") {
    add_lines(standard_input, list);
  } else if (fs::is_directory(argument, error)) {
    add_folder(argument, load, list);
  } else if (lower(fs::path(argument).extension().string()) == ".csv") {
    add_list(argument, list);
  } else if (fs::exists(argument, error)) {
    list.samples.push_back({.path = argument});
  } else if (argument.find_first_of("*?[") != std::string::npos) {
    add_pattern(argument, list);
  } else {
    cannot_read(argument, "is not there");
  }
}

}  // namespace

BatchList list_samples(const std::vector<std::string>& arguments, const imaging::LoadOptions& load,
                       std::istream& standard_input) {
  BatchList list;
  for (const std::string& argument : arguments) add_argument(argument, load, list, standard_input);
  return list;
}

std::optional<Shard> parse_shard(const std::string& text) {
  const auto parts = split(text, '/');
  if (parts.size() != 2) {
    return {};
  }
  const auto number = number_in<std::size_t>(parts[0]);
  const auto of = number_in<std::size_t>(parts[1]);
  if (!number || !of || *number < 1 || *number > *of) {
    return {};
  }
  return Shard{*number, *of};
}

std::optional<Shard> shard_of_array_task() {
  const auto number = [](const char* name) {
    const char* text = std::getenv(name);
    return text == nullptr ? std::optional<std::size_t>() : number_in<std::size_t>(text);
  };
  const auto task = number("SLURM_ARRAY_TASK_ID");
  const auto count = number("SLURM_ARRAY_TASK_COUNT");
  const std::size_t first = number("SLURM_ARRAY_TASK_MIN").value_or(0);
  if (!task || !count || *task < first || *task - first >= *count) {
    return {};
  }
  return Shard{*task - first + 1, *count};
}

}  // namespace boarddiff::cli
