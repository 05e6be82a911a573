// SPDX-License-Identifier: Apache-2.0
// Registers a fixed list of pairs whose truth is known, and counts what is refused or accepted wrongly.
#include "imaging/base/error.h"
#include "imaging/base/execution.h"
#include "imaging/base/output_file.h"
#include "imaging/base/text.h"
#include "tests/acceptance/trials/confidence_fit.h"
#include "tests/acceptance/trials/trial_summary.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <iostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fs = std::filesystem;
namespace imaging = boarddiff::imaging;
namespace trials = boarddiff::trials;

namespace {

constexpr std::string_view kUsage =
    "usage: registration_trials --set development|held-back --output FOLDER [FLAG...]\n"
    "  --only TEXT        trials whose name contains it; several times: any of them\n"
    "  --pictures FOLDER  pictures are kept there, and read instead of made again\n"
    "  --jobs N           pictures that are drawn at a time, 2\n"
    "  --fit-confidence   also fit the confidence of registrations to the trials, and print it\n"
    "  --list             print the names of the trials, and do nothing\n";

struct Arguments {
  trials::TrialSet set = trials::TrialSet::development;
  fs::path output = {};
  fs::path pictures = {};
  std::vector<std::string> only = {};
  int jobs = 2;
  bool list = false;
  bool fit_confidence = false;
};

imaging::Error wrong(const std::string& what) {
  return {imaging::ErrorCode::invalid_option, what + "\n" + std::string(kUsage)};
}

Arguments parsed(const std::vector<std::string>& words) {
  Arguments arguments;
  bool has_set = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& flag = words[i];
    if (flag == "--fit-confidence") {
      arguments.fit_confidence = true;
      continue;
    }
    if (flag == "--list") {
      arguments.list = true;
      continue;
    }
    if (i + 1 == words.size()) throw wrong(flag + " is unknown, or lacks a value");
    const std::string& value = words[++i];
    if (flag == "--set" && (value == "development" || value == "held-back")) {
      arguments.set = value == "development" ? trials::TrialSet::development : trials::TrialSet::held_back;
      has_set = true;
    } else if (flag == "--output") {
      arguments.output = value;
    } else if (flag == "--pictures") {
      arguments.pictures = value;
    } else if (flag == "--only") {
      arguments.only.push_back(value);
    } else if (flag == "--jobs") {
      arguments.jobs = std::clamp(std::atoi(value.c_str()), 1, 64);
    } else {
      throw wrong(flag + " " + value + " is not understood");
    }
  }
  if (!has_set) throw wrong("--set is missing");
  if (arguments.output.empty() && !arguments.list) throw wrong("--output is missing");
  return arguments;
}

// The work is taken in order; the first exception is thrown on.
template <typename Work>
void do_all(std::size_t count, int jobs, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::vector<std::future<void>> workers;
  for (int i = 0; i < jobs; ++i) {
    workers.push_back(std::async(std::launch::async, [&] {
      for (std::size_t at = next++; at < count; at = next++) work(at);
    }));
  }
  for (std::future<void>& worker : workers) worker.get();
}

bool wanted(const trials::Trial& trial, const Arguments& arguments) {
  return arguments.only.empty() ||
         std::any_of(arguments.only.begin(), arguments.only.end(),
                     [&](const std::string& text) { return trial.name.find(text) != std::string::npos; });
}

void print_failures(const std::vector<trials::TrialResult>& results) {
  for (const trials::TrialResult& result : results) {
    if (!result.false_accept() && !result.false_refusal()) continue;
    std::cout << (result.false_accept() ? "false accept:  " : "false refusal: ") << result.trial.name;
    if (result.false_refusal()) std::cout << ": " << result.registration.reason;
    if (result.false_accept() && result.points > 0)
      std::cout << ": p95 " << imaging::fixed_text(result.p95_px, 1) << " px";
    std::cout << "\n";
  }
}

int run(const Arguments& arguments) {
  if (!arguments.pictures.empty()) fs::create_directories(arguments.pictures);
  trials::Album album(arguments.pictures);
  std::vector<trials::Trial> list = make_trials(arguments.set, album);
  std::erase_if(list, [&](const trials::Trial& trial) { return !wanted(trial, arguments); });
  if (arguments.list) {
    for (const trials::Trial& trial : list) std::cout << name_of(trial.sort) << " " << trial.name << "\n";
    return 0;
  }
  fs::create_directories(arguments.output);
  std::set<std::string> names;
  for (const trials::Trial& trial : list) names.insert({trial.reference, trial.sample});
  const std::vector<std::string> pictures(names.begin(), names.end());
  do_all(pictures.size(), arguments.jobs, [&](std::size_t at) { static_cast<void>(album.picture(pictures[at])); });
  // One after the other: OpenCV 4.6 crashes when two threads look for homographies (USAC) at once, and the seconds are
  // those of a registration that has the machine for itself.
  std::vector<trials::TrialResult> results;
  for (const trials::Trial& trial : list) {
    results.push_back(run_trial(trial, album));
  }
  write_file(arguments.output / "trials.csv", results_csv(results), imaging::Replace::allow);
  const std::string summary = summary_of(results);
  write_file(arguments.output / "trials.md", summary, imaging::Replace::allow);
  std::cout << summary << "\n";
  print_failures(results);
  if (arguments.fit_confidence) std::cout << "\n" << confidence_text(results);
  return 0;
}

}  // namespace

int main(int count, char** values) try {
  return run(parsed({values + 1, values + count}));
} catch (const std::exception& error) {
  std::cerr << "registration_trials: " << error.what() << "\n";
  return 2;
}
