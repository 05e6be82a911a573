// SPDX-License-Identifier: Apache-2.0
#include "cli/child_process.h"
#include "compare/database.h"
#include "imaging/base/random.h"
#include "tests/cli/enroll_bench.h"
#include "tests/cli/made_up_case.h"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>
#include <vector>

namespace fs = std::filesystem;
using boarddiff::cli::ChildEnd;
using boarddiff::cli::ChildResult;
using boarddiff::cli::run_child;
using boarddiff::test::EnrollBench;
using boarddiff::test::read_text;
using boarddiff::test::rows_of;
using boarddiff::test::write_text;
using Catch::Contains;

namespace {

// The program itself, as it makes processes of its own.
class BatchBench {
 public:
  BatchBench() {
    fs::create_directories(bench_ / "in");
    for (const char* name : {"good2.png", "good3.png", "odd.png", "noise.png"}) {
      fs::rename(bench_ / name, bench_ / "in" / name);
    }
    write_text(bench_ / "in/broken.png", read_text(bench_ / "in/odd.png").substr(0, 5000));
    write_text(bench_ / "in/notes.txt", "no picture");
  }

  [[nodiscard]] fs::path operator/(std::string_view name) const { return bench_ / name; }

  [[nodiscard]] std::vector<std::string> arguments(const std::string& case_file,
                                                   const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {
        "batch", bench_.path("good1.png"), bench_.path("in"), "--case", bench_.path(case_file), "--jobs", "2"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  [[nodiscard]] ChildResult run(const std::string& case_file, const std::vector<std::string>& more = {}) const {
    return run_child({.program = BOARDDIFF_PROGRAM, .arguments = arguments(case_file, more)});
  }
  // What is said of it.
  [[nodiscard]] std::string verified(const std::string& case_file) const {
    return run_child({.program = BOARDDIFF_PROGRAM, .arguments = {"verify", bench_.path(case_file)}}).last_output;
  }

 private:
  EnrollBench bench_ = {};
};

// Starts the program and kills it after a while; true where it had ended by itself before.
bool run_and_kill(const std::vector<std::string>& arguments, std::chrono::milliseconds after) {
  std::vector<std::string> words = {BOARDDIFF_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t process = 0;
  REQUIRE(posix_spawn(&process, BOARDDIFF_PROGRAM, &actions, nullptr, pointers.data(), environ) == 0);
  posix_spawn_file_actions_destroy(&actions);
  std::this_thread::sleep_for(after);
  kill(process, SIGKILL);
  int status = 0;
  waitpid(process, &status, 0);
  return WIFEXITED(status);
}

}  // namespace

TEST_CASE("a batch inspects what it is given, ranks it, and inspects nothing twice", "[cli][batch][long]") {
  const BatchBench bench;
  const ChildResult first = bench.run("a.bdcase");
  CHECK(first.status == 2);  // a broken file
  CHECK_THAT(first.last_output,
             Contains("odd.png") && Contains("needs review") && Contains("noise.png") &&
                 Contains("broken.png: is damaged") &&
                 Contains("5 boards: 1 to review, 1 not comparable, 1 not inspected, 2 with nothing"));
  CHECK_THAT(first.last_output, Contains("1 files in the folders are no pictures"));
  const std::string rows = rows_of(bench / "a.bdcase");
  const ChildResult again = bench.run("a.bdcase");
  CHECK(again.status == 2);
  CHECK_THAT(again.last_output, Contains("4 were inspected before"));
  CHECK(rows_of(bench / "a.bdcase") == rows);
  CHECK_THAT(bench.verified("a.bdcase"), Contains("is in order"));

  // What cannot be read stays so unless it is mended.
  fs::copy_file(bench / "in/good2.png", bench / "in/broken.png", fs::copy_options::overwrite_existing);
  CHECK(bench.run("a.bdcase").status == 3);
  fs::remove(bench / "in/noise.png");
  CHECK(bench.run("b.bdcase").status == 1);
  fs::remove(bench / "in/odd.png");
  CHECK(bench.run("c.bdcase").status == 0);
}

TEST_CASE("a batch without memory for two boards inspects them one after the other", "[cli][batch]") {
  const BatchBench bench;
  static_cast<void>(bench.run("a.bdcase", {"--memory", "1"}));
  boarddiff::compare::Database database(bench / "a.bdcase", boarddiff::compare::DatabaseAccess::read, {});
  CHECK(database.integer_of("SELECT count(*) FROM sample WHERE state = 'waiting'") == 0);
  CHECK(database.integer_of("SELECT count(*) FROM sample WHERE state = 'inspected'") == 4);
}

TEST_CASE("a batch that is killed again and again comes to the same end", "[cli][batch][slow]") {
  const BatchBench bench;
  static_cast<void>(bench.run("whole.bdcase"));
  boarddiff::imaging::Random random(7);
  int killed = 0;
  for (int i = 0; i < 20; ++i) {
    const auto after = std::chrono::milliseconds(random.integer(20, 900));
    killed += run_and_kill(bench.arguments("killed.bdcase"), after) ? 0 : 1;
  }
  CHECK(killed > 5);
  static_cast<void>(bench.run("killed.bdcase"));
  CHECK(rows_of(bench / "killed.bdcase") == rows_of(bench / "whole.bdcase"));
  CHECK_THAT(bench.verified("killed.bdcase"), Contains("is in order"));
}

TEST_CASE("eight batches on one case file lose nothing", "[cli][batch][slow]") {
  const BatchBench bench;
  static_cast<void>(bench.run("whole.bdcase"));
  std::vector<std::future<ChildResult>> batches;
  for (int i = 0; i < 8; ++i) {
    batches.push_back(std::async(std::launch::async, [&] { return bench.run("shared.bdcase", {"--quiet"}); }));
  }
  for (auto& batch : batches) {
    const ChildResult result = batch.get();
    INFO(result.last_output);
    CHECK(result.end == ChildEnd::exited);
    CHECK(result.status == 2);
    CHECK_THAT(result.last_output, Contains("1 to review, 1 not comparable, 1 not inspected, 2 with nothing found"));
  }
  CHECK(rows_of(bench / "shared.bdcase") == rows_of(bench / "whole.bdcase"));
}

TEST_CASE("parts of a batch on several machines merge into the whole", "[cli][batch][slow]") {
  const BatchBench bench;
  static_cast<void>(bench.run("whole.bdcase"));
  std::vector<std::string> merge = {"merge"};
  for (const char* part : {"1/3", "2/3", "3/3"}) {
    const std::string file = std::string("part") + part[0] + ".bdcase";
    static_cast<void>(bench.run(file, {"--shard", part}));
    merge.push_back((bench / file).string());
  }
  merge.insert(merge.end(), {"--case", (bench / "all.bdcase").string()});
  CHECK(run_child({.program = BOARDDIFF_PROGRAM, .arguments = merge}).status == 0);
  CHECK(rows_of(bench / "all.bdcase") == rows_of(bench / "whole.bdcase"));
  CHECK_THAT(bench.verified("all.bdcase"), Contains("is in order"));
}

TEST_CASE("a lot without a known-good board is compared with one of its own", "[cli][batch][slow]") {
  const BatchBench bench;
  fs::rename(bench / "good1.png", bench / "in/good1.png");
  fs::remove(bench / "in/noise.png");
  fs::remove(bench / "in/broken.png");
  const std::vector<std::string> arguments = {"batch", "--no-reference", (bench / "in").string(), "--case",
                                              (bench / "lot.bdcase").string()};
  const ChildResult run = run_child({.program = BOARDDIFF_PROGRAM, .arguments = arguments});
  CHECK(run.status == 1);
  CHECK_THAT(run.last_output, Contains("4 boards: 1 to review") && Contains("odd.png") && Contains("one of their own"));
  const std::string rows = rows_of(bench / "lot.bdcase");
  CHECK(run_child({.program = BOARDDIFF_PROGRAM, .arguments = arguments}).status == 1);
  CHECK(rows_of(bench / "lot.bdcase") == rows);
  CHECK_THAT(bench.verified("lot.bdcase"), Contains("is in order"));
  fs::remove(bench / "in/good1.png");
  fs::remove(bench / "in/good2.png");
  std::vector<std::string> two = arguments;
  two.back() = (bench / "two.bdcase").string();
  CHECK(run_child({.program = BOARDDIFF_PROGRAM, .arguments = two}).status == 2);
}

TEST_CASE("a batch with a reference that cannot be read ends at once, and makes no case file", "[cli][batch][long]") {
  const BatchBench bench;
  const ChildResult run = run_child({.program = BOARDDIFF_PROGRAM,
                                     .arguments = {"batch", (bench / "in/broken.png").string(), (bench / "in").string(),
                                                   "--case", (bench / "x.bdcase").string()}});
  CHECK(run.status == 2);
  CHECK_THAT(run.last_output, Contains("broken.png: is damaged"));
  CHECK_FALSE(fs::exists(bench / "x.bdcase"));
}
