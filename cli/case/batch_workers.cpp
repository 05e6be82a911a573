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

constexpr double kGuessMegapixels = 24;  // of both pictures that Limits::guess_each_mb is for

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

BatchWorkers::BatchWorkers(InspectorSettings settings, Limits limits)
    : settings_(std::move(settings)),
      limits_(limits),
      sizes_(settings_.load),
      memory_(limits.memory_mb, limits.guess_each_mb, kGuessMegapixels) {}

// Both pictures are in memory, and what is made of them.
double BatchWorkers::megapixels_of(const SampleTask& task) {
  return sizes_.megapixels(task.path) + sizes_.megapixels(task.reference);
}

std::vector<double> BatchWorkers::in_work() const {
  std::vector<double> megapixels;
  for (const Worker& worker : workers_) {
    if (worker.id) megapixels.push_back(worker.megapixels);
  }
  return megapixels;
}

bool BatchWorkers::has_room(const SampleTask& task) {
  const std::vector<double> busy = in_work();
  return busy.size() < static_cast<std::size_t>(limits_.jobs) && memory_.has_room(busy, megapixels_of(task));
}

bool BatchWorkers::is_idle() const { return in_work().empty(); }

void BatchWorkers::end_idle(std::size_t kept) {
  std::size_t idle = 0;
  std::erase_if(workers_, [&](const Worker& worker) {
    const bool is_gone = !worker.process || !worker.process->end().empty();
    return is_gone || (!worker.id && ++idle > kept);
  });
}

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
  free->megapixels = megapixels_of(task);
  free->largest_megapixels = std::max(free->largest_megapixels, free->megapixels);
  free->process->ask(message_of(task));
  end_idle(memory_.idle_processes(in_work()));
}

std::optional<SampleRecord> BatchWorkers::record_of(Worker& worker) {
  switch (worker.process->take()) {
    case WorkerProcess::State::answered:
      memory_.learn(worker.largest_megapixels, worker.process->peak_memory_mb());
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
  end_idle(memory_.idle_processes(in_work()));
  return done;
}

}  // namespace boarddiff::cli
