// SPDX-License-Identifier: Apache-2.0
#include "cli/case/audit_trail.h"
#include "cli/case/brought_decisions.h"
#include "cli/export/deciding_document.h"
#include "tests/cli/exported_case.h"
#include "tests/cli/run_program.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using namespace boarddiff::cli;
using boarddiff::test::check_trouble;
using boarddiff::test::ExportedCase;
using boarddiff::test::finding_at;
using boarddiff::test::inspected;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using boarddiff::test::write_text;
using Catch::Contains;
using Json = nlohmann::ordered_json;

namespace {

// A case with a board of two findings, and what the page of a report would write about it.
class ReportedCase {
 public:
  ReportedCase() {
    BatchSample sample = some_.made().sample("a.jpg", "a");
    sample.serial = "SN-1";
    sample_ = some_.add(sample, inspected({finding_at(10, 0.9), finding_at(90, 0.8)}));
    deciding_ = deciding_document(some_.store().database(), boards_by_concern(some_.store().database()));
  }

  [[nodiscard]] Json decision(int number, const std::string& verdict, const std::string& at = "2026-11-24T15:04:05Z",
                              const std::string& reviewer = "Cleo") const {
    Json one = deciding_["inspections"][std::to_string(sample_)];
    one.update({{"number", number},
                {"verdict", verdict},
                {"reason", verdict == kDismissed ? "dirt" : ""},
                {"comment", ""},
                {"reviewer", reviewer},
                {"at", at}});
    return one;
  }
  [[nodiscard]] Json document(const std::vector<Json>& decisions) const {
    return {{"format", deciding_["format"]}, {"case", deciding_["case"]}, {"decisions", decisions}};
  }
  ProgramRun decide(const Json& document, const std::string& name = "decisions.json") {
    write_text(some_.made() / name, document.is_string() ? document.get<std::string>() : document.dump());
    return run_program({"decide", some_.file().string(), (some_.made() / name).string(), "--operator", "Dora"});
  }

  ExportedCase& made() { return some_; }
  [[nodiscard]] std::int64_t sample() const { return sample_; }
  boarddiff::compare::Database& database() { return some_.store().database(); }
  std::vector<Decision> rows() { return decisions_after(database()); }
  PlaceState state(int number) {
    return standing_of(rows())[DecisionPlace{.sample = sample_, .number = number}].state();
  }

 private:
  ExportedCase some_ = {};
  std::int64_t sample_ = 0;
  Json deciding_ = {};
};

}  // namespace

TEST_CASE("decisions from a report's page come into the case, with their time and reviewer", "[cli][decide]") {
  ReportedCase made;
  const Json document = made.document({made.decision(1, "dismissed"), made.decision(2, "unsure")});
  const ProgramRun run = made.decide(document);
  CHECK(run.status == 0);
  CHECK_THAT(run.out, Contains("decisions.json: 2 decisions brought in\n"));
  REQUIRE(made.rows().size() == 2);
  CHECK(made.rows().front().reviewer == "Cleo");
  CHECK(made.rows().front().reason == "dirt");
  CHECK(made.rows().front().at == "2026-11-24T15:04:05Z");
  CHECK(made.state(1) == PlaceState::dismissed);
  CHECK(made.state(2) == PlaceState::unsure);

  const std::string entry = made.database().text_of(
      "SELECT operator || ' ' || subject || ' ' || detail FROM trail WHERE action = 'decisions "
      "brought in'");
  CHECK_THAT(entry, Contains("Dora file decisions.json sha256 ") && Contains(", 2 new of 2"));
  CHECK_THAT(entry, Contains(read_decisions_file(made.made().made() / "decisions.json").sha256));
  CHECK(made.database().integer_of("SELECT count(*) FROM trail WHERE action = 'decided'") == 2);
  CHECK_FALSE(broken_entry(made.database()).has_value());
}

TEST_CASE("the same file twice adds nothing", "[cli][decide]") {
  ReportedCase made;
  Json comment = made.decision(1, "comment");
  comment["comment"] = "look again";
  const Json document = made.document({made.decision(1, "unexpected"), comment});
  REQUIRE(made.decide(document).status == 0);
  const std::int64_t entries = made.database().integer_of("SELECT count(*) FROM trail");
  const ProgramRun again = made.decide(document);
  CHECK(again.status == 0);
  CHECK_THAT(again.out, Contains("0 decisions brought in, 2 known already"));
  CHECK(made.rows().size() == 2);
  CHECK(made.database().integer_of("SELECT count(*) FROM trail") == entries);
}

TEST_CASE("nobody's decision takes the place of another's: both stand, and the conflict is said", "[cli][decide]") {
  ReportedCase made;
  made.made().decide(made.sample(), 1, "dismissed", "Ann");
  const ProgramRun run = made.decide(made.document({made.decision(1, "unexpected"), made.decision(2, "unsure")}));
  CHECK(run.status == 0);
  CHECK_THAT(run.out,
             Contains("SN-1, finding 1: in conflict: Ann dismissed (dirt), Cleo unexpected") && !Contains("finding 2"));
  CHECK(made.state(1) == PlaceState::conflict);
}

TEST_CASE("what a reviewer decided later holds, in whichever order files come", "[cli][decide]") {
  ReportedCase made;
  const Json early = made.document({made.decision(1, "unexpected", "2026-11-24T10:00:00Z")});
  const Json late = made.document({made.decision(1, "dismissed", "2026-11-24T11:00:00Z")});
  REQUIRE(made.decide(late, "late.json").status == 0);
  CHECK_THAT(made.decide(early, "early.json").out, Contains("0 decisions brought in, 1 left out"));
  CHECK(made.state(1) == PlaceState::dismissed);
  const ProgramRun newest = made.decide(made.document({made.decision(1, "unsure", "2026-11-24T12:00:00Z")}));
  CHECK_THAT(newest.out, Contains("SN-1, finding 1: Cleo had decided dismissed (dirt), and now unsure"));
  CHECK(made.state(1) == PlaceState::unsure);
}

TEST_CASE("one decision that cannot be keeps all out, and is told with its place", "[cli][decide]") {
  ReportedCase made;
  const Json good = made.decision(1, "unexpected");
  const std::int64_t entries = made.database().integer_of("SELECT count(*) FROM trail");
  const auto refused = [&](const Json& bad, const std::string& why) {
    INFO(why);
    check_trouble(made.decide(made.document({good, bad})), "decisions.json: decisions[1]" + why);
    CHECK(made.rows().empty());
    CHECK(made.database().integer_of("SELECT count(*) FROM trail") == entries);
  };
  const auto with = [&](const std::string& key, const Json& value) {
    Json one = made.decision(2, "unsure");
    one[key] = value;
    return one;
  };
  refused(made.decision(9, "unsure"), ": the decision is about a finding that the case does not hold");
  refused(with("inspection", std::string(64, '0')), " is about another inspection of a picture");
  Json stranger = with("inspection", std::string(64, '0'));
  stranger["sample_sha256"] = std::string(64, '1');
  refused(stranger, " is about a board that the case does not hold");
  refused(with("report_sha256", std::string(64, '2')), " is about SN-1, which has been inspected again");
  refused(with("verdict", "fine"), ": the decision must be");
  refused(with("reason", "dirt"), ": the decision has a reason that is none");
  refused(with("comment", std::string(20'000, 'x')), ": the decision has a comment beyond");
  refused(with("reviewer", ""), ".reviewer must be a text");
  refused(with("reviewer", std::string(201, 'x')), ".reviewer is longer");
  refused(with("number", 1.5), ".number must be the number of a finding");
  refused(with("at", "yesterday"), ".at must be a time");
  refused(with("at", "2026-11-24 15:04:05"), ".at must be a time");
  refused(with("at", "2999-01-01T00:00:00Z"), ".at lies in the future");
}

TEST_CASE("files that are none, or of another case, are refused by name", "[cli][decide]") {
  ReportedCase made;
  Json other = made.document({made.decision(1, "unsure")});
  other["case"] = {{"name", "other.bdcase"}, {"begin", std::string(64, '0')}};
  check_trouble(made.decide(other), "decisions.json: is of another case file, other.bdcase");
  Json newer = made.document({});
  newer["format"] = "boarddiff.decisions/2";
  check_trouble(made.decide(newer), "decisions.json: is of a newer boarddiff");
  newer["format"] = "something";
  check_trouble(made.decide(newer), "decisions.json: is no file of decisions");
  check_trouble(made.decide("{\"format\":"), "decisions.json");
  check_trouble(run_program({"decide", made.made().file().string(), (made.made().made() / "none.json").string()}),
                "none.json");
  check_trouble(run_program({"decide", made.made().file().string()}), "was given 1 file");
  check_trouble(run_program({"decide"}), "was given 0 files");
  // One bad file among several keeps the others out, too.
  write_text(made.made().made() / "good.json", made.document({made.decision(1, "unsure")}).dump());
  write_text(made.made().made() / "bad.json", made.document({made.decision(7, "unsure")}).dump());
  check_trouble(run_program({"decide", made.made().file().string(), (made.made().made() / "good.json").string(),
                             (made.made().made() / "bad.json").string()}),
                "bad.json: decisions[0]");
  CHECK(made.rows().empty());
}

TEST_CASE("a report to decide in says what it is of; others hold nothing of that", "[cli][decide][report]") {
  ReportedCase made;
  made.made().decide(made.sample(), 2, "unexpected", "Ann");
  const fs::path folder = made.made().made() / "report";
  const std::string file = made.made().file().string();
  const auto queue_of = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"report", file, "--output", folder.string(), "--force"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    REQUIRE(run_program(arguments).status == 1);
    const std::string script = read_text(folder / "data/queue.js");
    const std::size_t begin = script.find("queue: ") + 7;
    return Json::parse(script.substr(begin, script.rfind("};") - begin));
  };
  CHECK_FALSE(queue_of({}).contains("deciding"));
  const Json deciding = queue_of({"--to-decide"})["deciding"];
  CHECK(deciding["format"] == "boarddiff.decisions/1");
  CHECK(deciding["case"]["begin"] == case_begin_of(made.database()));
  REQUIRE(deciding["inspections"].size() == 1);
  CHECK(deciding["inspections"].begin().value()["report_sha256"] == report_sha256_of(made.database(), made.sample()));
  REQUIRE(deciding["places"].size() == 1);
  CHECK(deciding["places"][0]["standing"]["verdicts"][0]["reviewer"] == "Ann");
  check_trouble(run_program({"report", file, "--format", "csv", "--to-decide"}), "--to-decide");
}
