// SPDX-License-Identifier: Apache-2.0
#include "cli/find_cases.h"
#include "tests/cli/run_program.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_noise_picture;
using boarddiff::test::write_text;
using Catch::Contains;
using Json = nlohmann::json;

namespace {

// Answers with what the case's folder holds: answer.json as the report and `status` as its end; says what it was given.
constexpr const char* kTool = R"sh(#!/bin/sh
folder=$(dirname "$2")
echo "$@" >"$folder/given.txt"
out=$5
points=
while [ $# -gt 0 ]; do
  [ "$1" = --points-output ] && points=$2
  shift
done
[ -e "$folder/sleep" ] && exec sleep 30
[ -e "$folder/answer.json" ] && cp "$folder/answer.json" "$out/report.json"
[ -e "$folder/mapped.csv" ] && cp "$folder/mapped.csv" "$points"
echo "these are its last words"
exit "$(cat "$folder/status")"
)sh";

constexpr const char* kReport = R"({"findings": [
    {"kind": "extra_component", "score": 0.9, "sample_box": [40, 40, 20, 20]},
    {"kind": "changed_surface", "score": 0.5, "sample_box": [150, 100, 20, 20]}], "candidates": []})";

class Bench {
 public:
  Bench() {
    write_text(tool(), kTool);
    fs::permissions(tool(), fs::perms::owner_all);
  }

  [[nodiscard]] fs::path tool() const { return folder_ / "fake-tool"; }
  [[nodiscard]] fs::path operator/(std::string_view name) const { return folder_ / name; }
  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }

  // One change at (42, 42).
  void add_case(const std::string& name, const std::string& status, const std::string& report,
                const std::string& more = "") const {
    const fs::path folder = folder_ / name;
    fs::create_directories(folder);
    write_noise_picture(folder / "r.png", 200, 160, 1);
    write_noise_picture(folder / "s.png", 200, 160, 2);
    write_text(folder / "case.json", R"({"reference": "r.png", "sample": "s.png", "changes": [
        {"id": "c", "kind": "extra_component", "box": [42, 42, 20, 20], "size_mm": [1.6, 0.8]}])" +
                                         more + "}");
    write_text(folder / "status", status);
    if (!report.empty()) {
      write_text(folder / "answer.json", report);
    }
  }

  [[nodiscard]] ProgramRun evaluate(const std::vector<std::string>& more, const std::string& cases = "set") const {
    std::vector<std::string> arguments = {"evaluate", path(cases),   "--output", path("out"), "--tool",
                                          tool(),     "--timeout-s", "20",       "--jobs",    "2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(arguments);
  }

  [[nodiscard]] Json result() const { return Json::parse(read_text(folder_ / "out/evaluation.json")); }

 private:
  TemporaryFolder folder_ = {};
};

}  // namespace

TEST_CASE("a set is inspected and its figures are written and shown", "[cli][evaluate]") {
  const Bench bench;
  bench.add_case("set/found", "1", kReport);
  bench.add_case("set/refused", "3", "");
  const ProgramRun run = bench.evaluate({});
  CHECK(run.status == 0);
  CHECK(run.err.empty());
  CHECK_THAT(run.out, Contains("fake-tool: 2 cases of 2 boards with 2 changes") &&
                          Contains("recall at 1 false call a board") && Contains("out/evaluation.html"));
  const Json result = bench.result();
  CHECK(result["tool"] == "fake-tool");
  CHECK(result["summary"]["found"] == 0.5);
  CHECK(result["summary"]["not_aligned"] == 1);
  CHECK(result["cases"][0]["findings"][0]["hits"] == Json::array({"c"}));
  CHECK(result["cases"][0]["seconds"] > 0);
  CHECK(result["cases"][0]["peak_memory_mb"] > 0.5);
  CHECK_THAT(read_text(bench / "out/evaluation.html"), Contains("data:image/jpeg;base64,"));
  CHECK_THAT(read_text(bench / "out/cases.csv"), Contains("\nfound,"));
  CHECK_THAT(read_text(bench / "out/changes.csv"), Contains(",yes,1,0.9000,extra_component,\n"));
  CHECK_FALSE(fs::exists(bench / "out/cases"));
}

TEST_CASE("the tool gets what the case tells, as from the scorer", "[cli][evaluate]") {
  const Bench bench;
  bench.add_case("set/one", "3", "",
                 R"(, "modality": "xray", "px_per_mm_reference": 23.5, "points": [[1.25, 2, 3, 4]])");
  CHECK(bench.evaluate({"--keep"}).status == 0);
  const std::string kept = bench.path("out/cases/one");
  CHECK(read_text(bench / "set/one/given.txt") == "inspect " + bench.path("set/one/r.png") + " " +
                                                      bench.path("set/one/s.png") + " --output " + kept +
                                                      " --modality xray --pixels-per-mm 23.5 --points " + kept +
                                                      "/points-in.csv --points-output " + kept + "/points-out.csv\n");
  CHECK(read_text(bench / "out/cases/one/points-in.csv") == "x,y\n1.25,2\n");
}

TEST_CASE("a tool that fails is a row with its trouble and the rest goes on", "[cli][evaluate]") {
  const Bench bench;
  bench.add_case("set/a-crash", "9", "");
  bench.add_case("set/b-no-report", "1", "");
  bench.add_case("set/c-bad-report", "1", "{\"findings\": 1}");
  bench.add_case("set/d-fine", "1", kReport);
  const ProgramRun run = bench.evaluate({});
  CHECK(run.status == 0);
  CHECK_THAT(run.out, Contains("the tool failed on 3 cases"));
  const Json cases = bench.result()["cases"];
  CHECK(cases[0]["trouble"] == "exit 9: these are its last words\n");
  CHECK(cases[0]["status"] == 9);
  CHECK(cases[1]["trouble"] == "report.json: cannot read the file");
  CHECK(cases[2]["trouble"] == "report.json: findings must be a list");
  CHECK(cases[3]["trouble"].is_null());
  CHECK(bench.result()["summary"]["found"] == 0.25);
}

TEST_CASE("a tool that does not answer is ended", "[cli][evaluate]") {
  const Bench bench;
  bench.add_case("set/one", "1", kReport);
  write_text(bench / "set/one/sleep", "");
  std::vector<std::string> arguments = {"evaluate", bench.path("set"), "--output",    bench.path("out"),
                                        "--tool",   bench.tool(),      "--timeout-s", "0.3"};
  CHECK(run_program(arguments).status == 0);
  CHECK_THAT(bench.result()["cases"][0]["trouble"].get<std::string>(), Contains("no answer in 0.3 s"));
  CHECK(bench.result()["cases"][0]["status"].is_null());
}

TEST_CASE("mapped points give the registration error, and other than expected are trouble", "[cli][evaluate]") {
  const Bench bench;
  const std::string points = R"(, "points": [[0, 0, 10, 10], [0, 0, 20, 20]])";
  bench.add_case("set/fine", "1", kReport, points);
  write_text(bench / "set/fine/mapped.csv", "x,y\n13,14\n20,21\n");
  bench.add_case("set/short", "1", kReport, points);
  write_text(bench / "set/short/mapped.csv", "x,y\n13,14\n");
  CHECK(bench.evaluate({}).status == 0);
  const Json cases = bench.result()["cases"];
  CHECK(cases[0]["errors"] == Json::array({5, 1}));
  CHECK(cases[1]["trouble"] == "points-out.csv: holds 1 points instead of 2");
}

TEST_CASE("with an earlier evaluation it says what changed", "[cli][evaluate]") {
  const Bench bench;
  for (const auto* name : {"set/a", "set/b", "set/c", "set/d", "set/e", "set/f"}) {
    bench.add_case(name, "3", "");
  }
  REQUIRE(bench.evaluate({}).status == 0);
  fs::rename(bench / "out", bench / "old");
  for (const auto* name : {"set/a", "set/b", "set/c", "set/d", "set/e", "set/f"}) {
    bench.add_case(name, "1", kReport);
  }
  const ProgramRun run = bench.evaluate({"--compare", bench.path("old/evaluation.json")});
  CHECK(run.status == 0);
  CHECK_THAT(run.out,
             Contains("on the 6 cases of 6 boards that both have") &&
                 Catch::Matches("[^]*found at the tool's own threshold +0.00 +1.00 +\\+1.00 to \\+1.00 +better[^]*"));
  const Json values = bench.result()["comparison"]["values"];
  CHECK(values[0]["name"] == "found");
  CHECK(values[0]["verdict"] == "better");
}

TEST_CASE("bad arguments and cases are trouble before anything is run", "[cli][evaluate]") {
  const Bench bench;
  bench.add_case("set/one", "1", kReport);
  fs::create_directories(bench / "empty");
  bench.add_case("broken/one", "1", kReport);
  write_text(bench / "broken/one/case.json", "{\"reference\": \"r.png\"}");
  const auto trouble = [&](const ProgramRun& run, const std::string& message) {
    CHECK(run.status == 2);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Contains(message));
    CHECK_FALSE(fs::exists(bench / "out"));
    CHECK_FALSE(fs::exists(bench / "set/one/given.txt"));
  };
  trouble(bench.evaluate({}, "empty"), "holds no case");
  trouble(bench.evaluate({}, "nowhere"), "nowhere");
  trouble(bench.evaluate({}, "broken"), "broken/one/case.json: the document has no \"sample\"");
  trouble(bench.evaluate({bench.path("set/one")}), "two cases have one name");
  trouble(bench.evaluate({"--compare", bench.path("none.json")}), "none.json: cannot read");
  trouble(run_program({"evaluate", bench.path("set"), "--output", bench.path("out"), "--tool", bench.path("none")}),
          "no program that can be run");
  trouble(run_program({"evaluate", "--output", bench.path("out")}), "needs folders with cases");
  trouble(run_program({"evaluate", bench.path("set"), "--jobs", "-1"}), "--jobs must be");
  trouble(bench.evaluate({"--known-good", "2"}, "set"), "--known-good must be left out with --tool");
}

TEST_CASE("files of an earlier evaluation are replaced only with --force", "[cli][evaluate]") {
  const Bench bench;
  bench.add_case("set/one", "1", kReport);
  REQUIRE(bench.evaluate({"--keep"}).status == 0);
  const ProgramRun refused = bench.evaluate({"--keep"});
  CHECK(refused.status == 2);
  CHECK_THAT(refused.err, Contains("evaluation.json") && Contains("--force"));
  CHECK(bench.evaluate({"--keep", "--force"}).status == 0);
  CHECK(fs::exists(bench / "out/cases/one/report.json"));
}

TEST_CASE("what is kept never goes into a case", "[cli][evaluate]") {
  const Bench bench;
  bench.add_case("out/cases/one", "1", kReport);
  const ProgramRun run = bench.evaluate({"--keep", "--force"}, "out/cases");
  CHECK(run.status == 2);
  CHECK_THAT(run.err, Contains("--keep would write into the case"));
  CHECK_FALSE(fs::exists(bench / "out/cases/one/report.json"));
}

TEST_CASE("cases of one name in different folders are told apart by them", "[cli][evaluate]") {
  const Bench bench;
  bench.add_case("easy/one", "1", kReport, R"(, "board": "server-1")");
  bench.add_case("hard/one", "1", kReport, R"(, "board": "server-1")");
  const auto cases = boarddiff::cli::find_cases({bench / "easy", bench / "hard/one"});
  REQUIRE(cases.size() == 2);
  CHECK(cases[0].name == "easy/one");
  CHECK(cases[1].name == "hard/one");
  CHECK(cases[1].board == "server-1");
}
