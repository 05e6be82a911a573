// SPDX-License-Identifier: Apache-2.0
#include "imaging/load.h"
#include "tests/cli/exported_case.h"
#include "tests/cli/run_program.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using namespace boarddiff::cli;
using boarddiff::test::check_trouble;
using boarddiff::test::ExportedCase;
using boarddiff::test::finding_at;
using boarddiff::test::inspected;
using boarddiff::test::inspected_in_size;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_noise_picture;
using boarddiff::test::write_text;
using Catch::Contains;

namespace {

// As CSV, unless the flags say otherwise.
ProgramRun report(const ExportedCase& some, std::vector<std::string> flags) {
  if (std::find(flags.begin(), flags.end(), "--format") == flags.end()) {
    flags.insert(flags.end(), {"--format", "csv"});
  }
  flags.insert(flags.begin(), {"report", some.file().string()});
  return run_program(flags);
}

BatchSample pictured(const ExportedCase& some, const std::string& file, unsigned seed) {
  write_noise_picture(some.made() / file, 200, 150, seed);
  return {.path = some.made() / file};
}

}  // namespace

TEST_CASE("a report is of boards with findings and of those that were not compared, unless all are asked for",
          "[cli][report]") {
  ExportedCase some;
  some.add(some.made().sample("good.jpg", "g"), inspected({}));
  const ProgramRun nothing = report(some, {"--format", "csv"});
  CHECK(nothing.status == 0);
  CHECK(std::count(nothing.out.begin(), nothing.out.end(), '\n') == 1);
  CHECK_THAT(report(some, {"--all"}).out, Contains("good.jpg"));
  some.add(some.made().sample("odd.jpg", "o"), inspected({finding_at(0, 0.9)}));
  const ProgramRun found = report(some, {});
  CHECK(found.status == 1);
  CHECK_THAT(found.out, Contains("odd.jpg") && !Contains("good.jpg"));
  CHECK(found.err.empty());
}

TEST_CASE("a report ends as the worst of its boards does, and what waits is no success", "[cli][report]") {
  ExportedCase some;
  some.add(some.made().sample("odd.jpg", "o"), inspected({finding_at(0, 0.9)}));
  SampleRecord other = inspected({});
  other.outcome = "not_comparable";
  some.add(some.made().sample("other.jpg", "n"), other);
  CHECK(report(some, {}).status == 3);
  some.add_waiting(some.made().sample("later.jpg", "w"));
  const ProgramRun waiting = report(some, {});
  CHECK(waiting.status == 2);
  CHECK_THAT(waiting.out, Contains("later.jpg") && Contains("waiting"));
}

TEST_CASE("dismissed findings are written and no longer count", "[cli][report]") {
  ExportedCase some;
  const std::int64_t id =
      some.add(some.made().sample("a.jpg", "a"), inspected({finding_at(0, 0.9), finding_at(50, 0.8)}));
  some.decide(id, 1, "dismissed");
  CHECK(report(some, {}).status == 1);
  some.decide(id, 2, "dismissed");
  const ProgramRun dismissed = report(some, {});
  CHECK(dismissed.status == 0);
  CHECK_THAT(dismissed.out, Contains("dismissed"));
  some.decide(id, 2, "unsure", "Bo");
  CHECK(report(some, {}).status == 1);
}

TEST_CASE("candidates are written on request, and always once somebody suspects one", "[cli][report]") {
  ExportedCase some;
  FindingRecord weak = finding_at(70, 0.1);
  weak.above_threshold = false;
  FindingRecord weaker = finding_at(90, 0.05);
  weaker.above_threshold = false;
  SampleRecord record = inspected({weak, weaker});
  record.outcome = "nothing_found";
  const std::int64_t id = some.add(some.made().sample("a.jpg", "a"), record);
  const auto findings = [&](const std::vector<std::string>& flags) {
    std::vector<std::string> all = {"--format", "json", "--all"};
    all.insert(all.end(), flags.begin(), flags.end());
    return nlohmann::json::parse(report(some, all).out)["boards"][0]["findings"].size();
  };
  CHECK(findings({}) == 0);
  CHECK(findings({"--candidates"}) == 2);
  CHECK(findings({"--candidates", "--min-score", "0.08"}) == 1);
  CHECK(report(some, {}).status == 0);
  some.decide(id, 2, "unexpected");
  CHECK(findings({}) == 1);
  CHECK(report(some, {}).status == 1);
}

TEST_CASE("each format is written into a file, and replaces none without --force", "[cli][report]") {
  ExportedCase some;
  some.add(some.made().sample("a.jpg", "a"), inspected_in_size({finding_at(0, 0.9)}));
  const TemporaryFolder folder;
  for (const std::string format : {"csv", "json", "coco", "geojson", "sarif", "junit"}) {
    const std::string file = (folder / format).string();
    INFO(format);
    const ProgramRun written = report(some, {"--format", format, "--output", file});
    CHECK(written.status == 1);
    CHECK(written.out == "1 board; see " + file + "\n");
    CHECK(read_text(file) == report(some, {"--format", format}).out);
    check_trouble(report(some, {"--format", format, "--output", file}), "will not replace");
    CHECK(report(some, {"--format", format, "--output", file, "--force"}).status == 1);
  }
}

TEST_CASE("LabelMe's files go into a folder, which has to be named", "[cli][report]") {
  ExportedCase some;
  some.add(some.made().sample("a.jpg", "a"), inspected_in_size({finding_at(0, 0.9)}));
  some.add(some.made().sample("broken.jpg", "b"), {.end = SampleEnd::unreadable, .reason = "cut short"});
  const TemporaryFolder folder;
  check_trouble(report(some, {"--format", "labelme"}), "--output must name a folder");
  const ProgramRun written = report(some, {"--format", "labelme", "--output", (folder / "new").string()});
  CHECK(written.status == 2);
  CHECK_THAT(written.out, Contains("1 file; see "));
  CHECK_THAT(written.err, Contains("left out 1 picture whose size"));
  CHECK(fs::exists(folder / "new/a.json"));
  check_trouble(report(some, {"--format", "labelme", "--output", (folder / "new").string()}), "a.json");
  write_text(folder / "file", "");
  check_trouble(report(some, {"--format", "labelme", "--output", (folder / "file").string()}), "is no folder");
}

TEST_CASE("a page needs a folder, or a file for one board", "[cli][report]") {
  ExportedCase some;
  some.add(some.made().sample("a.jpg", "a"), inspected({finding_at(0, 0.9)}));
  some.add(some.made().sample("b.jpg", "b"), inspected({finding_at(0, 0.8)}));
  const TemporaryFolder folder;
  const std::string target = (folder / "page").string();
  check_trouble(run_program({"report", some.file().string()}), "--output must name a folder");
  check_trouble(report(some, {"--single-file", "--output", target}), "--format html alone");
  const ProgramRun written = report(some, {"--format", "html", "--output", target});
  CHECK(written.status == 1);
  CHECK_THAT(written.out, Contains("2 boards, ") && Contains("index.html"));
  // What stands for the pictures here are none.
  CHECK_THAT(written.err, Contains("a.jpg is shown small: "));
  CHECK(fs::exists(folder / "page/index.html"));
  CHECK(std::distance(fs::directory_iterator(folder / "page/data"), {}) == 3);
  check_trouble(report(some, {"--format", "html", "--output", target}), "--force");
  CHECK(report(some, {"--format", "html", "--output", target, "--force", "--board", "b.jpg"}).status == 1);
  CHECK(std::distance(fs::directory_iterator(folder / "page/data"), {}) == 2);
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);

  const std::string file = (folder / "one.html").string();
  check_trouble(report(some, {"--format", "html", "--single-file", "--output", file}), "these are 2");
  CHECK(report(some, {"--format", "html", "--single-file", "--output", file, "--board", "a.jpg"}).status == 1);
  CHECK_THAT(read_text(file), Contains("Content-Security-Policy") && !Contains("src=\"review.js\""));
  check_trouble(report(some, {"--format", "html", "--output", target, "--board", "none"}), "holds no board none");
}

TEST_CASE("a folder with something else in it is never replaced by a page", "[cli][report]") {
  ExportedCase some;
  some.add(some.made().sample("a.jpg", "a"), inspected({finding_at(0, 0.9)}));
  check_trouble(report(some, {"--format", "html", "--output", (some.made() / "").string(), "--force"}), "");
  check_trouble(report(some, {"--format", "html", "--output", (some.made() / "a.jpg").string(), "--force"}),
                "holds something else");
  CHECK(fs::exists(some.made() / "a.jpg"));
}

TEST_CASE("marked copies are made of pictures that are what was inspected, and of no others", "[cli][report]") {
  ExportedCase some;
  some.add(pictured(some, "a.png", 1), inspected({finding_at(60, 0.9)}));
  some.add(pictured(some, "changed.png", 2), inspected({finding_at(60, 0.8)}));
  some.add(pictured(some, "gone.png", 3), inspected({finding_at(60, 0.7)}));
  write_noise_picture(some.made() / "changed.png", 200, 150, 4);
  fs::remove(some.made() / "gone.png");
  const TemporaryFolder folder;
  const ProgramRun run = report(some, {"--annotated", (folder / "marked").string()});
  CHECK(run.status == 1);
  CHECK_THAT(run.err, Contains("changed.png: has changed since it was inspected") && Contains("gone.png"));
  CHECK(std::count(run.err.begin(), run.err.end(), '\n') == 2);
  const auto copy = boarddiff::imaging::load_board_image(folder / "marked/a.jpg");
  CHECK(copy.size() == cv::Size(200, 150));
  CHECK(std::distance(fs::directory_iterator(folder / "marked"), {}) == 1);
  check_trouble(report(some, {"--annotated", (folder / "marked").string()}), "a.jpg");
}

TEST_CASE("no report takes the place of a picture or of the case, also with --force", "[cli][report]") {
  ExportedCase some;
  some.add(pictured(some, "a.jpg", 1), inspected({finding_at(60, 0.9)}));
  const std::string folder = (some.made() / "").string();
  const std::string before = read_text(some.made() / "a.jpg");
  check_trouble(report(some, {"--annotated", folder, "--force"}), "it is one of the inputs");
  check_trouble(report(some, {"--output", (some.made() / "a.jpg").string(), "--force"}), "it is one of the inputs");
  check_trouble(report(some, {"--output", some.file().string(), "--force"}), "it is one of the inputs");
  CHECK(read_text(some.made() / "a.jpg") == before);
}

TEST_CASE("what is no case, holds no board, or is asked for wrongly is refused", "[cli][report]") {
  ExportedCase some;
  check_trouble(report(some, {}), "holds no board");
  check_trouble(run_program({"report"}), "report needs one case file");
  check_trouble(report(some, {"--format", "pdf"}), "--format");
  check_trouble(report(some, {"--min-score", "2"}), "--min-score");
  check_trouble(run_program({"report", (some.made() / "reference.jpg").string(), "--format", "csv"}), "reference.jpg");
}
