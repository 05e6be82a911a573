// SPDX-License-Identifier: Apache-2.0
#include "cli/case/reading_options.h"

#include "cli/flag.h"
#include "cli/stage_flags.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace boarddiff::cli {

ReadingOptions reading_options_in(const std::string& options) {
  ReadingOptions reading;
  std::vector<Flag> flags = load_flags(reading.load).flags;
  flags.push_back({"modality", &reading.modality, ""});
  const nlohmann::json given = nlohmann::json::parse(options, nullptr, false);
  for (const Flag& flag : flags) {
    if (!given.is_object() || !given.contains(flag.name) || !given[flag.name].is_string()) continue;
    static_cast<void>(set_field(flag.field, given[flag.name].get<std::string>()));
  }
  return reading;
}

}  // namespace boarddiff::cli
