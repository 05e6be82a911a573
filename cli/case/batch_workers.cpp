// SPDX-License-Identifier: Apache-2.0
#include "cli/case/batch_workers.h"

#include "imaging/base/execution.h"
#include "imaging/base/text.h"

#include <nlohmann/json.hpp>

#include <poll.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

namespace boarddiff::cli {
namespace {

using Json = nlohmann::json;

std::string message_of(const SampleTask& task) {
  // Paths are bytes, not always text.
  const auto bytes = [](const std::filesystem::path& path) {
    const std::string& text = path.native();
    return Json::binary({text.begin(), text.end()});
  };
  std::string message;
  Json::to_cbor({{"path", bytes(task.path)}, {"sha256", task.sha256}, {"reference", bytes(task.reference)}}, message);
  return message;
}

SampleTask task_in(const std::string& message) {
  const Json json = Json::from_cbor(message);
  const auto path = [&](const char* name) {
    const auto& bytes = json.at(name).get_binary();
    return std::filesystem::path(std::string(bytes.begin(), bytes.end()));
  };
  return {.path = path("path"), .sha256 = json.at("sha256"), .reference = path("reference")};
}

int threads_each(int jobs, int given) {
  return given > 0 ? given : std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / jobs);
}

}  // namespace

std::size_t BatchWorkers::most_at_once() const {
  constexpr double kSpare = 1.15;  // boards differ
  const auto jobs = static_cast<std::size_t>(limits_.jobs);
  const double each = peak_memory_mb_ > 0 ? kSpare * peak_memory_mb_ : limits_.guess_each_mb;
  const double fit = limits_.memory_mb / each;
  return std::clamp(static_cast<std::size_t>(std::max(fit, 1.0)), std::size_t{1}, jobs);
}

std::size_t BatchWorkers::busy() const {
  return static_cast<std::size_t>(
      std::count_if(workers_.begin(), workers_.end(), [](const Worker& worker) { return worker.id.has_value(); }));
}

bool BatchWorkers::has_room() const { return busy() < most_at_once(); }

bool BatchWorkers::is_idle() const { return busy() == 0; }

BatchWorkers::Worker BatchWorkers::started_worker() const {
  const int threads = threads_each(limits_.jobs, limits_.threads);
  return {.process = std::make_unique<WorkerProcess>(
              [threads, inspector = std::make_shared<SampleInspector>(settings_)](const std::string& message) {
                imaging::set_thread_count(threads);
                return bytes_of(inspector->inspect(task_in(message)));
              })};
}

void BatchWorkers::start(std::int64_t id, const SampleTask& task) {
  auto free = std::find_if(workers_.begin(), workers_.end(), [](const Worker& worker) { return !worker.id; });
  if (free == workers_.end()) {
    workers_.push_back(started_worker());
    free = workers_.end() - 1;
  }
  free->id = id;
  free->since = Clock::now();
  free->process->ask(message_of(task));
}

std::optional<SampleRecord> BatchWorkers::record_of(Worker& worker) {
  switch (worker.process->take()) {
    case WorkerProcess::State::answered:
      peak_memory_mb_ = std::max(peak_memory_mb_, worker.process->peak_memory_mb());
      return record_in(worker.process->answer());
    case WorkerProcess::State::ended:
      return SampleRecord{.end = SampleEnd::failed, .reason = "its inspection ended: " + worker.process->end()};
    case WorkerProcess::State::thinking:
      break;
  }
  if (Clock::now() - worker.since > limits_.timeout) {
    worker.process.reset();
    return SampleRecord{.end = SampleEnd::failed,
                        .reason = "no answer in " + imaging::number_text(limits_.timeout.count()) + " s"};
  }
  return {};
}

std::vector<BatchWorkers::Done> BatchWorkers::wait(std::chrono::milliseconds longest) {
  std::vector<pollfd> events;
  for (const Worker& worker : workers_) {
    if (worker.id) events.push_back({worker.process->descriptor(), POLLIN, 0});
  }
  poll(events.data(), events.size(), static_cast<int>(longest.count()));
  std::vector<Done> done;
  for (Worker& worker : workers_) {
    if (!worker.id) continue;
    if (std::optional<SampleRecord> record = record_of(worker)) {
      done.push_back({*worker.id, *std::move(record)});
      worker.id.reset();
    }
  }
  // Those that ended, and those that there is no memory for.
  std::size_t kept = 0;
  std::erase_if(workers_, [&](const Worker& worker) {
    const bool is_gone = !worker.process || !worker.process->end().empty();
    return is_gone || (!worker.id && kept >= most_at_once()) || (++kept, false);
  });
  return done;
}

}  // namespace boarddiff::cli
