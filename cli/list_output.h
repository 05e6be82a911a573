// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/flag.h"
#include "cli/streams.h"

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// Where a command writes its list: into a file, or on standard output without one.
struct ListOutput {
  std::filesystem::path file = {};
  bool force = false;  // replace the file where it exists
};
[[nodiscard]] std::vector<Flag> list_output_flags(ListOutput& output);

// Refuses, before any work, a file that could not or must not be written. Throws as check_targets does.
void check_list_output(const ListOutput& output, const std::vector<std::filesystem::path>& inputs);

// The text, and where it goes into a file one line that says so: "12 parts; see layout.csv".
void write_list(const ListOutput& output, const std::string& text, const std::string& count, const Streams& streams);

}  // namespace boarddiff::cli
