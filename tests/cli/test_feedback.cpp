// SPDX-License-Identifier: Apache-2.0
#include "cli/case/audit_trail.h"
#include "cli/case/case_boards.h"
#include "cli/case/case_store.h"
#include "cli/case/decisions.h"
#include "cli/child_process.h"
#include "cli/review/board_pictures.h"
#include "compare/reference_file.h"
#include "tests/cli/enroll_bench.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include <filesystem>
#include <string>

namespace compare = boarddiff::compare;
namespace fs = std::filesystem;
using namespace boarddiff::cli;
using boarddiff::test::check_trouble;
using boarddiff::test::EnrollBench;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using Catch::Contains;
using compare::DatabaseAccess;

namespace {

// A case of the samples odd.png and others against golden.bdref. On odd.png the body at (200, 150) was found.
class FeedbackBench {
 public:
  FeedbackBench() {
    const cv::Mat3b board = boarddiff::test::textured_picture({500, 400}, 1);
    write_sample("again.png", board(cv::Rect(28, 17, 440, 340)), cv::Rect(176, 132, 40, 30), {20, 20, 20});
    write_sample("other.png", board(cv::Rect(24, 14, 440, 340)), cv::Rect(184, 132, 30, 36), {225, 225, 225});
    REQUIRE(bench_.enroll({"good1.png"}).status == 0);
  }

  [[nodiscard]] std::string path(std::string_view name) const { return bench_.path(name); }

  void inspect(const std::vector<std::string>& samples) const {
    std::vector<std::string> words = {"batch", path("golden.bdref")};
    for (const std::string& sample : samples) words.push_back(path(sample));
    words.insert(words.end(), {"--case", path("a.bdcase"), "--quiet"});
    const ChildResult run = run_child({.program = BOARDDIFF_PROGRAM, .arguments = words});
    INFO(run.last_output);
    REQUIRE(run.status < 2);
  }

  // Of the last inspection of this picture.
  [[nodiscard]] CaseBoard board(const std::string& file) const {
    CaseStore store(path("a.bdcase"), DatabaseAccess::read);
    CaseBoard found;
    for (const CaseBoard& one : boards_by_concern(store.database())) {
      if (one.file == file && one.id > found.id) found = one;
    }
    REQUIRE(found.id > 0);
    return found;
  }

  void dismiss(std::int64_t sample, const std::string& reason, const std::string& comment = "") const {
    CaseStore store(path("a.bdcase"), DatabaseAccess::write);
    decide(store, {.place = {.sample = sample, .number = 1},
                   .verdict = "dismissed",
                   .reason = reason,
                   .comment = comment,
                   .reviewer = "R. Eviewer"});
  }

  [[nodiscard]] ProgramRun accept() const {
    return run_program(
        {"feedback", path("a.bdcase"), "--board", "odd.png", "--finding", "1", "--reviewer", "R. Eviewer"});
  }
  [[nodiscard]] ProgramRun withdraw(const std::string& number) const {
    return run_program({"feedback", path("a.bdcase"), "--reference", path("golden.bdref"), "--withdraw", number,
                        "--reviewer", "S. Upervisor"});
  }
  [[nodiscard]] std::string golden() const { return read_text(path("golden.bdref")); }

 private:
  void write_sample(const std::string& name, const cv::Mat3b& board, const cv::Rect& body,
                    const cv::Scalar& colour) const {
    cv::Mat3b picture = board.clone();
    picture(body).setTo(colour);
    cv::imwrite(path(name), picture);
  }

  EnrollBench bench_ = {};
};

}  // namespace

TEST_CASE("a dismissed finding becomes a variation of the reference file", "[cli][feedback]") {
  const FeedbackBench bench;
  bench.inspect({"odd.png"});
  REQUIRE(bench.board("odd.png").findings == 1);
  bench.dismiss(bench.board("odd.png").id, "alternate", "from the second source");
  const ProgramRun accepted = bench.accept();
  INFO(accepted.err);
  REQUIRE(accepted.status == 0);
  CHECK_THAT(accepted.out, Contains("finding 1 of odd.png is variation 1 now"));

  const ProgramRun list = run_program({"feedback", "--reference", bench.path("golden.bdref")});
  CHECK(list.status == 0);
  CHECK_THAT(list.out,
             Catch::StartsWith("1: ") && Contains("approved alternate: from the second source (R. Eviewer, "));

  // The same again is called no longer, the same place otherwise still is.
  bench.inspect({"odd.png", "again.png", "other.png"});
  CHECK(bench.board("odd.png").outcome == "nothing_found");
  CHECK(bench.board("again.png").outcome == "nothing_found");
  CHECK(bench.board("other.png").findings == 1);
  CaseStore store(bench.path("a.bdcase"), DatabaseAccess::read);
  const std::string report = report_of(store.database(), bench.board("again.png").id);
  CHECK_THAT(report, Contains("\"variations\"") && Contains("approved alternate: from the second source"));
  CHECK_FALSE(broken_entry(store.database()).has_value());
  CHECK(store.database().text_of("SELECT action FROM trail WHERE action LIKE 'variation%'") == "variation accepted");
}

TEST_CASE("a variation can be withdrawn, and stays on record", "[cli][feedback]") {
  const FeedbackBench bench;
  bench.inspect({"odd.png"});
  bench.dismiss(bench.board("odd.png").id, "dirt");
  REQUIRE(bench.accept().status == 0);
  check_trouble(bench.withdraw("2"), "holds no variation 2");
  REQUIRE(bench.withdraw("1").status == 0);
  check_trouble(bench.withdraw("1"), "variation 1 has been withdrawn by S. Upervisor already");
  CHECK_THAT(run_program({"feedback", "--reference", bench.path("golden.bdref")}).out,
             Contains("withdrawn by S. Upervisor"));
  bench.inspect({"odd.png"});
  CHECK(bench.board("odd.png").findings == 1);
  CaseStore store(bench.path("a.bdcase"), DatabaseAccess::read);
  CHECK(store.database().integer_of("SELECT count(*) FROM trail WHERE action LIKE 'variation %'") == 2);
  const std::string detail = store.database().text_of("SELECT detail FROM trail WHERE action = 'variation withdrawn'");
  CHECK_THAT(detail, Contains("S. Upervisor: variation 1; its sha256 was "));
}

TEST_CASE("only what stands as dismissed is taken, once, and for a reason", "[cli][feedback]") {
  const FeedbackBench bench;
  bench.inspect({"odd.png"});
  const std::int64_t sample = bench.board("odd.png").id;
  const std::string before = bench.golden();
  check_trouble(bench.accept(), "finding 1 of odd.png does not stand as dismissed");
  bench.dismiss(sample, "picture_fault");
  check_trouble(bench.accept(), "was dismissed as a fault of the picture");
  CHECK(bench.golden() == before);
  bench.dismiss(sample, "dirt");
  REQUIRE(bench.accept().status == 0);
  const std::string after = bench.golden();
  check_trouble(bench.accept(), "is variation 1 of ");
  CHECK(bench.golden() == after);
}

TEST_CASE("nothing is cut out of files that have changed", "[cli][feedback]") {
  const FeedbackBench bench;
  bench.inspect({"odd.png"});
  bench.dismiss(bench.board("odd.png").id, "dirt");
  const std::string before = bench.golden();
  SECTION("the sample") {
    fs::copy_file(bench.path("again.png"), bench.path("odd.png"), fs::copy_options::overwrite_existing);
    check_trouble(bench.accept(), "odd.png: has changed since it was inspected");
    CHECK(bench.golden() == before);
  }
  SECTION("the reference's first board") {
    REQUIRE(
        run_program({"enroll", bench.path("good2.png"), "--output", bench.path("golden.bdref"), "--force"}).status ==
        0);
    check_trouble(bench.accept(), "golden.bdref: holds another board than the one of the inspection");
  }
}

TEST_CASE("only the place of a changed marking can be ignored", "[cli][feedback]") {
  const FeedbackBench bench;
  bench.inspect({"odd.png"});
  const std::int64_t sample = bench.board("odd.png").id;
  bench.dismiss(sample, "lot_code");
  const std::vector<std::string> words = {"feedback", bench.path("a.bdcase"), "--board",    "odd.png", "--finding",
                                          "1",        "--ignore-print",       "--reviewer", "Ann"};
  const std::string before = bench.golden();
  check_trouble(run_program(words), "is no changed marking");
  CHECK(bench.golden() == before);
  {
    CaseStore store(bench.path("a.bdcase"), DatabaseAccess::write);
    store.database().run("UPDATE finding SET kind = 'changed_marking'");
  }
  const ProgramRun run = run_program(words);
  INFO(run.err);
  REQUIRE(run.status == 0);
  CHECK_THAT(run.out, Contains("is ignored region drawn-"));
  const compare::ReferenceFile file = compare::read_reference_file(bench.path("golden.bdref"));
  CHECK(file.variations.empty());
  REQUIRE(file.ignored.has_value());
  CHECK_THAT(file.ignored->bytes, Contains("lot code") && Contains("Ann"));
  bench.inspect({"odd.png"});
  CHECK(bench.board("odd.png").outcome == "nothing_found");
}

TEST_CASE("a picture as reference takes no variations", "[cli][feedback]") {
  const FeedbackBench bench;
  const ChildResult run = run_child({.program = BOARDDIFF_PROGRAM,
                                     .arguments = {"batch", bench.path("good1.png"), bench.path("odd.png"), "--case",
                                                   bench.path("a.bdcase"), "--quiet"}});
  REQUIRE(run.status == 1);
  bench.dismiss(bench.board("odd.png").id, "dirt");
  check_trouble(bench.accept(), "was not inspected against a file of boarddiff enroll");
}

TEST_CASE("the pictures of a case are shown in full after its reference file took a variation", "[cli][feedback]") {
  const FeedbackBench bench;
  bench.inspect({"odd.png"});
  const CaseBoard board = bench.board("odd.png");
  bench.dismiss(board.id, "dirt");
  REQUIRE(bench.accept().status == 0);
  CaseStore store(bench.path("a.bdcase"), DatabaseAccess::read);
  const BoardPictures pictures = load_board_pictures(picture_request(store.database(), board));
  CHECK(pictures.reference.size() == cv::Size(440, 340));
  REQUIRE(run_program({"enroll", bench.path("good2.png"), "--output", bench.path("golden.bdref"), "--force"}).status ==
          0);
  CHECK_THROWS_WITH(load_board_pictures(picture_request(store.database(), board)),
                    Contains("holds another board than the one of the inspection"));
}

TEST_CASE("feedback says what it needs", "[cli][feedback]") {
  const FeedbackBench bench;
  check_trouble(run_program({"feedback"}), "--board must name a board");
  check_trouble(run_program({"feedback", "--reference", bench.path("good1.png")}), "is no reference file");
  check_trouble(run_program({"feedback", "--withdraw", "1"}), "--withdraw must be given with --reference");
  check_trouble(run_program({"feedback", bench.path("none.bdcase"), "--board", "x", "--finding", "1"}), "none.bdcase");
  CHECK_THAT(run_program({"feedback", "--reference", bench.path("golden.bdref")}).out, Contains("holds no variation"));
  CHECK(run_program({"feedback", "--help"}).status == 0);
}
