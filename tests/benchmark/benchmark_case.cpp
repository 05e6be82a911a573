// SPDX-License-Identifier: Apache-2.0
// Seconds that questions to a case file of 1,000 boards and 20,000 findings take, as a Markdown table. The boards are
// made up: nothing is inspected.
//
//   benchmark_case [FOLDER]
//
// With FOLDER the case file, pallet.bdcase, and its pictures stay there, and one more board has 10,000 findings: for
// benchmark_review.sh.
#include "cli/case/case_store.h"
#include "cli/case/lots.h"
#include "cli/scratch_folder.h"
#include "compare/plane_map_numbers.h"
#include "compare/shown_pair.h"
#include "imaging/base/output_file.h"
#include "imaging/base/random.h"
#include "imaging/base/text.h"
#include "tests/benchmark/seconds.h"

#include <opencv2/imgproc.hpp>

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
constexpr int kMany = 10'000;  // of one more board
const cv::Size kPicture(1500, 1000);

// A board as far as its looks matter here: squares of random colours.
std::string picture(const cv::Size& size, int square, imaging::Random& random) {
  cv::Mat3b colours(size.height / square, size.width / square);
  for (cv::Vec3b& colour : colours) {
    for (int c = 0; c < 3; ++c) colour[c] = static_cast<uchar>(random.integer(40, 200));
  }
  cv::Mat3b large;
  cv::resize(colours, large, size, 0, 0, cv::INTER_NEAREST);
  return boarddiff::compare::display_jpeg(large);
}

cli::FindingRecord finding(int number, imaging::Random& random, const std::string& crop) {
  // A tenth lies where other boards have one, too.
  const bool shared = random.chance(0.1);
  const double x = shared ? 100.0 * random.integer(0, 9) : random.uniform(0, kPicture.width - 30);
  const double y = shared ? 100 : random.uniform(0, kPicture.height - 20);
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
          .reference_crop = crop,
          .sample_crop = crop};
}

cli::SampleRecord record(int findings, imaging::Random& random) {
  const std::string crop = picture({160, 120}, 8, random);
  cli::SampleRecord made{
      .end = cli::SampleEnd::inspected,
      .reason = "20 places differ and should be looked at.",
      .outcome = "needs_review",
      .registration = cli::RegistrationRecord{.status = "aligned"},
      .alignment = boarddiff::compare::numbers_of({}),
      .report = std::string(20'000, ' ') +
                R"({"reference": {"width": 1500, "height": 1000}, "registration": {"status": "aligned"}})",
      .thumbnail = picture({600, 400}, 20, random)};
  for (int number = 1; number <= findings; ++number) made.findings.push_back(finding(number, random, crop));
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

int run(const std::filesystem::path& folder, int boards) {
  const std::filesystem::path file = folder / "pallet.bdcase";
  cli::BatchPlan plan{.reference = folder / "reference.jpg", .options = "{}"};
  imaging::Random random(1);
  const std::string board_picture = picture(kPicture, 10, random);
  imaging::write_file(plan.reference, board_picture, imaging::Replace::refuse);
  for (int board = 0; board < boards; ++board) {
    const std::string number = std::to_string(board);
    const std::filesystem::path path = folder / (number + ".jpg");
    // Each another file with the same picture.
    imaging::write_file(path, board_picture + number, imaging::Replace::refuse);
    plan.samples.push_back({.path = path, .serial = "SN" + number, .side = "top", .stage = "arrived"});
  }
  std::cout << "| " << kBoards << " boards, " << kBoards * kFindings << " findings | seconds |\n|---|---|\n";
  cli::CaseStore store(file, DatabaseAccess::create);
  cli::Planned planned;
  print("planned", seconds_once([&] { planned = store.plan(plan); }));
  print("recorded, each board", seconds_once([&] {
                                  for (const std::int64_t id : planned.ids) {
                                    static_cast<void>(store.claim(id));
                                    store.record(id, record(id > kBoards ? kMany : kFindings, random));
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

int main(int count, char** arguments) try {
  if (count > 1) {
    return run(arguments[1], kBoards + 1);
  }
  const cli::ScratchFolder folder;
  return run(folder.path(), kBoards);
} catch (const std::exception& error) {
  std::cerr << "benchmark_case: " << error.what() << "\n";
  return 2;
}
