// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/batch_list.h"
#include "cli/case/sample_identity.h"
#include "cli/case/seen_files.h"
#include "compare/database.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
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
  bool hash_all = false;     // read also pictures that are as they were seen before, by their stamps
};

// What the file says of the planned samples.
struct Planned {
  std::vector<std::int64_t> ids = {};     // of all of them, in their order, and of those that they bring with them
  std::size_t known = 0;                  // inspected before
  std::size_t repeated = 0;               // the same picture as another one
  std::size_t unreadable = 0;             // whose files could not even be read
  std::size_t read = 0;                   // for their hash; the others are as they were seen before
  std::vector<std::string> remarks = {};  // worth saying: "X is the reference itself"
};

// The hashes of all files of a plan.
struct ReadFiles {
  std::map<std::filesystem::path, std::string> references = {};
  std::vector<SeenFile> pictures = {};  // of the samples, in their order
};
// Reads every file once, but for pictures whose hash the case file knows. `progress` hears of how many samples it is
// known now. Throws Error for a reference.
[[nodiscard]] ReadFiles read_files(compare::Database& database, const BatchPlan& plan,
                                   const std::function<void(std::size_t)>& progress);

// Enters what a case file does not know yet, and what files are to be known by the next time, within a transaction of
// the caller. A sample of a serial that was pictured at another stage is also compared with that picture: two rows.
[[nodiscard]] Planned enter_samples(compare::Database& database, const BatchPlan& plan, const ReadFiles& files,
                                    const Station& station);

}  // namespace boarddiff::cli
