// SPDX-License-Identifier: Apache-2.0
#include "cli/program.h"
#include "tests/cli/run_program.h"

#include <catch2/catch.hpp>

#include <sstream>

using boarddiff::test::ProgramRun;
using boarddiff::test::run_program;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("without arguments the usage is shown as trouble", "[cli][program]") {
  const ProgramRun run = run_program({});
  CHECK(run.status == 2);
  CHECK(run.out.empty());
  CHECK_THAT(run.err, StartsWith("usage: boarddiff"));
}

TEST_CASE("help lists every command and what the exit statuses mean", "[cli][program]") {
  const auto* spelling = GENERATE("--help", "-h");
  const ProgramRun run = run_program({spelling});
  CHECK(run.status == 0);
  CHECK(run.err.empty());
  for (const auto* text : {"inspect", "evaluate", "render", "demo", "  0  ", "  1  ", "  2  ", "  3  "}) {
    CHECK_THAT(run.out, Contains(text));
  }
}

TEST_CASE("every command explains itself", "[cli][program]") {
  const auto* command = GENERATE("inspect", "evaluate", "render", "demo");
  const ProgramRun run = run_program({command, "--help"});
  CHECK(run.status == 0);
  CHECK(run.err.empty());
  CHECK_THAT(run.out, StartsWith(std::string("usage: boarddiff ") + command));
  CHECK_THAT(run.out, Contains("--output"));
}

TEST_CASE("the version is one line", "[cli][program]") {
  const ProgramRun run = run_program({"--version"});
  CHECK(run.status == 0);
  CHECK_THAT(run.out, Catch::Matches("boarddiff [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST_CASE("an unknown command is trouble and the nearest one is named", "[cli][program]") {
  const ProgramRun run = run_program({"inspct", "a.png", "b.png"});
  CHECK(run.status == 2);
  CHECK(run.out.empty());
  CHECK(run.err == "boarddiff: unknown command inspct; did you mean inspect? (boarddiff --help lists the commands)\n");
  CHECK_THAT(run_program({"photograph"}).err, !Contains("did you mean"));
}

TEST_CASE("what would move the cursor is shown as a number in a message", "[cli][program]") {
  const ProgramRun run = run_program({"a\nb\x1b[2Jc"});
  CHECK_THAT(run.err, Contains("a\\x0ab\\x1b[2Jc"));
  CHECK(run.err.find('\n') == run.err.size() - 1);
}

TEST_CASE("a standard output that cannot be written is trouble", "[cli][program]") {
  std::ostringstream out;
  std::ostringstream err;
  out.setstate(std::ios::badbit);
  CHECK(boarddiff::cli::run({"--version"}, {out, err}) == 2);
  CHECK_THAT(err.str(), Contains("standard output"));
}
