// SPDX-License-Identifier: Apache-2.0
#include "cli/case/sample_record.h"
#include "cli/case/worker_process.h"
#include "tests/cli/made_up_case.h"

#include <catch2/catch.hpp>

#include <poll.h>

#include <csignal>
#include <cstdlib>
#include <string>

using boarddiff::cli::WorkerProcess;
using State = WorkerProcess::State;

namespace {

State waited(WorkerProcess& worker) {
  State state = State::thinking;
  while (state == State::thinking) {
    pollfd event = {worker.descriptor(), POLLIN, 0};
    REQUIRE(poll(&event, 1, 60'000) == 1);
    state = worker.take();
  }
  return state;
}

}  // namespace

TEST_CASE("a worker answers one message after the other, however long", "[cli][worker]") {
  WorkerProcess worker([](const std::string& message) { return message + message; });
  for (const std::string& message : {std::string("a"), std::string(), std::string(3'000'000, 'x')}) {
    worker.ask(message);
    REQUIRE(waited(worker) == State::answered);
    CHECK(worker.answer() == message + message);
  }
  CHECK(worker.peak_memory_mb() > 1);
}

TEST_CASE("how a worker ended is said", "[cli][worker]") {
  WorkerProcess killed([](const std::string&) -> std::string {
    std::raise(SIGKILL);
    return {};
  });
  killed.ask("go");
  REQUIRE(waited(killed) == State::ended);
  CHECK(killed.end() == "killed by signal 9");
  WorkerProcess failed([](const std::string&) -> std::string { throw std::runtime_error("no"); });
  failed.ask("go");
  REQUIRE(waited(failed) == State::ended);
  CHECK(failed.end() == "exit 70");
}

TEST_CASE("records are the same behind as before", "[cli][worker]") {
  boarddiff::cli::SampleRecord before =
      boarddiff::test::inspected({boarddiff::test::finding_at(3, 0.5, 200), boarddiff::test::finding_at(9, 0.25)});
  before.thumbnail = std::string("\xff\xd8\0\x80", 4);
  const boarddiff::cli::SampleRecord after = boarddiff::cli::record_in(bytes_of(before));
  CHECK(after.end == before.end);
  CHECK(after.outcome == before.outcome);
  CHECK(after.thumbnail == before.thumbnail);
  REQUIRE(after.findings.size() == 2);
  CHECK(after.findings[0].look == before.findings[0].look);
  CHECK(after.findings[0].sample_box == before.findings[0].sample_box);
  CHECK(after.findings[1].score == 0.25);
  CHECK(after.registration->inliers == 50);
}
