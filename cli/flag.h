// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace boarddiff::cli {

// A field that takes one of a few names.
struct Choice {
  std::vector<std::string> names = {};
  std::function<void(std::size_t index)> set = {};
  std::function<std::size_t()> get = {};
};

// Of an enumeration: these values, each with its name_of.
template <typename Enum, typename Values>
[[nodiscard]] Choice choice(Enum* field, const Values& values) {
  const std::vector<Enum> known(values.begin(), values.end());
  Choice made;
  for (const Enum value : known) {
    made.names.emplace_back(name_of(value));
  }
  made.set = [field, known](std::size_t index) { *field = known.at(index); };
  made.get = [field, known] {
    return static_cast<std::size_t>(std::find(known.begin(), known.end(), *field) - known.begin());
  };
  return made;
}

// The field that a flag sets. A bool is a switch; everything else takes one value.
using Field = std::variant<bool*, int*, std::uint64_t*, double*, std::optional<double>*, std::string*,
                           std::filesystem::path*, imaging::Modality*, Choice>;

// One flag of a command. The field's value when the table is made is the default that --help shows.
struct Flag {
  std::string name = {};     // without the two dashes: "registration.min-inliers"
  Field field = {};          // not null
  std::string meaning = {};  // for --help
  bool in_config = true;     // whether a configuration file may set it
};

struct FlagGroup {
  std::string title = {};
  std::vector<Flag> flags = {};
};

// Reads the text into the field, independent of any locale. Returns the broken rule ("must be a whole number"), or
// nothing when the text was good; the field is set only then.
[[nodiscard]] std::optional<std::string> set_field(const Field& field, const std::string& text);

// The field's value as text that set_field reads back; empty when there is no value.
[[nodiscard]] std::string field_text(const Field& field);

// The names that the field takes; empty for numbers and texts.
[[nodiscard]] std::vector<std::string> names_of(const Field& field);

// What --help shows in place of the value: "N", "PATH", "photo|xray"; empty for a switch.
[[nodiscard]] std::string value_name(const Field& field);

}  // namespace boarddiff::cli
