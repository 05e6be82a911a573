// SPDX-License-Identifier: Apache-2.0
#include "cli/case/audit_trail.h"
#include "cli/case/case_store.h"
#include "cli/case/decisions.h"
#include "cli/case/merge_cases.h"
#include "imaging/base/error.h"
#include "tests/cli/made_up_case.h"

#include <catch2/catch.hpp>

using namespace boarddiff::cli;
using boarddiff::compare::DatabaseAccess;
using boarddiff::imaging::Error;
using boarddiff::test::finding_at;
using boarddiff::test::inspected;
using boarddiff::test::MadeUpCase;
using Catch::Contains;

namespace {

// One board with two findings.
class DecidedCase {
 public:
  DecidedCase() {
    const Planned planned = store_.plan(made_.plan_of({made_.sample("a.jpg", "a")}));
    sample_ = planned.ids.front();
    REQUIRE(store_.claim(sample_).has_value());
    store_.record(sample_, inspected({finding_at(10, 0.9), finding_at(90, 0.8)}));
  }

  CaseStore& store() { return store_; }
  [[nodiscard]] const MadeUpCase& made() const { return made_; }
  [[nodiscard]] DecisionPlace place(int number) const { return {.sample = sample_, .number = number}; }
  [[nodiscard]] std::int64_t sample() const { return sample_; }

  Decision decide_as(const std::string& reviewer, int number, std::string_view verdict, const std::string& reason = "",
                     const std::string& comment = "") {
    return decide(store_, {.place = place(number),
                           .verdict = std::string(verdict),
                           .reason = reason,
                           .comment = comment,
                           .reviewer = reviewer});
  }
  [[nodiscard]] PlaceState state(int number) { return standing(number).state(); }
  [[nodiscard]] Standing standing(int number) {
    const auto all = standing_of(decisions_after(store_.database()));
    const auto found = all.find(place(number));
    return found == all.end() ? Standing() : found->second;
  }

 private:
  MadeUpCase made_ = {};
  CaseStore store_{made_ / "a.bdcase", DatabaseAccess::create};
  std::int64_t sample_ = 0;
};

}  // namespace

TEST_CASE("a decision holds until its reviewer decides otherwise", "[cli][decisions]") {
  DecidedCase made;
  CHECK(made.state(1) == PlaceState::undecided);
  made.decide_as("Ann", 1, kUnexpected);
  CHECK(made.state(1) == PlaceState::unexpected);
  CHECK(made.state(2) == PlaceState::undecided);
  made.decide_as("Ann", 1, kDismissed, "dirt", "flux");
  CHECK(made.state(1) == PlaceState::dismissed);
  REQUIRE(made.standing(1).verdicts.size() == 1);
  CHECK(made.standing(1).verdicts.front().reason == "dirt");
  REQUIRE(made.standing(1).comments.size() == 1);
  CHECK(made.standing(1).comments.front().comment == "flux");
}

TEST_CASE("two reviewers do not overwrite each other", "[cli][decisions]") {
  DecidedCase made;
  made.decide_as("Ann", 1, kUnexpected);
  made.decide_as("Bob", 1, kDismissed, "label");
  CHECK(made.state(1) == PlaceState::conflict);
  CHECK(made.standing(1).verdicts.size() == 2);
  made.decide_as("Ann", 1, kDismissed, "dirt");
  CHECK(made.state(1) == PlaceState::dismissed);
}

TEST_CASE("undoing goes back to what the reviewer had decided before, step by step", "[cli][decisions]") {
  DecidedCase made;
  made.decide_as("Ann", 1, kUnexpected);
  made.decide_as("Bob", 2, kUnsure);
  made.decide_as("Ann", 1, kDismissed, "dirt");
  made.decide_as("Ann", 2, kComment, "", "what is this?");

  REQUIRE(undo_last(made.store(), "Ann").has_value());
  CHECK(made.standing(2).comments.empty());
  CHECK(made.state(2) == PlaceState::unsure);
  REQUIRE(undo_last(made.store(), "Ann").has_value());
  CHECK(made.state(1) == PlaceState::unexpected);
  REQUIRE(undo_last(made.store(), "Ann").has_value());
  CHECK(made.state(1) == PlaceState::undecided);
  CHECK_FALSE(undo_last(made.store(), "Ann").has_value());
  CHECK(made.state(2) == PlaceState::unsure);

  made.decide_as("Ann", 1, kUnsure);
  CHECK(made.state(1) == PlaceState::unsure);
}

TEST_CASE("a comment decides nothing", "[cli][decisions]") {
  DecidedCase made;
  made.decide_as("Ann", 1, kUnexpected);
  made.decide_as("Ann", 1, kComment, "", "look again");
  CHECK(made.state(1) == PlaceState::unexpected);
  CHECK(made.standing(1).comments.size() == 1);
}

TEST_CASE("every decision is in the trail, which holds together", "[cli][decisions]") {
  DecidedCase made;
  made.decide_as("Ann", 1, kDismissed, "lot_code", "week 12");
  REQUIRE(undo_last(made.store(), "Ann").has_value());
  boarddiff::compare::Database& database = made.store().database();
  CHECK(database.text_of("SELECT detail FROM trail WHERE action = 'decided' ORDER BY id LIMIT 1") ==
        "Ann: dismissed (lot_code): week 12");
  CHECK(database.integer_of("SELECT count(*) FROM trail WHERE action = 'decided'") == 2);
  CHECK_FALSE(broken_entry(database).has_value());
}

TEST_CASE("what no decision can be is refused and leaves nothing", "[cli][decisions]") {
  DecidedCase made;
  CHECK_THROWS_WITH(made.decide_as("Ann", 3, kUnsure), Contains("does not hold"));
  CHECK_THROWS_AS(made.decide_as("Ann", 1, "fine"), Error);
  CHECK_THROWS_AS(made.decide_as("Ann", 1, kUndone), Error);
  CHECK_THROWS_AS(made.decide_as("Ann", 1, kDismissed), Error);
  CHECK_THROWS_AS(made.decide_as("Ann", 1, kDismissed, "no such reason"), Error);
  CHECK_THROWS_AS(made.decide_as("Ann", 1, kUnexpected, "dirt"), Error);
  CHECK_THROWS_AS(made.decide_as("Ann", 1, kComment), Error);
  CHECK_THROWS_AS(made.decide_as("Ann", 1, kUnsure, "", std::string(20'000, 'x')), Error);
  CHECK(decisions_after(made.store().database()).empty());
  CHECK(made.store().database().integer_of("SELECT count(*) FROM trail WHERE action = 'decided'") == 0);
}

TEST_CASE("a board as a whole can be decided about", "[cli][decisions]") {
  DecidedCase made;
  decide(made.store(), {.place = {.sample = made.sample()}, .verdict = std::string(kUnsure), .reviewer = "Ann"});
  const auto all = standing_of(decisions_after(made.store().database()));
  REQUIRE(all.size() == 1);
  CHECK(all.begin()->first == DecisionPlace{.sample = made.sample()});
}

TEST_CASE("merged case files bring the decisions of both reviewers", "[cli][decisions]") {
  DecidedCase ann;
  ann.store().database().run("VACUUM INTO '" + (ann.made() / "b.bdcase").string() + "'");
  ann.decide_as("Ann", 1, kUnexpected);
  {
    CaseStore bob(ann.made() / "b.bdcase", DatabaseAccess::write);
    decide(bob, {.place = ann.place(1), .verdict = std::string(kUnsure), .reviewer = "Bob"});
  }
  CHECK(merge_case(ann.store(), ann.made() / "a.bdcase", ann.made() / "b.bdcase").known == 1);
  CHECK(ann.state(1) == PlaceState::conflict);
  CHECK(merge_case(ann.store(), ann.made() / "a.bdcase", ann.made() / "b.bdcase").known == 1);
  CHECK(ann.standing(1).verdicts.size() == 2);
}
