// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_store.h"
#include "cli/case/decisions.h"
#include "cli/export/case_export.h"
#include "tests/cli/made_up_case.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace boarddiff::test {

// Serial, lot, file and words as nobody would write them who means well: quotes, separators, a formula, markup, line
// breaks, control characters, bytes that are not UTF-8.
inline const std::string kHostile = "=cmd|' /C calc'!A0,\"<&>]]>\n\t\x01\x1b[31m\xff\xe2\x80\xae end";

// A case file that grows board by board.
class ExportedCase {
 public:
  ExportedCase();

  // The number of its row. The pictures are none, and are not the same.
  std::int64_t add(cli::BatchSample sample, const cli::SampleRecord& record);
  // One that nobody has inspected yet.
  std::int64_t add_waiting(const cli::BatchSample& sample);
  void decide(std::int64_t sample, int number, const std::string& verdict, const std::string& reviewer = "Ann");

  [[nodiscard]] const MadeUpCase& made() const { return made_; }
  [[nodiscard]] cli::CaseStore& store() { return store_; }
  [[nodiscard]] std::filesystem::path file() const { return made_ / "made.bdcase"; }
  [[nodiscard]] cli::CaseExport exported(const cli::ExportChoice& choice = {});

 private:
  MadeUpCase made_ = {};
  cli::CaseStore store_;
};

// As inspected(), of a sample of 640 x 480 pixels.
[[nodiscard]] cli::SampleRecord inspected_in_size(std::vector<cli::FindingRecord> findings);

}  // namespace boarddiff::test
