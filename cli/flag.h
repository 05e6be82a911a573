// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace boarddiff::cli {

// The field that a flag sets. A bool is a switch; everything else takes one value.
using Field = std::variant<bool*, int*, std::uint64_t*, double*, std::optional<double>*, std::filesystem::path*,
                           imaging::Modality*>;

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

// What --help shows in place of the value: "N", "FILE"; empty for a switch.
[[nodiscard]] std::string value_name(const Field& field);

}  // namespace boarddiff::cli
