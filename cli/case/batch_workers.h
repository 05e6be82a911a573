// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/memory_plan.h"
#include "cli/case/picture_sizes.h"
#include "cli/case/sample_inspector.h"
#include "cli/case/sample_record.h"
#include "cli/case/worker_process.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace boarddiff::cli {

// The processes that inspect a batch's samples, as many at once as were asked for and as fit into the memory that there
// is (memory_plan.h).
class BatchWorkers {
 public:
  struct Limits {
    int jobs = 1;
    int threads = 0;             // of each; 0: what there is, shared out
    double memory_mb = 0;        // for all of them
    double guess_each_mb = 600;  // what two pictures of twelve megapixels need less than
    std::chrono::duration<double> timeout = std::chrono::seconds(600);
  };
  BatchWorkers(InspectorSettings settings, Limits limits);

  // Whether this one can be started now. True where nothing is in work.
  [[nodiscard]] bool has_room(const SampleTask& task);
  [[nodiscard]] bool is_idle() const;
  void start(std::int64_t id, const SampleTask& task);

  struct Done {
    std::int64_t id = 0;
    SampleRecord record = {};
  };
  // What has been done meanwhile; waits for it, but no longer than that.
  [[nodiscard]] std::vector<Done> wait(std::chrono::milliseconds longest);

  // The most that one inspection needed.
  [[nodiscard]] double peak_memory_mb() const { return memory_.peak_mb(); }

 private:
  using Clock = std::chrono::steady_clock;
  struct Worker {
    std::unique_ptr<WorkerProcess> process = {};
    std::optional<std::int64_t> id = {};  // in work
    Clock::time_point since = {};
    double megapixels = 0;          // of what is in work
    double largest_megapixels = 0;  // of all that this process ever had
  };

  [[nodiscard]] double megapixels_of(const SampleTask& task);
  [[nodiscard]] std::vector<double> in_work() const;  // megapixels
  void end_idle(std::size_t kept);                    // and those that are gone
  [[nodiscard]] Worker started_worker() const;
  [[nodiscard]] std::optional<SampleRecord> record_of(Worker& worker);

  InspectorSettings settings_;
  Limits limits_;
  std::vector<Worker> workers_ = {};
  PictureSizes sizes_;
  MemoryPlan memory_;
};

}  // namespace boarddiff::cli
