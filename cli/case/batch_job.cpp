// SPDX-License-Identifier: Apache-2.0
#include "cli/case/batch_job.h"

#include "cli/case/batch_workers.h"
#include "cli/case/consensus.h"
#include "cli/case/lot_reference.h"
#include "cli/case/sample_identity.h"
#include "cli/case/worker_process.h"
#include "cli/progress_line.h"
#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"
#include "imaging/base/text.h"

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <fstream>
#include <iomanip>
#include <map>
#include <set>
#include <sstream>
#include <utility>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostText = 2000;            // of a reason, which names files
constexpr std::chrono::milliseconds kGlance{500};  // at folders, other processes and the user's wish to end

// Most of what is free.
double free_memory_mb() {
  constexpr double kMost = 0.8;
  constexpr double kKilobytes = 1024.0 / 1e6;
  constexpr double kUnknown_mb = 4000;
  std::ifstream list("/proc/meminfo");
  for (std::string line; std::getline(list, line);) {
    double kilobytes = 0;
    if (line.starts_with("MemAvailable:") && std::istringstream(line.substr(13)) >> kilobytes) {
      return kMost * kilobytes * kKilobytes;
    }
  }
  return kUnknown_mb;
}

std::string duration_text(double seconds) {
  const auto minutes = static_cast<long>(seconds / 60);
  if (minutes < 1) return "less than a minute";
  if (minutes < 120) return std::to_string(minutes) + " min";
  return std::to_string(minutes / 60) + " h";
}

BatchWorkers::Limits limits_of(const BatchJob& job) {
  BatchWorkers::Limits limits{.jobs = job.jobs,
                              .threads = job.threads,
                              .memory_mb = free_memory_mb(),
                              .timeout = std::chrono::duration<double>(job.timeout_s)};
  if (job.memory_mb > 0) {
    limits.memory_mb = limits.guess_each_mb = job.memory_mb;  // a limit that is given holds from the first board on
  }
  return limits;
}

// Throws what every sample would have for a reason. In a process of its own, as this one is to have no threads.
void check_reference(const InspectorSettings& settings) {
  constexpr int kForever = -1;
  WorkerProcess worker([&settings](const std::string&) -> std::string {
    try {
      static_cast<void>(prepare_known_good(settings.against, settings.load, settings.inspection, {}));
      return {};
    } catch (const imaging::Error& error) {
      return error.what();
    }
  });
  worker.ask("");
  WorkerProcess::State state = WorkerProcess::State::thinking;
  while (state == WorkerProcess::State::thinking) {
    pollfd event = {worker.descriptor(), POLLIN, 0};
    poll(&event, 1, kForever);
    state = worker.take();
  }
  const std::string reference = settings.against.reference.string();
  const std::string trouble =
      state == WorkerProcess::State::answered ? worker.answer() : reference + ": reading it ended: " + worker.end();
  if (!trouble.empty()) throw imaging::Error(imaging::ErrorCode::unreadable_file, trouble);
}

class Batch {
 public:
  Batch(const BatchJob& job, const std::function<bool()>& interrupted, const Streams& streams)
      : job_(job),
        interrupted_(interrupted),
        progress_(streams, job.quiet),
        store_(job.case_file, compare::DatabaseAccess::create, job.station),
        workers_(job.settings, limits_of(job)) {}

  BatchResult run(BatchList list) {
    if (list.passed_over > 0) {
      note(std::to_string(list.passed_over) + " files in the folders are no pictures, and were passed over.");
    }
    if (job_.no_reference) choose_reference(list.samples);
    for (const BatchSample& sample : list.samples) seen_.insert(sample.path);
    plan(std::move(list.samples));
    while (step()) {
    }
    return finish();
  }

 private:
  // The one that an earlier run of this batch chose, for nothing is to be inspected twice.
  void choose_reference(const std::vector<BatchSample>& samples) {
    reference_ = store_.reference_with(job_.options);
    if (reference_.empty()) {
      reference_ = choose_lot_reference(samples, workers_, [&](std::size_t done, std::size_t of) {
        progress_.show("choosing a reference: " + std::to_string(done) + " of " + std::to_string(of) + " pairs");
      });
    }
    note("The boards were compared with " + reference_.string() +
         ", one of their own. Where most of them differ from it in the same way, it is the odd one.");
  }

  void note(std::string text) { notes_.push_back(std::move(text)); }

  void plan(std::vector<BatchSample> samples) {
    BatchPlan plan{.reference = reference_, .options = job_.options, .retry = job_.retry, .hash_all = job_.hash_all};
    const Shard shard = job_.shard.value_or(Shard{});
    for (std::size_t i = shard.number - 1; i < samples.size(); i += shard.of) {
      if (samples[i].stage.empty()) samples[i].stage = job_.stage;
      plan.samples.push_back(std::move(samples[i]));
    }
    plan.first_place = planned_ + shard.number - 1;
    plan.place_step = shard.of;
    planned_ += samples.size();
    const std::size_t count = plan.samples.size();
    const Planned planned = store_.plan(plan, [&](std::size_t read) {
      progress_.show("reading " + std::to_string(read) + " of " + std::to_string(count) + " files");
    });
    for (const std::string& remark : planned.remarks) note(remark + ".");
    if (planned.read < count) {
      note(std::to_string(count - planned.read) +
           " files have the size and the times with which they were read before, and were not read again (--hash-all "
           "reads all).");
    }
    if (planned.known > 0) note(std::to_string(planned.known) + " were inspected before, and stay as they are.");
    if (planned.repeated > 0) note(std::to_string(planned.repeated) + " are the same pictures as others.");
    ids_.insert(ids_.end(), planned.ids.begin(), planned.ids.end());
    for (const std::int64_t id : planned.ids) {
      if (store_.is_waiting(id)) queue_.push_back(id);
    }
  }

  // False when there is nothing left to do.
  bool step() {
    const bool ends = interrupted_();
    while (!ends && take_next() && workers_.has_room(next_->task)) {
      workers_.start(next_->id, next_->task);
      next_.reset();
    }
    for (const BatchWorkers::Done& done : workers_.wait(kGlance)) {
      store_.record(done.id, done.record);
      ++done_;
      to_review_ += done.record.outcome == "needs_review" ? 1 : 0;
    }
    show_progress();
    if (ends) {
      return !workers_.is_idle();
    }
    if (!next_ && queue_.empty() && workers_.is_idle()) {
      // What another process has in hand it may yet leave undone.
      std::erase_if(with_others_, [&](std::int64_t id) { return !store_.is_waiting(id); });
      queue_.assign(with_others_.begin(), with_others_.end());
      with_others_.clear();
      if (job_.watch) look_for_more();
    }
    return job_.watch || next_ || !queue_.empty() || !workers_.is_idle();
  }

  // Has the next sample in hand until there is room for it; false where there is none.
  bool take_next() {
    while (!next_ && !queue_.empty()) {
      const std::int64_t id = queue_.front();
      queue_.pop_front();
      if (std::optional<SampleTask> task = store_.claim(id)) {
        next_ = NextSample{id, *std::move(task)};
      } else if (store_.is_waiting(id)) {
        with_others_.push_back(id);
      }
    }
    return next_.has_value();
  }

  // Pictures that came since, once they have stopped growing.
  void look_for_more() {
    std::istringstream nothing;
    BatchList list = list_samples(job_.arguments, job_.settings.load, nothing);
    std::map<fs::path, std::uintmax_t> sizes;
    std::vector<BatchSample> complete;
    for (BatchSample& sample : list.samples) {
      if (seen_.contains(sample.path)) continue;
      std::error_code error;
      const std::uintmax_t size = fs::file_size(sample.path, error);
      const auto before = growing_.find(sample.path);
      if (before != growing_.end() && before->second == size && !error) {
        seen_.insert(sample.path);
        complete.push_back(std::move(sample));
      } else {
        sizes[sample.path] = size;
      }
    }
    growing_ = std::move(sizes);
    if (!complete.empty()) plan(std::move(complete));
  }

  void show_progress() {
    const double seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
    const std::size_t left = queue_.size() + with_others_.size() + (next_ ? 1 : 0);
    std::string line = std::to_string(done_) + " inspected, " + std::to_string(to_review_) + " to review, " +
                       std::to_string(left) + " to go";
    if (done_ > 0 && seconds > 1) {
      const double rate = static_cast<double>(done_) / seconds;
      line += "; " + imaging::fixed_text(60 * rate, 1) + " a minute, " +
              duration_text(static_cast<double>(left) / rate) + " left";
    }
    progress_.show(line);
  }

  BatchResult finish() {
    progress_.show("");
    if (next_ || !queue_.empty() || !with_others_.empty()) {
      note("It was interrupted; the same command goes on where it stopped.");
    } else if (job_.no_reference) {
      apply_consensus(store_, hash_of(job_.options), hash_of_file(reference_).sha256);
    }
    const double limit = job_.memory_mb;
    if (limit > 0 && workers_.peak_memory_mb() > limit) {
      note("One board alone needed " + imaging::fixed_text(workers_.peak_memory_mb(), 0) +
           " MB, more than --memory allows.");
    }
    std::vector<std::string> notes = store_.notes();
    notes.insert(notes.end(), notes_.begin(), notes_.end());
    return {.boards = store_.ranked(ids_), .notes = std::move(notes)};
  }

  const BatchJob& job_;
  fs::path reference_ = job_.settings.against.reference;
  const std::function<bool()>& interrupted_;
  ProgressLine progress_;
  CaseStore store_;
  BatchWorkers workers_;
  std::vector<std::int64_t> ids_ = {};
  std::deque<std::int64_t> queue_ = {};
  struct NextSample {
    std::int64_t id = 0;
    SampleTask task = {};
  };
  std::optional<NextSample> next_ = {};
  std::vector<std::int64_t> with_others_ = {};
  std::set<fs::path> seen_ = {};
  std::map<fs::path, std::uintmax_t> growing_ = {};
  std::vector<std::string> notes_ = {};
  std::size_t planned_ = 0;
  std::size_t done_ = 0;
  std::size_t to_review_ = 0;
  Clock::time_point begin_ = Clock::now();
};

std::string outcome_words(const RankedBoard& board) {
  const std::string reason = imaging::printable_text(board.reason, kMostText);
  if (board.outcome == "needs_review") return "needs review";
  if (board.outcome == "nothing_found") return "nothing found";
  if (board.outcome == "not_comparable") return "not comparable: " + reason;
  return board.state + (reason.empty() ? "" : ": " + reason);
}

}  // namespace

BatchResult run_batch(const BatchJob& job, std::istream& standard_input, const std::function<bool()>& interrupted,
                      const Streams& streams) {
  BatchList list = list_samples(job.arguments, job.settings.load, standard_input);
  if (list.samples.empty() && !job.watch) {
    throw imaging::Error(
        imaging::ErrorCode::invalid_option,
        "there is no picture to inspect in what was named" +
            (list.passed_over == 0 ? std::string() : ", among " + std::to_string(list.passed_over) + " files"));
  }
  if (job.no_reference) {
    require_lot(list.samples.size());
  } else {
    check_reference(job.settings);
  }
  return Batch(job, interrupted, streams).run(std::move(list));
}

std::string table_of(const std::vector<RankedBoard>& boards) {
  constexpr std::size_t kMostLines = 30;
  std::size_t width = 5;
  std::size_t alarming = 0;
  std::map<std::string, std::size_t> counts;
  const auto name_of = [](const RankedBoard& board) {
    const std::string stage = imaging::printable_text(board.stage);
    return imaging::printable_text(board.name) + (stage.empty() ? "" : " (" + stage + ")");
  };
  for (const RankedBoard& board : boards) {
    ++counts[board.outcome];
    if (board.outcome != "nothing_found" && ++alarming <= kMostLines) width = std::max(width, name_of(board).size());
  }
  std::ostringstream text;
  if (alarming > 0) {
    text << std::left << std::setw(static_cast<int>(width)) << "board"
         << "  findings  highest  outcome\n";
  }
  for (std::size_t i = 0; i < std::min(alarming, kMostLines); ++i) {
    const RankedBoard& board = boards[i];
    text << std::left << std::setw(static_cast<int>(width)) << name_of(board) << "  " << std::right << std::setw(8)
         << board.findings << "  " << std::setw(7) << imaging::fixed_text(board.score, 2) << "  "
         << outcome_words(board) << "\n";
  }
  if (alarming > kMostLines) text << "... and " << alarming - kMostLines << " more\n";
  text << boards.size() << (boards.size() == 1 ? " board: " : " boards: ") << counts["needs_review"] << " to review, "
       << counts["not_comparable"] << " not comparable, " << counts[""] << " not inspected, " << counts["nothing_found"]
       << " with nothing found\n";
  return text.str();
}

}  // namespace boarddiff::cli
