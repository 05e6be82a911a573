// SPDX-License-Identifier: Apache-2.0
#include "compare/reference_file.h"
#include "tests/cli/enroll_bench.h"
#include "tests/cli/run_program.h"
#include "tests/support/reference_files.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace compare = boarddiff::compare;
using boarddiff::imaging::Point;
using boarddiff::test::altered_database;
using boarddiff::test::check_trouble;
using boarddiff::test::EnrollBench;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using boarddiff::test::textured_picture;
using boarddiff::test::write_text;
using Catch::Contains;
using Catch::StartsWith;
using Json = nlohmann::json;

TEST_CASE("boards that agree are enrolled with what is known about them", "[cli][enroll]") {
  const EnrollBench bench;
  const ProgramRun run = bench.enroll({"good1.png", "good2.png", "good3.png"},
                                      {"--name", "X200", "--note", "bought 3", "--pixels-per-mm", "9"});
  INFO(run.out << run.err);
  CHECK(run.status == 0);
  CHECK_THAT(run.out, StartsWith("enrolled 3 known-good boards; see " + bench.path("golden.bdref")) &&
                          Contains("good1.png: the frame") && Contains("good3.png: half of its places lie within 0.0"));
  const compare::ReferenceFile file = compare::read_reference_file(bench / "golden.bdref");
  CHECK(file.name == "X200");
  CHECK(file.note == "bought 3");
  REQUIRE(file.boards.size() == 3);
  CHECK(file.boards[1].file == "good2.png");
  CHECK(file.boards[1].bytes == read_text(bench / "good2.png"));
  CHECK(file.boards[0].pixels_per_mm == 9);
  // (100, 100) of the first is (90, 95) of the second.
  CHECK((to_sample(file.boards[1].from_first, Point(100, 100)) - Point(90, 95)).norm() < 0.1);
  CHECK(bench
            .enroll({"good1.png", "good2.png", "good3.png"},
                    {"--name", "X200", "--note", "bought 3", "--pixels-per-mm", "9", "--threads", "1"}, "again.bdref")
            .status == 0);
  CHECK(read_text(bench / "again.bdref") == read_text(bench / "golden.bdref"));
}

TEST_CASE("the one of three boards that differs is named, and nothing is written", "[cli][enroll][long]") {
  const EnrollBench bench;
  const std::vector<std::string> boards = {"good1.png", "odd.png", "good2.png"};
  const ProgramRun run = bench.enroll(boards);
  INFO(run.out << run.err);
  CHECK(run.status == 1);
  CHECK_THAT(run.out, Contains("odd.png differs from the other 2 at ") && Contains("look before trusting it") &&
                          Contains("nothing was written"));
  CHECK_THAT(run.out, !Contains("good1.png differs") && !Contains("good2.png differs"));
  CHECK_FALSE(std::filesystem::exists(bench / "golden.bdref"));
  const ProgramRun accepted = bench.enroll(boards, {"--accept-differences"});
  CHECK(accepted.status == 0);
  CHECK_THAT(accepted.out, StartsWith("enrolled 3") && Contains("odd.png differs"));
  CHECK(compare::read_reference_file(bench / "golden.bdref").boards.size() == 3);
}

TEST_CASE("of two boards that differ both are named", "[cli][enroll]") {
  const EnrollBench bench;
  const ProgramRun run = bench.enroll({"good1.png", "odd.png"});
  CHECK(run.status == 1);
  CHECK_THAT(run.out, Contains("good1.png and odd.png differ at ") && Contains("cannot be said"));
  CHECK_FALSE(std::filesystem::exists(bench / "golden.bdref"));
}

TEST_CASE("a board that cannot be laid on the first is named with the reason", "[cli][enroll]") {
  const EnrollBench bench;
  const ProgramRun run = bench.enroll({"good1.png", "good2.png", "noise.png"});
  CHECK(run.status == 3);
  CHECK_THAT(run.out, StartsWith("not comparable: noise.png cannot be laid on good1.png: "));
  CHECK(run.out.find('\n') == run.out.size() - 1);
  CHECK_FALSE(std::filesystem::exists(bench / "golden.bdref"));
}

TEST_CASE("a file with features gives the report of one without, and its features are used", "[cli][enroll]") {
  const EnrollBench bench;
  REQUIRE(bench.enroll({"good1.png", "good2.png"}).status == 0);
  compare::ReferenceFile file = compare::read_reference_file(bench / "golden.bdref");
  REQUIRE(file.boards.size() == 2);
  for (const compare::EnrolledBoard& board : file.boards) {
    REQUIRE(board.features);
    CHECK(board.features->origin.size == file.boards.front().size);
  }
  const std::string bytes = read_text(bench / "golden.bdref");
  CHECK(compare::reference_file_bytes(file, "golden.bdref") == bytes);
  write_text(bench / "plain.bdref", altered_database(bytes, "DELETE FROM features"));
  CHECK(bench.inspected("golden.bdref", "odd.png") == bench.inspected("plain.bdref", "odd.png"));

  // Where they are hollow, nothing is recognised by them.
  file.boards[1].features->features = {};
  write_text(bench / "hollow.bdref", compare::reference_file_bytes(file, "hollow.bdref"));
  CHECK_THAT(bench.inspected("hollow.bdref", "good3.png")["notes"].dump(),
             Contains("good2.png was left out: the reference picture shows too little detail"));
  file.boards[0].features->features = {};
  write_text(bench / "hollow.bdref", compare::reference_file_bytes(file, "hollow.bdref"));
  CHECK(bench.inspected("hollow.bdref", "good3.png")["outcome"] == "not_comparable");
  // With other options they are found anew.
  const Json other = bench.inspected("hollow.bdref", "good3.png", {"--registration.max-features", "4000"});
  CHECK(other["outcome"] == "nothing_found");
  CHECK_THAT(other["notes"].dump(), Contains("compared with 2 known-good boards"));
}

TEST_CASE("features of all boards are found anew when boards are added", "[cli][enroll]") {
  const EnrollBench bench;
  REQUIRE(bench.enroll({"good1.png", "good2.png"}).status == 0);
  const std::string whole = read_text(bench / "golden.bdref");
  write_text(
      bench / "old.bdref",
      altered_database(
          whole,
          "DROP TABLE variation; DROP TABLE reading; DROP TABLE design; DROP TABLE features; PRAGMA user_version = 2"));
  REQUIRE(bench.enroll({"good3.png"}, {"--add", bench.path("old.bdref")}, "from_old.bdref").status == 0);
  REQUIRE(bench.enroll({"good3.png"}, {"--add", bench.path("golden.bdref")}, "from_new.bdref").status == 0);
  const compare::ReferenceFile added = compare::read_reference_file(bench / "from_old.bdref");
  REQUIRE(added.boards.size() == 3);
  for (const compare::EnrolledBoard& board : added.boards) {
    CHECK(board.features);
  }
  CHECK(read_text(bench / "from_old.bdref") == read_text(bench / "from_new.bdref"));
}

TEST_CASE("boards are added to a file that exists", "[cli][enroll]") {
  const EnrollBench bench;
  REQUIRE(bench.enroll({"good1.png"}, {"--name", "X200", "--pixels-per-mm", "9"}).status == 0);
  const std::vector<std::string> add = {"--add", bench.path("golden.bdref")};
  check_trouble(bench.enroll({"good2.png"}, add), "will not replace " + bench.path("golden.bdref"));
  REQUIRE(bench.enroll({"good2.png"}, {"--add", bench.path("golden.bdref"), "--force"}).status == 0);
  const ProgramRun other = bench.enroll({"good3.png"}, add, "more.bdref");
  CHECK(other.status == 0);
  CHECK_THAT(other.out, StartsWith("enrolled 3") && Contains("good2.png: enrolled before"));
  CHECK(compare::read_reference_file(bench / "golden.bdref").boards.size() == 2);
  const compare::ReferenceFile more = compare::read_reference_file(bench / "more.bdref");
  CHECK(more.boards.size() == 3);
  CHECK(more.name == "X200");
  CHECK(more.boards[0].pixels_per_mm == 9);
  check_trouble(bench.enroll({"good2.png"}, add, "twice.bdref"), "good2.png: the same picture as good2.png");
}

TEST_CASE("the same picture given twice is refused by name", "[cli][enroll]") {
  const EnrollBench bench;
  std::filesystem::copy_file(bench / "good1.png", bench / "copy.png");
  check_trouble(bench.enroll({"good1.png", "good2.png", "copy.png"}),
                bench.path("copy.png") + ": the same picture as good1.png");
  CHECK_FALSE(std::filesystem::exists(bench / "golden.bdref"));
}

TEST_CASE("enroll refuses what it cannot do before any work", "[cli][enroll]") {
  const EnrollBench bench;
  check_trouble(run_program({"enroll", "--output", bench.path("golden.bdref")}), "was given none");
  check_trouble(run_program({"enroll", bench.path("good1.png")}), "--output must name a file");
  check_trouble(bench.enroll({"none.png"}), bench.path("none.png") + ": cannot be opened");
  check_trouble(bench.enroll({"good1.png"}, {"--false-calls-per-board", "0"}), "--false-calls-per-board");
  check_trouble(bench.enroll({"good1.png"}, {"--force"}, "good1.png"), "it is one of the inputs");
  check_trouble(bench.enroll({"good1.png"}, {"--add", bench.path("good2.png")}), "good2.png: is no reference file");
  CHECK_FALSE(std::filesystem::exists(bench / "golden.bdref"));
}

TEST_CASE("a reference file of one board gives the findings of its picture", "[cli][enroll]") {
  const EnrollBench bench;
  REQUIRE(bench.enroll({"good1.png"}).status == 0);
  Json with_file = bench.inspected("golden.bdref", "odd.png");
  const Json with_picture = bench.inspected("good1.png", "odd.png");
  CHECK(with_file["reference"]["boards"].size() == 1);
  REQUIRE_FALSE(with_picture["findings"].empty());
  for (const char* more : {"name", "note", "boards"}) {
    with_file["reference"].erase(more);
  }
  CHECK(with_file == with_picture);
}

TEST_CASE("what an enrolled board shows is no finding any more", "[cli][enroll]") {
  const EnrollBench bench;
  REQUIRE(bench.enroll({"good1.png", "odd.png"}, {"--accept-differences", "--name", "X200"}).status == 0);
  // The body of the odd unit, in a picture of its own.
  const cv::Mat3b board = textured_picture({500, 400}, 1);
  cv::Mat3b sample = board(cv::Rect(10, 10, 440, 340)).clone();
  sample(cv::Rect(194, 139, 40, 30)).setTo(cv::Scalar(20, 20, 20));
  cv::imwrite(bench.path("sample.png"), sample);
  REQUIRE(bench.inspected("good1.png", "sample.png")["outcome"] == "needs_review");
  const Json report = bench.inspected("golden.bdref", "sample.png");
  CHECK(report["outcome"] == "nothing_found");
  CHECK(report["reference"]["file"] == "good1.png");
  CHECK(report["reference"]["name"] == "X200");
  CHECK(report["reference"]["boards"][1]["file"] == "odd.png");
  CHECK(report["reference"]["boards"][1]["compared"] == true);
  CHECK_THAT(report["notes"].dump(), Contains("compared with 2 known-good boards"));
  CHECK_THAT(read_text(bench / "out/report.html"), Contains("known-good board"));
}

TEST_CASE("the scale and the kind of pictures come from the reference file", "[cli][enroll]") {
  const EnrollBench bench;
  REQUIRE(bench.enroll({"good1.png"}, {"--pixels-per-mm", "9"}).status == 0);
  const Json report = bench.inspected("golden.bdref", "good2.png");
  CHECK(report["reference"]["pixels_per_mm"] == 9);
  CHECK(report["reference"]["pixels_per_mm_origin"] == "given");
  CHECK(bench.inspected("golden.bdref", "good2.png", {"--pixels-per-mm", "10"})["reference"]["pixels_per_mm"] == 10);
  const ProgramRun run = run_program({"inspect", bench.path("golden.bdref"), bench.path("good2.png"), "--output",
                                      bench.path("x"), "--modality", "xray"});
  check_trouble(run, "were enrolled as photographs");
  REQUIRE(bench.enroll({"good1.png"}, {"--modality", "xray"}, "xray.bdref").status == 0);
  CHECK(bench.inspected("xray.bdref", "good2.png")["modality"] == "xray");
}

TEST_CASE("align takes the first board of a reference file", "[cli][enroll]") {
  const EnrollBench bench;
  REQUIRE(bench.enroll({"good1.png", "good2.png"}).status == 0);
  const auto mapping = [&](const std::string& reference) {
    const ProgramRun run = run_program({"align", bench.path(reference), bench.path("good3.png"), "--output",
                                        bench.path("aligned.png"), "--force", "--json"});
    REQUIRE(run.status == 0);
    return run.out;
  };
  const std::string with_file = mapping("golden.bdref");
  const std::string picture = read_text(bench / "aligned.png");
  CHECK(with_file == mapping("good1.png"));
  CHECK(picture == read_text(bench / "aligned.png"));
}

TEST_CASE("a reference file that cannot be used ends with 2 and names the file", "[cli][enroll]") {
  const EnrollBench bench;
  REQUIRE(bench.enroll({"good1.png"}).status == 0);
  const std::string whole = read_text(bench / "golden.bdref");
  const auto check = [&](const std::string& bytes, const std::string& message) {
    write_text(bench / "other.bdref", bytes);
    check_trouble(
        run_program({"inspect", bench.path("other.bdref"), bench.path("good2.png"), "--output", bench.path("x")}),
        bench.path("other.bdref") + ": " + message);
    CHECK_FALSE(std::filesystem::exists(bench / "x"));
  };
  check(altered_database(whole, "PRAGMA application_id = 7"), "is a database, but none");
  check(altered_database(whole, "PRAGMA user_version = 7"), "was made by a newer boarddiff");
  check(altered_database(whole, "DELETE FROM board"), "is damaged: it holds no board");
  check(whole.substr(0, whole.size() / 2), "is damaged: ");
}
