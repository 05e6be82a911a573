// SPDX-License-Identifier: Apache-2.0
#include "cli/case/audit_trail.h"
#include "cli/case/case_boards.h"
#include "cli/case/case_store.h"
#include "cli/case/claimant.h"
#include "cli/case/consensus.h"
#include "cli/case/decisions.h"
#include "cli/case/lots.h"
#include "cli/case/merge_cases.h"
#include "cli/case/sample_identity.h"
#include "compare/plane_map_numbers.h"
#include "imaging/base/error.h"
#include "tests/cli/made_up_case.h"

#include <catch2/catch.hpp>

#include <filesystem>

namespace fs = std::filesystem;
using namespace boarddiff::cli;
using boarddiff::compare::DatabaseAccess;
using boarddiff::compare::Statement;
using boarddiff::imaging::Error;
using boarddiff::test::change_by_hand;
using boarddiff::test::finding_at;
using boarddiff::test::inspected;
using boarddiff::test::MadeUpCase;
using boarddiff::test::rows_of;
using Catch::Contains;

namespace {

constexpr auto kCreate = DatabaseAccess::create;

std::string state_of(CaseStore& store, std::int64_t id) {
  return store.database().text_of("SELECT state FROM sample WHERE id = " + std::to_string(id));
}

void inspect(CaseStore& store, std::int64_t id, std::vector<FindingRecord> findings = {}) {
  REQUIRE(store.claim(id).has_value());
  SampleRecord record = inspected(std::move(findings));
  if (!record.findings.empty()) record.virtual_parts = {boarddiff::test::virtual_part_at(400, 300, 0.7)};
  store.record(id, record);
}

}  // namespace

TEST_CASE("what was planned is waiting, then in hand, then recorded with all that belongs to it", "[cli][case]") {
  const MadeUpCase made;
  CaseStore store(made / "a.bdcase", kCreate, {.performer = "Ann", .station = "3"});
  const Planned planned = store.plan(made.plan_of({made.sample("a.jpg", "a"), made.sample("b.jpg", "b")}));
  REQUIRE(planned.ids.size() == 2);
  const std::optional<SampleTask> task = store.claim(planned.ids[0]);
  REQUIRE(task);
  CHECK(task->path == made / "a.jpg");
  CHECK(task->reference == made / "reference.jpg");
  store.record(planned.ids[0], inspected({finding_at(0, 0.9), finding_at(50, 0.7)}));
  CHECK(state_of(store, planned.ids[0]) == "inspected");
  CHECK(state_of(store, planned.ids[1]) == "waiting");
  CHECK_FALSE(store.claim(planned.ids[0]).has_value());
  CHECK(store.database().integer_of("SELECT count(*) FROM finding") == 2);
  CHECK(store.database().text_of("SELECT operator FROM sample WHERE id = 1") == "Ann");
  CHECK(store.database().text_of("SELECT thumbnail FROM reference") == "small reference");
  // Once recorded it stays so.
  store.record(planned.ids[0], inspected({}));
  CHECK(store.database().integer_of("SELECT count(*) FROM finding") == 2);
  store.record(planned.ids[1], {.end = SampleEnd::failed, .reason = "its inspection ended: killed by signal 11"});
  const std::vector<RankedBoard> boards = store.ranked(planned.ids);
  REQUIRE(boards.size() == 2);
  CHECK(boards[0].name == "a.jpg");
  CHECK(boards[0].score == 0.9);
  CHECK(boards[1].state == "failed");
  CHECK(worst_of(boards) == ExitStatus::trouble);
}

TEST_CASE("the same plan brings nothing new, changed files and options do", "[cli][case]") {
  const MadeUpCase made;
  CaseStore store(made / "a.bdcase", kCreate);
  BatchPlan plan = made.plan_of({made.sample("a.jpg", "a"), made.sample("b.jpg", "b")});
  const Planned first = store.plan(plan);
  inspect(store, first.ids[0]);
  const Planned again = store.plan(plan);
  CHECK(again.ids == first.ids);
  CHECK(again.known == 1);
  static_cast<void>(made.sample("b.jpg", "another"));
  CHECK(store.plan(plan).ids[1] == 3);
  plan.options = "{\"modality\": \"xray\"}";
  CHECK(store.plan(plan).ids == std::vector<std::int64_t>{4, 5});
}

TEST_CASE("a picture that is there twice is inspected once", "[cli][case]") {
  const MadeUpCase made;
  CaseStore store(made / "a.bdcase", kCreate);
  const BatchPlan plan = made.plan_of(
      {made.sample("a.jpg", "a"), made.sample("copy.jpg", "a"), made.sample("itself.jpg", "the reference")});
  const Planned planned = store.plan(plan);
  CHECK(planned.repeated == 1);
  CHECK(planned.remarks ==
        std::vector<std::string>{(made / "itself.jpg").string() + " is the same file as its reference"});
  CHECK(state_of(store, planned.ids[1]) == "repeated");
  inspect(store, planned.ids[0], {finding_at(0, 0.9)});
  const std::vector<RankedBoard> boards = store.ranked({planned.ids[0], planned.ids[1]});
  REQUIRE(boards.size() == 2);
  CHECK(boards[1].outcome == "needs_review");
  CHECK(store.plan(plan).ids == planned.ids);
}

TEST_CASE("a file that cannot be read is a row with the reason, until it can be", "[cli][case]") {
  const MadeUpCase made;
  CaseStore store(made / "a.bdcase", kCreate);
  const BatchPlan plan = made.plan_of({{.path = made / "late.jpg"}});
  const Planned before = store.plan(plan);
  CHECK(before.unreadable == 1);
  CHECK(state_of(store, before.ids[0]) == "unreadable");
  CHECK_THAT(store.ranked(before.ids)[0].reason, Contains("late.jpg"));
  CHECK(store.plan(plan).ids == before.ids);
  static_cast<void>(made.sample("late.jpg", "there now"));
  const Planned after = store.plan(plan);
  CHECK(state_of(store, after.ids[0]) == "waiting");
  CHECK(store.database().integer_of("SELECT count(*) FROM sample") == 1);
}

TEST_CASE("what was said of a picture that could not be read stays when it can be", "[cli][case]") {
  const MadeUpCase made;
  CaseStore store(made / "a.bdcase", kCreate);
  const BatchPlan plan = made.plan_of({{.path = made / "late.jpg"}});
  const std::int64_t unreadable = store.plan(plan).ids.at(0);
  decide(store, {.place = {.sample = unreadable}, .verdict = "comment", .comment = "camera off", .reviewer = "Ann"});
  static_cast<void>(made.sample("late.jpg", "there now"));
  const std::int64_t waiting = store.plan(plan).ids.at(0);
  CHECK(state_of(store, waiting) == "waiting");
  CHECK(state_of(store, unreadable) == "repeated");
  CHECK(store.database().integer_of("SELECT count(*) FROM decision") == 1);
  CHECK(store.plan(plan).ids == std::vector{waiting});
}

TEST_CASE("what failed is tried again only when that is asked for", "[cli][case]") {
  const MadeUpCase made;
  CaseStore store(made / "a.bdcase", kCreate);
  BatchPlan plan = made.plan_of({made.sample("a.jpg", "a")});
  const std::int64_t id = store.plan(plan).ids[0];
  REQUIRE(store.claim(id));
  store.record(id, {.end = SampleEnd::failed, .reason = "no answer in 600 s"});
  static_cast<void>(store.plan(plan));
  CHECK(state_of(store, id) == "failed");
  plan.retry = true;
  static_cast<void>(store.plan(plan));
  CHECK(state_of(store, id) == "waiting");
}

TEST_CASE("what a living process has in hand no other takes", "[cli][case]") {
  const MadeUpCase made;
  CaseStore store(made / "a.bdcase", kCreate);
  const std::int64_t id = store.plan(made.plan_of({made.sample("a.jpg", "a")})).ids[0];
  const auto claim_as = [&](const std::string& claimant) {
    Statement(store.database(), "UPDATE sample SET claim = ?").bind(0, std::string_view(claimant)).step();
    return store.claim(id).has_value();
  };
  CHECK_FALSE(claim_as("another-machine 17 4711"));
  CHECK(store.is_waiting(id));
  // A number is given again to other processes; that of the first one is ours to see.
  const std::string here = claimant_here();
  const std::string host = here.substr(0, here.find(' '));
  CHECK(claim_as(host + " 1 4711"));
  CHECK(claim_as(host + " 999999999 4711"));
  CHECK(claim_as(here));
  CHECK(may_be_at_work(here));
}

TEST_CASE("a board is also compared with its picture of the stage before", "[cli][case]") {
  const MadeUpCase made;
  CaseStore store(made / "a.bdcase", kCreate);
  BatchSample shipped = made.sample("shipped.jpg", "s");
  shipped.serial = "SN1";
  shipped.stage = "shipped";
  BatchSample arrived = made.sample("arrived.jpg", "a");
  arrived.serial = "SN1";
  arrived.stage = "arrived";
  BatchSample other_side = made.sample("bottom.jpg", "b");
  other_side.serial = "SN1";
  other_side.stage = "arrived";
  other_side.side = "bottom";
  inspect(store, store.plan(made.plan_of({shipped})).ids.at(0));
  const Planned planned = store.plan(made.plan_of({arrived, other_side}));
  REQUIRE(planned.ids.size() == 3);
  const std::optional<SampleTask> compared = store.claim(planned.ids[1]);
  REQUIRE(compared);
  CHECK(compared->path == made / "arrived.jpg");
  CHECK(compared->reference == made / "shipped.jpg");
  inspect(store, planned.ids[0], {finding_at(0, 0.9), finding_at(50, 0.8)});
  store.record(planned.ids[1], inspected({finding_at(0, 0.95)}));
  inspect(store, planned.ids[2], {finding_at(0, 0.5)});
  // Both sides of a serial are one board; what reference and stage before tell is not counted twice.
  const std::vector<RankedBoard> boards = store.ranked(planned.ids);
  REQUIRE(boards.size() == 1);
  CHECK(boards[0].findings == 3);
  CHECK(boards[0].score == 0.95);
  CHECK(store.plan(made.plan_of({arrived, other_side})).ids == planned.ids);
}

TEST_CASE("the trail holds together, and says where it was changed", "[cli][case]") {
  const MadeUpCase made;
  const fs::path path = made / "a.bdcase";
  {
    CaseStore store(path, kCreate);
    const Planned planned = store.plan(made.plan_of({made.sample("a.jpg", "a"), made.sample("b.jpg", "b")}));
    for (const std::int64_t id : planned.ids) inspect(store, id);
    CHECK(store.database().integer_of("SELECT count(*) FROM trail") == 3);
    CHECK_FALSE(broken_entry(store.database()));
    CHECK_THROWS_WITH(store.database().run("DELETE FROM trail"), Contains("only added to"));
    CHECK_THROWS_WITH(store.database().run("UPDATE trail SET at = ''"), Contains("only added to"));
  }
  const std::string triggers =
      boarddiff::compare::Database(path, DatabaseAccess::read, std::chrono::milliseconds(0))
          .text_of(
              "SELECT group_concat(sql, '; ') FROM sqlite_schema WHERE tbl_name = 'trail' AND type = "
              "'trigger'");
  const std::string drop = "DROP TRIGGER trail_is_not_changed; DROP TRIGGER trail_is_not_shortened; ";
  for (const auto& [sql, broken] : {std::pair("UPDATE trail SET detail = 'x' WHERE id = 2", 2),
                                    {"DELETE FROM trail WHERE id = 2", 3},
                                    {"UPDATE trail SET at = '' WHERE id = 1", 1}}) {
    CAPTURE(sql);
    const fs::path changed = made / "changed.bdcase";
    fs::copy_file(path, changed, fs::copy_options::overwrite_existing);
    change_by_hand(changed, drop + sql + "; " + triggers);
    CaseStore store(changed, DatabaseAccess::read);
    const auto found = broken_entry(store.database());
    REQUIRE(found);
    CHECK(found->id == broken);
  }
}

TEST_CASE("what is no case file is refused, and left as it is", "[cli][case]") {
  const MadeUpCase made;
  boarddiff::test::write_text(made / "notes.txt", "some notes");
  CHECK_THROWS_WITH(CaseStore(made / "notes.txt", kCreate), Contains("notes.txt: is no database"));
  CHECK(boarddiff::test::read_text(made / "notes.txt") == "some notes");
  CHECK_THROWS_WITH(CaseStore(made / "none.bdcase", DatabaseAccess::read), Contains("is not there"));
  change_by_hand(made / "other.db", "CREATE TABLE other(id)");
  CHECK_THROWS_WITH(CaseStore(made / "other.db", kCreate), Contains("is no case file"));
  const fs::path path = made / "a.bdcase";
  static_cast<void>(CaseStore(path, kCreate));
  for (const auto& [sql, why] : {std::pair("PRAGMA user_version = 1000", "newer boarddiff"),
                                 {"CREATE VIEW more AS SELECT 1", "holds more than a case file"},
                                 {"DROP TABLE decision", "decision is not what it is"}}) {
    CAPTURE(sql);
    const fs::path changed = made / "changed.bdcase";
    fs::copy_file(path, changed, fs::copy_options::overwrite_existing);
    change_by_hand(changed, sql);
    CHECK_THROWS_WITH(CaseStore(changed, kCreate), Contains(why));
  }
}

TEST_CASE("a case file of the first schema is brought up to date, and kept as it was beside", "[cli][case]") {
  const MadeUpCase made;
  const fs::path path = made / "a.bdcase";
  {
    CaseStore store(path, kCreate);
    inspect(store, store.plan(made.plan_of({made.sample("a.jpg", "a")})).ids.front(), {finding_at(10, 0.9)});
  }
  change_by_hand(path,
                 "DROP TABLE seen_file; DROP TABLE virtual_part; DROP TABLE vigilance; DROP TABLE alignment; DROP "
                 "INDEX decision_by_sample; PRAGMA user_version = 1");
  const std::string before = boarddiff::test::read_text(path);
  {
    CaseStore old(path, DatabaseAccess::read);
    CHECK(old.notes().empty());
    CHECK_FALSE(alignment_of(old.database(), 1).has_value());
  }
  {
    CaseStore other(made / "b.bdcase", kCreate);
    CHECK(merge_case(other, made / "b.bdcase", path).added == 1);
  }
  CHECK(boarddiff::test::read_text(path) == before);
  CaseStore store(path, DatabaseAccess::write);
  REQUIRE(store.notes().size() == 1);
  boarddiff::compare::Database backup(made / "a.bdcase.schema-1.backup", DatabaseAccess::read, {});
  CHECK(backup.integer_of("PRAGMA user_version") == 1);
  CHECK(backup.text_of("SELECT hash FROM trail ORDER BY id DESC LIMIT 1") == last_hash(store.database()));
  CHECK(store.database().integer_of("PRAGMA user_version") == 3);
  CHECK(store.database().integer_of("SELECT count(*) FROM finding") == 1);
  CHECK(store.database().integer_of("SELECT count(*) FROM alignment") == 0);
  CHECK(store.database().integer_of("SELECT count(*) FROM virtual_part") == 0);
}

TEST_CASE("a case file of the second schema keeps its rows and gets tables of virtual parts", "[cli][case]") {
  const MadeUpCase made;
  const fs::path path = made / "a.bdcase";
  {
    CaseStore store(path, kCreate);
    const std::int64_t id = store.plan(made.plan_of({made.sample("a.jpg", "a")})).ids.front();
    REQUIRE(store.claim(id).has_value());
    SampleRecord record = inspected({finding_at(10, 0.9)});
    record.alignment = boarddiff::compare::numbers_of({});
    store.record(id, record);
  }
  const std::string before = rows_of(path);
  change_by_hand(path, "DROP TABLE seen_file; DROP TABLE virtual_part; DROP TABLE vigilance; PRAGMA user_version = 2");
  {
    CaseStore other(made / "b.bdcase", kCreate);
    CHECK(merge_case(other, made / "b.bdcase", path).added == 1);
  }
  {
    CaseStore store(path, DatabaseAccess::write);
    REQUIRE(store.notes().size() == 1);
    CHECK_FALSE(broken_entry(store.database()));
  }
  CHECK(fs::exists(made / "a.bdcase.schema-2.backup"));
  CHECK(rows_of(path) == before);
  CHECK(rows_of(made / "b.bdcase") == before);
}

TEST_CASE("a case file that nobody has open is one file", "[cli][case]") {
  const MadeUpCase made;
  {
    CaseStore store(made / "a.bdcase", kCreate);
    static_cast<void>(store.plan(made.plan_of({made.sample("a.jpg", "a")})));
    CHECK(fs::exists(made / "a.bdcase-wal"));
  }
  CHECK_FALSE(fs::exists(made / "a.bdcase-wal"));
  CHECK_FALSE(fs::exists(made / "a.bdcase-shm"));
}

TEST_CASE("parts of a batch merge into what one batch makes, in any order and as often as one likes", "[cli][case]") {
  const MadeUpCase made;
  std::vector<BatchSample> samples = {made.sample("a.jpg", "a"),
                                      made.sample("b.jpg", "b"),
                                      made.sample("c.jpg", "c"),
                                      made.sample("twin.jpg", "a"),
                                      {.path = made / "gone.jpg"}};
  samples[1].serial = "SN7";
  const auto run = [&](const fs::path& path, std::size_t first, std::size_t step) {
    CaseStore store(path, kCreate);
    BatchPlan plan = made.plan_of({});
    for (std::size_t i = first; i < samples.size(); i += step) plan.samples.push_back(samples[i]);
    plan.first_place = first;
    plan.place_step = step;
    for (const std::int64_t id : store.plan(plan).ids) {
      const std::string file = store.database().text_of("SELECT sha256 FROM sample WHERE id = " + std::to_string(id));
      if (store.is_waiting(id)) inspect(store, id, {finding_at(file.front(), 0.9)});
    }
  };
  run(made / "one.bdcase", 0, 1);
  for (std::size_t part = 0; part < 3; ++part) run(made / ("part" + std::to_string(part)), part, 3);
  const std::string expected = rows_of(made / "one.bdcase");
  for (const std::vector<std::string>& order : {std::vector<std::string>{"part0", "part1", "part2"},
                                                {"part2", "part1", "part0"},
                                                {"part1", "part0", "part2"}}) {
    const fs::path all = made / ("all-" + order[0] + ".bdcase");
    {
      CaseStore store(all, kCreate);
      for (const std::string& part : order) CHECK(merge_case(store, all, made / part).added > 0);
      const std::int64_t entries = store.database().integer_of("SELECT count(*) FROM trail");
      for (const std::string& part : order) {
        const Merged again = merge_case(store, all, made / part);
        CHECK(again.added + again.completed == 0);
      }
      CHECK(store.database().integer_of("SELECT count(*) FROM trail") == entries);
      CHECK_FALSE(broken_entry(store.database()));
    }
    CHECK(rows_of(all) == expected);
  }
  CaseStore store(made / "one.bdcase", kCreate);
  CHECK_THROWS_WITH(merge_case(store, made / "one.bdcase", made / "one.bdcase"), Contains("into itself"));
}

TEST_CASE("a merged part completes what was only planned", "[cli][case]") {
  const MadeUpCase made;
  const BatchPlan plan = made.plan_of({made.sample("a.jpg", "a")});
  CaseStore planned(made / "planned.bdcase", kCreate);
  const std::int64_t id = planned.plan(plan).ids[0];
  {
    CaseStore done(made / "done.bdcase", kCreate);
    inspect(done, done.plan(plan).ids[0], {finding_at(0, 0.9)});
  }
  CHECK(merge_case(planned, made / "planned.bdcase", made / "done.bdcase").completed == 1);
  CHECK(state_of(planned, id) == "inspected");
  CHECK(planned.database().integer_of("SELECT count(*) FROM finding") == 1);
}

TEST_CASE("what some boards share stands out from what one has and from what most have", "[cli][case]") {
  const MadeUpCase made;
  CaseStore store(made / "a.bdcase", kCreate);
  std::vector<BatchSample> samples;
  for (int i = 0; i < 10; ++i) {
    const std::string number = std::to_string(i);
    samples.push_back(made.sample("board" + number + ".jpg", number));
    samples.back().lot = i < 5 ? "L1" : "L2";
  }
  const Planned planned = store.plan(made.plan_of(samples));
  for (std::size_t i = 0; i < 10; ++i) {
    std::vector<FindingRecord> findings = {finding_at(0, 0.99)};                       // on all
    if (i < 3) findings.push_back(finding_at(500 + 2 * static_cast<double>(i), 0.8));  // on three, nearly in one place
    if (i == 4) findings.push_back(finding_at(900, 0.9));                              // on one
    if (i == 9) findings.push_back(finding_at(502, 0.7, 200));  // at the place of the three, and another thing
    inspect(store, planned.ids[i], findings);
  }
  const std::vector<LotCluster> clusters = lot_clusters(store.database());
  REQUIRE(clusters.size() == 4);
  CHECK(clusters[0].share == LotShare::some);
  CHECK(clusters[0].boards == 3);
  CHECK(clusters[0].inspected == 10);
  CHECK(clusters[0].names == std::vector<std::string>{"board0.jpg", "board1.jpg", "board2.jpg"});
  CHECK(clusters[1].share == LotShare::one);
  CHECK(clusters[1].reference_box.x == 900);
  CHECK(clusters[2].names == std::vector<std::string>{"board9.jpg"});
  CHECK(clusters[3].share == LotShare::most);
  CHECK(clusters[3].boards == 10);
  const std::vector<LotCluster> second = lot_clusters(store.database(), {.lot = "L2"});
  REQUIRE(second.size() == 2);
  CHECK(second[1].inspected == 5);
}

TEST_CASE("where most boards of a lot differ from the one that stands for a reference, that is the odd one",
          "[cli][case]") {
  const MadeUpCase made;
  CaseStore store(made / "a.bdcase", kCreate);
  std::vector<BatchSample> samples = {made.sample("itself.jpg", "the reference")};
  for (int i = 0; i < 5; ++i) samples.push_back(made.sample("board" + std::to_string(i) + ".jpg", std::to_string(i)));
  const BatchPlan plan = made.plan_of(samples);
  const Planned planned = store.plan(plan);
  CHECK(store.reference_with(plan.options) == made / "reference.jpg");
  inspect(store, planned.ids[0]);
  for (std::size_t i = 1; i < planned.ids.size(); ++i) {
    std::vector<FindingRecord> findings;
    if (i <= 4) findings.push_back(finding_at(0, 0.9));  // four of five
    if (i == 2) findings.push_back(finding_at(500, 0.8));
    inspect(store, planned.ids[i], findings);
  }
  for (int times = 0; times < 2; ++times) {
    CAPTURE(times);
    apply_consensus(store, hash_of(plan.options), hash_of_file(made / "reference.jpg").sha256);
    std::vector<std::string> review;
    for (const RankedBoard& board : store.ranked(planned.ids)) {
      if (board.outcome == "needs_review") review.push_back(board.name + " " + std::to_string(board.findings));
    }
    CHECK(review == std::vector<std::string>{"itself.jpg 1", "board1.jpg 1"});
    CHECK(store.database().text_of("SELECT kind || ' ' || reason FROM finding WHERE sample = 1") ==
          "missing_component 4 of 5 boards of the lot differ from this one here, in the same way.");
    CHECK(store.database().integer_of("SELECT count(*) FROM finding WHERE advisory = 2") == 4);
    const std::vector<LotCluster> clusters = lot_clusters(store.database());
    REQUIRE(clusters.size() == 2);
    CHECK(clusters[1].boards == 4);
    CHECK(clusters[1].inspected == 5);
  }
}
