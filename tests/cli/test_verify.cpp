// SPDX-License-Identifier: Apache-2.0
#include "cli/case/audit_trail.h"
#include "cli/case/case_store.h"
#include "cli/case/decisions.h"
#include "cli/case/merge_cases.h"
#include "cli/case/sample_identity.h"
#include "cli/case/verify_case.h"
#include "imaging/base/error.h"
#include "tests/cli/made_up_case.h"
#include "tests/cli/run_program.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <tuple>

namespace fs = std::filesystem;
using namespace boarddiff::cli;
using boarddiff::compare::DatabaseAccess;
using boarddiff::test::change_by_hand;
using boarddiff::test::check_trouble;
using boarddiff::test::finding_at;
using boarddiff::test::inspected;
using boarddiff::test::MadeUpCase;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using boarddiff::test::write_text;
using Catch::Contains;

namespace {

using Json = nlohmann::json;

// With a report that says what the record does.
SampleRecord reported(const std::string& content, std::vector<FindingRecord> findings) {
  SampleRecord record = inspected(std::move(findings));
  Json list = Json::array();
  for (const FindingRecord& one : record.findings) {
    list.push_back({{"id", one.number},
                    {"kind", one.kind},
                    {"score", one.score},
                    {"sample_box", one.sample_box},
                    {"reference_box", one.reference_box},
                    {"near", nullptr},
                    {"watch", nullptr},
                    {"reason", one.reason}});
  }
  record.report = Json{
      {"outcome", record.outcome},
      {"reason", record.reason},
      {"sample", {{"sha256", hash_of(content)}}},
      {"findings", list},
      {"candidates",
       Json::array()}}.dump();
  return record;
}

// Five entries: a batch, a board with two findings, one that failed, and two decisions.
class SmallCase {
 public:
  SmallCase() {
    CaseStore store(file(), DatabaseAccess::create, {.performer = "Ann"});
    fill(store);
  }

  [[nodiscard]] fs::path file() const { return made_ / "a.bdcase"; }
  [[nodiscard]] const MadeUpCase& made() const { return made_; }
  [[nodiscard]] BatchPlan plan() const {
    BatchSample first = made_.sample("a.jpg", "a");
    first.serial = "SN1";
    return made_.plan_of({first, made_.sample("b.jpg", "b")});
  }

  // A copy that was changed by somebody who knows how to get around the triggers.
  [[nodiscard]] fs::path changed(const std::string& sql) const {
    fs::path copy = made_ / "changed.bdcase";
    fs::copy_file(file(), copy, fs::copy_options::overwrite_existing);
    boarddiff::compare::Database database(file(), DatabaseAccess::read, {});
    const std::string triggers = database.text_of(
        "SELECT group_concat(sql, '; ') FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'trail'");
    change_by_hand(copy,
                   "DROP TRIGGER trail_is_not_changed; DROP TRIGGER trail_is_not_shortened; " + sql + "; " + triggers);
    return copy;
  }

 private:
  void fill(CaseStore& store) const {
    const Planned planned = store.plan(plan());
    static_cast<void>(store.claim(planned.ids.at(0)));
    store.record(planned.ids[0], reported("a", {finding_at(10, 0.87654321), finding_at(60, 0.7)}));
    static_cast<void>(store.claim(planned.ids.at(1)));
    store.record(planned.ids[1], {.end = SampleEnd::failed, .reason = "no answer in 600 s"});
    decide(store, {.place = {.sample = 1, .number = 1},
                   .verdict = std::string(kDismissed),
                   .reason = "dirt",
                   .comment = "looked twice",
                   .reviewer = "Ann"});
    decide(store, {.place = {.sample = 1, .number = 2}, .verdict = std::string(kUnexpected), .reviewer = "Ann"});
  }

  MadeUpCase made_ = {};
};

std::string hash_of_entry(const fs::path& file, int id) {
  boarddiff::compare::Database database(file, DatabaseAccess::read, {});
  return database.text_of("SELECT hash FROM trail WHERE id = " + std::to_string(id));
}

// Everything in a folder: names, content, and when it was changed last.
// Of what programs that have the file open share, only that it is there: within one process that may be written to.
std::map<std::string, std::pair<std::string, fs::file_time_type>> all_in(const fs::path& folder) {
  std::map<std::string, std::pair<std::string, fs::file_time_type>> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const bool is_shared = entry.path().native().ends_with("-shm");
    files[entry.path().filename()] = is_shared ? std::pair(std::string(), fs::file_time_type())
                                               : std::pair(read_text(entry.path()), entry.last_write_time());
  }
  return files;
}

ProgramRun verify(const fs::path& file, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {"verify", file.string()};
  words.insert(words.end(), more.begin(), more.end());
  return run_program(words);
}

}  // namespace

TEST_CASE("a case file that is in order is said to be, in one line with its last hash", "[cli][verify]") {
  const SmallCase made;
  const ProgramRun run = verify(made.file());
  CHECK(run.status == 0);
  CHECK(run.err.empty());
  CHECK(run.out == made.file().string() + ": is in order: schema " + std::to_string(verify_case(made.file()).schema) +
                       ", 2 samples, 2 decisions, 5 entries in its trail, the last with the hash " +
                       hash_of_entry(made.file(), 5) + "\n");
}

TEST_CASE("an empty case is in order", "[cli][verify]") {
  const MadeUpCase made;
  static_cast<void>(CaseStore(made / "empty.bdcase", DatabaseAccess::create));
  const ProgramRun run = verify(made / "empty.bdcase");
  CHECK(run.status == 0);
  CHECK_THAT(run.out, Contains("0 samples, 0 decisions, 0 entries") && Contains(std::string(64, '0')));
}

TEST_CASE("what was changed in a case file is named", "[cli][verify]") {
  const SmallCase made;
  const auto [sql, says] = GENERATE(table<std::string, std::string>({
      // The trail itself.
      {"UPDATE trail SET detail = 'x' WHERE id = 2", "entry 2 of its trail does not fit: its text"},
      {"UPDATE trail SET operator = 'Bob' WHERE id = 1", "entry 1 of its trail does not fit: its text"},
      {"DELETE FROM trail WHERE id = 1", "entry 2 of its trail does not fit: it is the first"},
      {"DELETE FROM trail WHERE id = 3", "entry 4 of its trail does not fit: it comes behind entry 2"},
      {"DELETE FROM trail WHERE id = 3; UPDATE trail SET id = id - 1 WHERE id > 3",
       "entry 3 of its trail does not fit: it does not carry the hash"},
      {"UPDATE trail SET id = 9 WHERE id = 2; UPDATE trail SET id = 2 WHERE id = 3; UPDATE trail SET id = 3 WHERE id = "
       "9",
       "entry 2 of its trail does not fit: it does not carry the hash"},
      // What it tells of is gone, or another.
      {"UPDATE report SET content = replace(content, 'made up', 'fine')",
       "entry 2 (inspected, sample 1): the sample's report is not"},
      {"DELETE FROM report", "entry 2 (inspected, sample 1): the sample's report is not"},
      {"UPDATE sample SET state = 'waiting' WHERE id = 1", "entry 2 (inspected, sample 1): the sample is waiting"},
      {"UPDATE sample SET state = 'waiting' WHERE id = 2", "entry 3 (failed, sample 2): the sample is waiting"},
      {"UPDATE sample SET state = 'inspected' WHERE id = 2", "entry 3 (failed, sample 2): the sample is inspected"},
      {"UPDATE sample SET reason = 'nothing' WHERE id = 2", "entry 3 (failed, sample 2): the sample is failed for"},
      {"DELETE FROM sample WHERE id = 2", "entry 3 (failed, sample 2): the case does not hold that sample"},
      {"UPDATE options SET content = '{\"x\": 1}'", "entry 1 (batch started, 2 samples): its options are not"},
      {"UPDATE options SET sha256 = ''", "entry 1 (batch started, 2 samples): the case does not hold the options"},
      {"DELETE FROM decision WHERE id = 1", "entry 4 (decided, sample 1, finding 1): the case does not hold"},
      {"UPDATE decision SET verdict = 'dismissed', reason = 'dirt' WHERE id = 2",
       "entry 5 (decided, sample 1, finding 2): the case does not hold"},
      {"UPDATE decision SET reviewer = 'Bob' WHERE id = 2", "entry 5 (decided, sample 1, finding 2)"},
      {"UPDATE decision SET decided_at = '2001-01-01T00:00:00Z' WHERE id = 2", "entry 5 (decided"},
      // What is there without having been told.
      {"DELETE FROM trail WHERE id = 5", "decision 2 is there, and no entry says so"},
      {"DELETE FROM trail WHERE id > 2", "sample 2 is failed, and no entry says so"},
      {"DELETE FROM trail WHERE id > 1", "sample 1 is inspected, and no entry says so"},
      {"DELETE FROM trail; DELETE FROM decision", "sample 1 is there, and no entry tells of a batch"},
      {"INSERT INTO decision SELECT 3, sample, number, verdict, reason, comment, reviewer, decided_at FROM decision "
       "WHERE id = 2",
       "decision 3 is there, and no entry says so"},
      // What the reports vouch for.
      {"UPDATE finding SET score = 0.1 WHERE number = 1", "sample 1: finding 1 is not what its report says"},
      {"UPDATE finding SET sample_width = 21 WHERE number = 2", "sample 1: finding 2 is not what its report says"},
      {"UPDATE finding SET above_threshold = 0 WHERE number = 2", "sample 1: finding 2 is not what its report says"},
      {"UPDATE finding SET reason = 'dirt' WHERE number = 2", "sample 1: finding 2 is not what its report says"},
      {"DELETE FROM finding WHERE number = 2", "sample 1: findings that its report has are gone"},
      {"UPDATE sample SET outcome = 'nothing_found' WHERE id = 1", "sample 1: its outcome is not"},
      {"UPDATE sample SET findings = 1 WHERE id = 1", "sample 1: its outcome is not"},
      {"UPDATE sample SET reason = 'fine' WHERE id = 1", "sample 1: its reason is not"},
      {"UPDATE sample SET serial = 'SN2' WHERE id = 1", "sample 1: it is not what it was planned as"},
      {"UPDATE sample SET sha256 = 'x' WHERE id = 2", "sample 2: it is not what it was planned as"},
      // The file.
      {"UPDATE finding SET sample = 7 WHERE number = 2", "of its table finding speaks of a row of sample"},
      {"DROP INDEX sample_by_state", "is damaged: sample_by_state is not what it is in a case file"},
      {"CREATE VIEW more AS SELECT 1", "it holds more than a case file does"},
  }));
  CAPTURE(sql);
  const ProgramRun run = verify(made.changed(sql));
  CHECK(run.status == 1);
  CHECK(run.err.empty());
  CHECK_THAT(run.out, Contains("changed.bdcase: is not in order: ") && Contains(says));
}

TEST_CASE("a trigger that guards the trail and is gone is noticed", "[cli][verify]") {
  const SmallCase made;
  change_by_hand(made.file(), "DROP TRIGGER trail_is_not_changed");
  const ProgramRun run = verify(made.file());
  CHECK(run.status == 1);
  CHECK_THAT(run.out, Contains("trail_is_not_changed is not what it is in a case file"));
}

TEST_CASE("a page that SQLite finds damaged is said", "[cli][verify]") {
  const SmallCase made;
  boarddiff::compare::Database database(made.file(), DatabaseAccess::read, {});
  const auto page = static_cast<std::size_t>(
      database.integer_of("SELECT rootpage FROM sqlite_schema WHERE name = 'sample_by_serial'"));
  const auto size = static_cast<std::size_t>(database.integer_of("PRAGMA page_size"));
  std::string bytes = read_text(made.file());
  bytes.replace((page - 1) * size, size, size, '\xff');
  write_text(made.made() / "damaged.bdcase", bytes);
  const ProgramRun run = verify(made.made() / "damaged.bdcase");
  CHECK(run.status == 1);
  CHECK_THAT(run.out, Contains("is not in order: SQLite finds it damaged: "));
}

TEST_CASE("what cannot be read or is no case file is trouble", "[cli][verify]") {
  const SmallCase made;
  const MadeUpCase& folder = made.made();
  const std::string bytes = read_text(made.file());
  write_text(folder / "short.bdcase", bytes.substr(0, bytes.size() / 2));
  write_text(folder / "begin.bdcase", bytes.substr(0, 50));
  write_text(folder / "none.bdcase", "");
  write_text(folder / "notes.txt", std::string(5000, 'x'));
  change_by_hand(folder / "other.db", "CREATE TABLE other(id)");
  change_by_hand(made.file(), "PRAGMA user_version = 1000");
  check_trouble(verify(folder / "short.bdcase"), "short.bdcase: is damaged");
  check_trouble(verify(folder / "begin.bdcase"), "begin.bdcase: is damaged");
  check_trouble(verify(folder / "none.bdcase"), "none.bdcase: is no case file");
  check_trouble(verify(folder / "notes.txt"), "notes.txt: is no database");
  check_trouble(verify(folder / "other.db"), "other.db: is no case file");
  check_trouble(verify(folder / "a.bdcase"), "was made by a newer boarddiff");
  check_trouble(verify(folder / "gone.bdcase"), "is not there");
  check_trouble(run_program({"verify"}), "verify needs one case file");
  check_trouble(run_program({"verify", "a.bdcase", "b.bdcase"}), "and was given 2 names");
}

TEST_CASE("a hash that was written down has to be in the trail", "[cli][verify]") {
  const SmallCase made;
  const std::string third = hash_of_entry(made.file(), 3);
  CHECK_THAT(verify(made.file(), {"--expect", third}).out, Contains("what was expected is the hash of entry 3"));
  std::string upper = third;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  CHECK(verify(made.file(), {"--expect", upper}).status == 0);
  CHECK_THAT(verify(made.file(), {"--expect", std::string(64, '0')}).out, Contains("hash of an empty trail"));
  // As of a case that was made anew, which holds together as well.
  const std::string foreign(64, 'a');
  const ProgramRun run = verify(made.file(), {"--expect", foreign});
  CHECK(run.status == 1);
  CHECK_THAT(run.out, Contains("is not in order: no entry of its trail has the hash " + foreign));
  check_trouble(verify(made.file(), {"--expect", "1234"}), "--expect must be a hash of 64 hexadecimal digits");
}

TEST_CASE("who verifies leaves no trace, whether the file was closed, is in use or was left by one that was killed",
          "[cli][verify]") {
  const SmallCase made;
  const fs::path folder = made.file().parent_path();
  const auto check_without_trace = [&](const fs::path& file) {
    const auto before = all_in(folder);
    const CaseCheck check = verify_case(file);
    CHECK(check.trouble.empty());
    CHECK(all_in(folder) == before);
    return check;
  };
  check_without_trace(made.file());
  CaseStore store(made.file(), DatabaseAccess::write);
  decide(store, {.place = {.sample = 1, .number = 2}, .verdict = std::string(kUnsure), .reviewer = "Bob"});
  CHECK(fs::file_size(folder / "a.bdcase-wal") > 0);
  CHECK(check_without_trace(made.file()).decisions == 3);
  // As the files lie there when a program was killed: all three, without the last one, and the first alone.
  for (const char* ending : {"", "-wal", "-shm"}) {
    fs::copy_file(folder / (std::string("a.bdcase") + ending), folder / (std::string("killed.bdcase") + ending));
  }
  CHECK(check_without_trace(folder / "killed.bdcase").decisions == 3);
  fs::remove(folder / "killed.bdcase-shm");
  CHECK_THROWS_WITH(verify_case(folder / "killed.bdcase"), Contains("killed.bdcase-wal, which cannot be read without"));
  fs::remove(folder / "killed.bdcase-wal");
  CHECK(check_without_trace(folder / "killed.bdcase").decisions == 2);
}

TEST_CASE("what was tried again, and what a merge brought, is in order", "[cli][verify]") {
  const SmallCase made;
  const fs::path all = made.made() / "all.bdcase";
  {
    // It also failed there; the other case knows no better, and then does.
    CaseStore store(all, DatabaseAccess::create);
    const Planned planned = store.plan(made.plan());
    static_cast<void>(store.claim(planned.ids.at(0)));
    store.record(planned.ids[0], {.end = SampleEnd::failed, .reason = "out of memory"});
    CHECK(verify_case(all).trouble.empty());
    CHECK(merge_case(store, all, made.file()).completed == 1);
    CHECK(verify_case(all).trouble.empty());
    BatchPlan again = made.plan();
    again.retry = true;
    static_cast<void>(store.plan(again));
  }
  const CaseCheck check = verify_case(all);
  CHECK(check.trouble.empty());
  CHECK(check.decisions == 2);
  CaseStore store(made.file(), DatabaseAccess::write);
  BatchPlan again = made.plan();
  again.retry = true;
  static_cast<void>(store.plan(again));
  CHECK(store.is_waiting(2));
  CHECK(verify_case(made.file()).trouble.empty());
}
