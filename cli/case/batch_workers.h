// SPDX-License-Identifier: Apache-2.0
#pragma once

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
// is. How much one needs is known when the first has been inspected; until then it is guessed.
class BatchWorkers {
 public:
  struct Limits {
    int jobs = 1;
    int threads = 0;             // of each; 0: what there is, shared out
    double memory_mb = 0;        // for all of them
    double guess_each_mb = 600;  // boards of six megapixels need less
    std::chrono::duration<double> timeout = std::chrono::seconds(600);
  };
  BatchWorkers(InspectorSettings settings, Limits limits) : settings_(std::move(settings)), limits_(limits) {}

  [[nodiscard]] bool has_room() const;
  [[nodiscard]] bool is_idle() const;
  void start(std::int64_t id, const SampleTask& task);

  struct Done {
    std::int64_t id = 0;
    SampleRecord record = {};
  };
  // What has been done meanwhile; waits for it, but no longer than that.
  [[nodiscard]] std::vector<Done> wait(std::chrono::milliseconds longest);

  // The most that one inspection needed.
  [[nodiscard]] double peak_memory_mb() const { return peak_memory_mb_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Worker {
    std::unique_ptr<WorkerProcess> process = {};
    std::optional<std::int64_t> id = {};  // in work
    Clock::time_point since = {};
  };

  [[nodiscard]] std::size_t most_at_once() const;
  [[nodiscard]] std::size_t busy() const;
  [[nodiscard]] Worker started_worker() const;
  [[nodiscard]] std::optional<SampleRecord> record_of(Worker& worker);

  InspectorSettings settings_;
  Limits limits_;
  std::vector<Worker> workers_ = {};
  double peak_memory_mb_ = 0;
};

}  // namespace boarddiff::cli
