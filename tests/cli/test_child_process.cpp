// SPDX-License-Identifier: Apache-2.0
#include "cli/child_process.h"
#include "imaging/base/error.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <signal.h>

#include <chrono>
#include <string>
#include <thread>

using boarddiff::cli::ChildEnd;
using boarddiff::cli::ChildResult;
using boarddiff::cli::end_of;
using boarddiff::cli::run_child;
using boarddiff::test::read_text;
using boarddiff::test::TemporaryFolder;
using Catch::Contains;

namespace {

ChildResult shell(const std::string& script, std::optional<double> timeout_s = {}) {
  return run_child({.program = "/bin/sh", .arguments = {"-c", script}, .timeout_s = timeout_s});
}

bool runs(pid_t process) { return kill(process, 0) == 0; }

}  // namespace

TEST_CASE("the exit status and both outputs come back", "[cli][child_process]") {
  const ChildResult result = shell("echo one; echo two >&2; exit 7");
  CHECK(result.end == ChildEnd::exited);
  CHECK(result.status == 7);
  CHECK(result.last_output == "one\ntwo\n");
  CHECK(end_of(result, {}) == "exit 7: one\ntwo\n");
}

TEST_CASE("arguments reach the program as they are, without a shell", "[cli][child_process]") {
  const ChildResult result = run_child({.program = "/bin/echo", .arguments = {"a b", "$HOME", "*", ""}});
  CHECK(result.last_output == "a b $HOME * \n");
}

TEST_CASE("standard input is empty", "[cli][child_process]") { CHECK(shell("cat; echo done").last_output == "done\n"); }

TEST_CASE("of much output the last is kept, and the program never waits for a reader", "[cli][child_process]") {
  const ChildResult result = shell("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i + 1)); done");
  CHECK(result.status == 0);
  CHECK(result.last_output.size() == 2000);
  CHECK_THAT(result.last_output, Catch::EndsWith("line 19999\n"));
}

TEST_CASE("output goes to a file where one is named, never over another", "[cli][child_process]") {
  const TemporaryFolder folder;
  const ChildResult result = run_child({.program = "/bin/echo", .arguments = {"kept"}, .output = folder / "log.txt"});
  CHECK(result.last_output.empty());
  CHECK(read_text(folder / "log.txt") == "kept\n");
  CHECK_THROWS_AS(run_child({.program = "/bin/echo", .arguments = {}, .output = folder / "log.txt"}),
                  boarddiff::imaging::Error);
}

TEST_CASE("a program that is not there is a result that says so", "[cli][child_process]") {
  const ChildResult result = run_child({.program = "/nowhere/program"});
  CHECK(result.end == ChildEnd::not_started);
  CHECK_THAT(end_of(result, {}), Contains("cannot be run: No such file"));
}

TEST_CASE("a signal is told as one", "[cli][child_process]") {
  const ChildResult result = shell("kill -SEGV $$");
  CHECK(result.end == ChildEnd::killed_by_signal);
  CHECK(result.status == SIGSEGV);
}

TEST_CASE("after the timeout the program and what it started are gone", "[cli][child_process]") {
  const ChildResult result = shell("sleep 60 & echo $!; sleep 61", 0.4);
  CHECK(result.end == ChildEnd::timed_out);
  CHECK(result.seconds >= 0.4);
  CHECK(result.seconds < 20);  // a busy machine may need some, but nobody waited for the sleeper
  CHECK_THAT(end_of(result, 0.4), Contains("no answer in 0.4 s"));
  const pid_t grandchild = std::stoi(result.last_output);
  // Whoever adopts it has to collect it; until then it still has a number.
  for (int tries = 0; tries < 100 && runs(grandchild); ++tries) {
    const std::string state = read_text("/proc/" + std::to_string(grandchild) + "/stat");
    if (state.empty() || state.find(") Z ") != std::string::npos) {
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK_FALSE(runs(grandchild));
}

TEST_CASE("a program left running in the background does not hold us up", "[cli][child_process]") {
  const ChildResult result = shell("sleep 3 & exit 4", 30);
  CHECK(result.status == 4);
  CHECK(result.seconds < 2.5);
}

TEST_CASE("seconds by the clock and of the processor are told apart", "[cli][child_process]") {
  const ChildResult sleeper = shell("sleep 0.3");
  CHECK(sleeper.seconds >= 0.3);
  CHECK(sleeper.processor_seconds < 0.2);
  const ChildResult worker = shell("i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done");
  CHECK(worker.processor_seconds > 0.05);
  CHECK(worker.seconds >= worker.processor_seconds * 0.9);  // clock ticks are coarse
}

TEST_CASE("the peak of memory is that of the program", "[cli][child_process]") {
  const double little = shell("true").peak_memory_mb;
  CHECK(little > 0.5);
  const double much = shell("x=$(head -c 150000000 /dev/zero | tr '\\0' 'a'); echo ${#x}").peak_memory_mb;
  CHECK(much > 140);
  CHECK(much > little);
}
