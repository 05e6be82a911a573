// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/batch_list.h"
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

// Who works on a case file, as they say; either may be empty.
struct Station {
  std::string performer = {};
  std::string station = {};
};

// What a batch is about to do.
struct BatchPlan {
  std::vector<BatchSample> samples = {};
  std::size_t first_place = 0;  // of samples.front() in the whole list, and the step from one to the next: those of a
  std::size_t place_step = 1;   // shard
  std::filesystem::path reference = {};
  std::string options = {};  // as JSON: all that decides what an inspection computes
  bool retry = false;        // what could not be inspected before is to be tried again
};

// What the file says of the planned samples.
struct Planned {
  std::vector<std::int64_t> ids = {};     // of all of them, in their order, and of those that they bring with them
  std::size_t known = 0;                  // inspected before
  std::size_t repeated = 0;               // the same picture as another one
  std::size_t unreadable = 0;             // whose files could not even be read
  std::vector<std::string> remarks = {};  // worth saying: "X is the reference itself"
};

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

  // Reads every file once for its hash, then enters what is not known yet, all or nothing. A sample of a serial that
  // has been inspected at another stage is also compared with its picture of the last one: two rows. `progress` hears
  // how many files were read.
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
  std::int64_t reference_row(const std::filesystem::path& path, const std::string& sha256);
  std::int64_t options_row(const std::string& content);

  compare::Database database_;
  std::vector<std::string> notes_ = {};
  Station station_ = {};
  std::string claimant_ = {};
  bool writes_ = false;
};

}  // namespace boarddiff::cli
