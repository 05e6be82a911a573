// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/batch_list.h"
#include "cli/case/case_store.h"
#include "cli/case/sample_inspector.h"
#include "cli/exit_status.h"
#include "cli/streams.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// Many samples into one case file.
struct BatchJob {
  std::vector<std::string> arguments = {};  // what list_samples takes
  std::filesystem::path case_file = {};
  InspectorSettings settings = {};
  std::string options = {};  // as BatchPlan::options
  Station station = {};
  std::string stage = {};  // of samples whose list says none
  int jobs = 0;            // at the same time; run_batch wants at least 1
  int threads = 0;         // for each board; 0: all processors, shared out
  int memory_mb = 0;       // for all boards in work; 0: most of what is free
  double timeout_s = 600;
  std::optional<Shard> shard = {};
  bool retry = false;
  bool hash_all = false;      // as BatchPlan::hash_all
  bool no_reference = false;  // the lot is compared with one of its own boards, and says what is odd about that
  bool watch = false;         // go on with what comes into the folders, until interrupted
  bool quiet = false;
};

struct BatchResult {
  std::vector<RankedBoard> boards = {};  // as CaseStore::ranked
  std::vector<std::string> notes = {};
};

// Several samples at once, each in a process of its own, each a transaction. What was inspected before stays as it is:
// the same job goes on where it was broken off. Throws Error for arguments, the reference and the case file; what a
// sample does is a row. `standard_input`: see list_samples. `interrupted`: whether the user wants it to end.
[[nodiscard]] BatchResult run_batch(const BatchJob& job, std::istream& standard_input,
                                    const std::function<bool()>& interrupted, const Streams& streams);

// The table of the most alarming ones, and the counts.
[[nodiscard]] std::string table_of(const std::vector<RankedBoard>& boards);

}  // namespace boarddiff::cli
