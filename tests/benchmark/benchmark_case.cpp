// SPDX-License-Identifier: Apache-2.0
// Seconds that questions to a case file of 1,000 boards and 20,000 findings take, as a Markdown table. The boards are
// made up: nothing is inspected.
#include "cli/case/case_store.h"
#include "cli/case/lots.h"
#include "cli/scratch_folder.h"
#include "imaging/base/output_file.h"
#include "imaging/base/random.h"
#include "imaging/base/text.h"
#include "tests/benchmark/seconds.h"

#include <chrono>
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

namespace cli = boarddiff::cli;
namespace imaging = boarddiff::imaging;
using boarddiff::benchmark::seconds_of;
using boarddiff::compare::DatabaseAccess;

namespace {

constexpr int kBoards = 1000;
constexpr int kFindings = 20;  // of each
constexpr std::size_t kCropBytes = 6000;

cli::FindingRecord finding(int number, imaging::Random& random) {
  // A tenth lies where other boards have one, too.
  const bool shared = random.chance(0.1);
  const double x = shared ? 100.0 * random.integer(0, 9) : random.uniform(0, 3000);
  const double y = shared ? 100 : random.uniform(0, 2000);
  std::string look;
  for (int i = 0; i < 192; ++i) look += static_cast<char>(shared ? i : random.integer(0, 255));
  return {.number = number,
          .kind = "extra_component",
          .score = random.uniform(0.5, 1),
          .above_threshold = true,
          .sample_box = {x, y, 30, 20},
          .reference_box = {x, y, 30, 20},
          .reason = "The sample shows a body here that the reference does not.",
          .look = look,
          .reference_crop = std::string(kCropBytes, 'r'),
          .sample_crop = std::string(kCropBytes, 's')};
}

cli::SampleRecord record(imaging::Random& random) {
  cli::SampleRecord made{.end = cli::SampleEnd::inspected,
                         .reason = "20 places differ and should be looked at.",
                         .outcome = "needs_review",
                         .registration = cli::RegistrationRecord{.status = "aligned"},
                         .report = std::string(20'000, ' '),
                         .thumbnail = std::string(30'000, 't')};
  for (int number = 1; number <= kFindings; ++number) made.findings.push_back(finding(number, random));
  return made;
}

// What can be done only once.
double seconds_once(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void print(const std::string& what, double seconds) {
  std::cout << "| " << what << " | " << imaging::fixed_text(seconds, 3) << " |\n";
}

int run() {
  const cli::ScratchFolder folder;
  const std::filesystem::path file = folder.path() / "pallet.bdcase";
  cli::BatchPlan plan{.reference = folder.path() / "reference.jpg", .options = "{}"};
  imaging::write_file(plan.reference, "reference", imaging::Replace::refuse);
  for (int board = 0; board < kBoards; ++board) {
    const std::string number = std::to_string(board);
    const std::filesystem::path path = folder.path() / (number + ".jpg");
    imaging::write_file(path, number, imaging::Replace::refuse);
    plan.samples.push_back({.path = path, .serial = "SN" + number, .side = "top", .stage = "arrived"});
  }
  std::cout << "| " << kBoards << " boards, " << kBoards * kFindings << " findings | seconds |\n|---|---|\n";
  cli::CaseStore store(file, DatabaseAccess::create);
  cli::Planned planned;
  print("planned", seconds_once([&] { planned = store.plan(plan); }));
  imaging::Random random(1);
  print("recorded, each board", seconds_once([&] {
                                  for (const std::int64_t id : planned.ids) {
                                    static_cast<void>(store.claim(id));
                                    store.record(id, record(random));
                                  }
                                }) / kBoards);
  print("planned again", seconds_of([&] { static_cast<void>(store.plan(plan)); }));
  print("ranked", seconds_of([&] { static_cast<void>(store.ranked(planned.ids)); }));
  print("lots", seconds_of([&] { static_cast<void>(cli::lot_clusters(store.database())); }));
  print("history of a serial", seconds_of([&] {
          static_cast<void>(store.database().integer_of(
              "SELECT count(*) FROM sample JOIN finding ON finding.sample = sample.id WHERE "
              "serial = 'SN500' AND above_threshold = 1"));
        }));
  return 0;
}

}  // namespace

int main() try { return run(); } catch (const std::exception& error) {
  std::cerr << "benchmark_case: " << error.what() << "\n";
  return 2;
}
