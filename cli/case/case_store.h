// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/plan_samples.h"
#include "cli/case/sample_inspector.h"
#include "cli/case/sample_record.h"
#include "cli/exit_status.h"
#include "compare/database.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::cli {

// One line of the ranked table.
struct RankedBoard {
  std::string name = {};  // the serial, or else the file
  std::string stage = {};
  std::string state = {};    // of its worst side
  std::string outcome = {};  // likewise
  std::string reason = {};
  double score = 0;  // the highest
  std::int64_t findings = 0;
};

// Trouble over not comparable over findings over nothing.
[[nodiscard]] ExitStatus worst_of(const std::vector<RankedBoard>& boards);

// A case file (docs/case-file.md) as a batch uses it. Throws Error as Database does.
class CaseStore {
 public:
  CaseStore(const std::filesystem::path& path, compare::DatabaseAccess access, Station station = {});
  ~CaseStore();
  CaseStore(const CaseStore&) = delete;
  CaseStore& operator=(const CaseStore&) = delete;

  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }
  [[nodiscard]] compare::Database& database() { return database_; }

  // Finds the hash of every file (seen_files.h), then enters what is not known yet, all or nothing. A sample of a
  // serial that has been inspected at another stage is also compared with its picture of the last one: two rows.
  // `progress` hears of how many files it is known.
  [[nodiscard]] Planned plan(const BatchPlan& plan, const std::function<void(std::size_t)>& progress = {});

  // The reference that samples with these options have, where there are any.
  [[nodiscard]] std::filesystem::path reference_with(const std::string& options);

  // Takes a waiting sample in hand; nothing where it is not waiting, or another process has it.
  [[nodiscard]] std::optional<SampleTask> claim(std::int64_t id);
  // Whether it still waits, here or with another process.
  [[nodiscard]] bool is_waiting(std::int64_t id);
  // What became of one in hand; all or nothing.
  void record(std::int64_t id, const SampleRecord& record);

  // Of these samples, by board, the most alarming first; equal ones by name.
  [[nodiscard]] std::vector<RankedBoard> ranked(const std::vector<std::int64_t>& ids);

  // Within a transaction of the caller.
  void add_to_trail(const std::string& action, const std::string& subject, const std::string& detail);

 private:
  compare::Database database_;
  std::vector<std::string> notes_ = {};
  Station station_ = {};
  std::string claimant_ = {};
  bool writes_ = false;
};

}  // namespace boarddiff::cli
