// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_boards.h"
#include "compare/database.h"
#include "imaging/base/output_file.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// The page of reviews to look at alone, with all it shows: opened from a folder, or one file, without a network.

// Whether its readers decide, and download what they decided as a file for `boarddiff decide`.
enum class ReportFor { reading, deciding };

struct WrittenReport {
  std::size_t files = 0;
  std::uintmax_t bytes = 0;
  std::vector<std::string> notes = {};  // whose pictures are only there in small, and why
};

// index.html and what it loads; pictures beyond 20 megapixels as tiles. What is there is a folder that holds all, or
// nothing new: the folder takes its name when it is complete. Replaced is only a folder that holds such a report.
// Throws Error: output_exists, unwritable_output.
[[nodiscard]] WrittenReport write_report_folder(compare::Database& database, const std::vector<CaseBoard>& boards,
                                                const std::filesystem::path& folder, imaging::Replace replace,
                                                ReportFor use);

// The page of one board with everything in it. `notes` as above.
struct ReportPage {
  std::string html = {};
  std::vector<std::string> notes = {};
};
[[nodiscard]] ReportPage report_page(compare::Database& database, const CaseBoard& board, ReportFor use);

}  // namespace boarddiff::cli
