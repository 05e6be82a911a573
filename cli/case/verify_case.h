// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace boarddiff::cli {

// What a case file is as it lies there.
struct CaseCheck {
  std::string trouble = {};  // the first thing that does not fit, as one sentence; empty: all does
  std::int64_t schema = 0;   // this and the rest: of what could be read before that
  std::int64_t entries = 0;  // of the trail
  std::int64_t samples = 0;
  std::int64_t decisions = 0;
  std::string last_hash = {};                       // of the trail; 64 zeros where it is empty
  std::optional<std::int64_t> expected_entry = {};  // whose hash was expected; 0: that of an empty trail
};

// Checks in this order: that SQLite finds nothing wrong with the file and no row speaks of one that is not there, that
// the tables are those of its schema, that each entry of the trail carries the hash of the one before and its own, that
// `expected` (64 hexadecimal digits; empty: nothing) is the hash of one of them, that rows are what entries say
// (recorded_rows.h) and what their reports say (reported_rows.h). All of it is one moment of the file, also while a
// batch writes. Nothing is written, made or changed, neither in the file nor beside it.
//
// Throws Error for a file that cannot be read, is none of SQLite's or no case file, or was made by a newer boarddiff.
[[nodiscard]] CaseCheck verify_case(const std::filesystem::path& path, const std::string& expected = {});

}  // namespace boarddiff::cli
