// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_boards.h"
#include "cli/case/decisions.h"
#include "cli/exit_status.h"
#include "compare/database.h"

#include <opencv2/core.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

struct ExportedFinding {
  CaseFinding found = {};
  Standing decided = {};

  // Whether it still counts: a finding until it is dismissed, a candidate from when somebody thought it worth a look.
  [[nodiscard]] bool counts() const;
};

struct ExportedBoard {
  CaseBoard board = {};
  cv::Size sample_size = {};  // as shown; empty where it is not known
  std::vector<ExportedFinding> findings = {};
  Standing decided = {};  // on the board as a whole

  [[nodiscard]] int counting() const;  // findings that do
  // Whether somebody has said something of the board as a whole that has to be looked at.
  [[nodiscard]] bool is_suspected() const;
  // As an inspection would end: trouble where there was none, so that what waits is never "nothing found".
  [[nodiscard]] ExitStatus status() const;
  // "SN17, bottom, arrived"; text as the file has it.
  [[nodiscard]] std::string title() const;
};

// What a report of a case file is written from. Boxes and scores are finite numbers, texts may hold anything.
struct CaseExport {
  std::string file = {};
  std::string trail_hash = {};  // the last
  std::vector<ExportedBoard> boards = {};

  // Of the boards, the worst: 2 over 3 over 1 over 0.
  [[nodiscard]] ExitStatus status() const;
};

struct ExportChoice {
  bool all = false;         // also boards that were compared and have nothing to look at
  bool candidates = false;  // also what lies below the threshold and nobody has decided on
  double min_score = 0;     // of these
  std::string board = {};   // only rows with this serial or file; empty: of all boards
};

// The most alarming board first. Throws Error{invalid_option} for a case without boards, or without that one.
[[nodiscard]] CaseExport read_export(compare::Database& database, const std::filesystem::path& case_file,
                                     const ExportChoice& choice);

}  // namespace boarddiff::cli
