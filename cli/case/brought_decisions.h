// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_store.h"
#include "cli/case/decisions.h"
#include "compare/database.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::cli {

// Decisions that somebody made on the page of a report, as the file that it gave them (docs/case-exports.md).
inline constexpr std::string_view kDecisionsFormat = "boarddiff.decisions/1";

struct FiledDecision {
  std::string where = {};          // in the file: "decisions[3]"
  std::string inspection = {};     // column `identity` of its sample
  std::string sample_sha256 = {};  // of its picture
  std::string report_sha256 = {};  // of the report that was decided about, as report_sha256_of
  Decision decision = {};          // `place.sample` is not known yet
};

struct DecisionsFile {
  std::string shown_name = {};
  std::string sha256 = {};      // of its bytes
  std::string case_name = {};   // of the case file that the report was of, for messages
  std::string case_begin = {};  // as case_begin_of
  std::vector<FiledDecision> decisions = {};
};

// What tells a case file, and copies of it, from others: the hash of the first entry of its trail.
[[nodiscard]] std::string case_begin_of(compare::Database& database);

// Of the report of a sample's inspection; empty where there is none.
[[nodiscard]] std::string report_sha256_of(compare::Database& database, std::int64_t sample);

// Throws Error, naming file, place and reason: unreadable_file, too_large, damaged_file for what is no such file,
// unsupported_format for one of a newer boarddiff.
[[nodiscard]] DecisionsFile read_decisions_file(const std::filesystem::path& path);

// What became of a file's decisions.
struct BroughtIn {
  std::size_t added = 0;
  std::size_t known = 0;                // that the case held already
  std::size_t outdated = 0;             // whose reviewer has decided later than that
  std::vector<std::string> notes = {};  // sentences: what a reviewer changed, and where reviewers differ now
};

// Adds the decisions of all files to the case, each with the time when it was made, and the files to its trail; or,
// where one decision cannot be, nothing. A reviewer's decisions never take the place of another's: both stand, and are
// in conflict where they differ. Throws Error{invalid_option}, naming file, place and reason: another case, a board or
// finding that the case does not hold, an inspection that has changed since, or what no decision can be.
[[nodiscard]] std::vector<BroughtIn> bring_in(CaseStore& store, const std::vector<DecisionsFile>& files);

}  // namespace boarddiff::cli
