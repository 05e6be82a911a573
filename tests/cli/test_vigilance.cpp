// SPDX-License-Identifier: Apache-2.0
#include "cli/case/audit_trail.h"
#include "cli/case/lots.h"
#include "cli/case/merge_cases.h"
#include "cli/case/vigilance.h"
#include "cli/case/virtual_parts.h"
#include "cli/export/formats.h"
#include "imaging/base/error.h"
#include "tests/cli/exported_case.h"

#include <catch2/catch.hpp>

using namespace boarddiff::cli;
using boarddiff::compare::DatabaseAccess;
using boarddiff::test::ExportedCase;
using boarddiff::test::finding_at;
using boarddiff::test::inspected_in_size;
using boarddiff::test::virtual_part_at;
using Catch::Contains;

namespace {

SampleRecord record_with_part(std::vector<FindingRecord> findings) {
  SampleRecord record = inspected_in_size(std::move(findings));
  record.virtual_parts = {virtual_part_at(400, 300, 0.7)};
  return record;
}

std::int64_t add_board(ExportedCase& made, const std::string& file) {
  return made.add(made.made().sample(file, file), record_with_part({finding_at(10, 0.9)}));
}

void answer(CaseStore& store, std::int64_t sample, std::string_view verdict, const std::string& reviewer = "Ann") {
  const std::vector<CaseVirtualPart> parts = virtual_parts_of(store.database(), sample);
  REQUIRE(parts.size() == 1);
  record_answer(store, parts.front(), {.verdict = std::string(verdict), .reviewer = reviewer});
}

}  // namespace

TEST_CASE("a virtual part comes out of the case file as it was recorded", "[cli][vigilance]") {
  ExportedCase made;
  const std::int64_t id = add_board(made, "a.jpg");
  const std::vector<CaseVirtualPart> parts = virtual_parts_of(made.store().database(), id);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].size_text() == "6 x 5 mm");
  CHECK(parts[0].look == "dark");
  CHECK(parts[0].finding.kind == "extra_component");
  CHECK(parts[0].finding.score == 0.7);
  CHECK(parts[0].finding.reference_box.x == 370);
  CHECK(parts[0].painted.place.centre_px.y() == 300);
  CHECK(parts[0].painted.seed == 7);
  CHECK(painting_text(parts[0].painted) == record_with_part({}).virtual_parts[0].painting);
  const std::string bytes = bytes_of(record_with_part({}));
  CHECK(record_in(bytes).virtual_parts.at(0).painting == record_with_part({}).virtual_parts[0].painting);
}

TEST_CASE("what cannot be painted in a case file is no virtual part", "[cli][vigilance]") {
  const std::string good = record_with_part({}).virtual_parts[0].painting;
  CHECK(painting_in(good).has_value());
  const auto with = [&](const std::string& old, const std::string& other) {
    std::string text = good;
    REQUIRE(text.find(old) != std::string::npos);
    return text.replace(text.find(old), old.size(), other);
  };
  CHECK_FALSE(painting_in("").has_value());
  CHECK_FALSE(painting_in("[]").has_value());
  CHECK_FALSE(painting_in(with("\"length_mm\":6.0", "\"length_mm\":1e9")).has_value());
  CHECK_FALSE(painting_in(with("\"length_mm\":6.0", "\"length_mm\":\"6\"")).has_value());
  CHECK_FALSE(painting_in(with("\"x\":400.0,", "")).has_value());
  CHECK_FALSE(painting_in(with("\"dark\"", "\"pink\"")).has_value());
  CHECK_FALSE(painting_in(with("\"seed\":7", "\"seed\":-7")).has_value());
}

TEST_CASE("hit rates count each part once, by size and for one reviewer alone", "[cli][vigilance]") {
  ExportedCase made;
  CHECK(words_on(hit_rates(made.store().database(), "Ann")).empty());
  const std::int64_t first = add_board(made, "a.jpg");
  answer(made.store(), first, kUnexpected);
  answer(made.store(), first, kDismissed);  // it has been told
  answer(made.store(), add_board(made, "b.jpg"), kDismissed);
  answer(made.store(), add_board(made, "c.jpg"), kUnsure);
  answer(made.store(), first, kDismissed, "Bob");
  const std::vector<SizeRate> rates = hit_rates(made.store().database(), "Ann");
  REQUIRE(rates.size() == 1);
  CHECK(rates[0].hit == 1);
  CHECK(rates[0].missed == 1);
  CHECK(rates[0].unsure == 1);
  CHECK(words_on(rates) == std::vector<std::string>{"1 of 2 virtual parts of 6 x 5 mm, unsure about 1 more",
                                                    "Fewer than 20 are too few to say much."});
  CHECK(words_on({{.size = "1 x 0.5 mm", .hit = 3, .missed = 9}, {.size = "6 x 5 mm", .hit = 8}}) ==
        std::vector<std::string>{"3 of 12 virtual parts of 1 x 0.5 mm", "8 of 8 virtual parts of 6 x 5 mm",
                                 "11 of 20 virtual parts in all"});
}

TEST_CASE("answers about virtual parts are only added to, and are in the trail", "[cli][vigilance]") {
  ExportedCase made;
  answer(made.store(), add_board(made, "a.jpg"), kUnexpected);
  boarddiff::compare::Database& database = made.store().database();
  CHECK(database.text_of("SELECT subject || ': ' || detail FROM trail WHERE action = 'vigilance'") ==
        "sample 1, virtual part 1: Ann: unexpected (6 x 5 mm, dark)");
  CHECK_FALSE(broken_entry(database));
  CHECK_THROWS_WITH(database.run("UPDATE vigilance SET verdict = 'unsure'"), Contains("only added to"));
  CHECK_THROWS_WITH(database.run("DELETE FROM vigilance"), Contains("only added to"));
  CHECK(decisions_after(database).empty());
}

TEST_CASE("merged case files bring virtual parts and what both reviewers made of them", "[cli][vigilance]") {
  ExportedCase made;
  const std::int64_t id = add_board(made, "a.jpg");
  const auto other = made.made() / "b.bdcase";
  made.store().database().run("VACUUM INTO '" + other.string() + "'");
  answer(made.store(), id, kUnexpected);
  {
    CaseStore bob(other, DatabaseAccess::write);
    answer(bob, id, kUnsure, "Bob");
  }
  const std::int64_t entries = made.store().database().integer_of("SELECT count(*) FROM trail");
  for (int times = 0; times < 2; ++times) {
    CHECK(merge_case(made.store(), made.file(), other).known == 1);
    CHECK(hit_rates(made.store().database(), "Ann").at(0).hit == 1);
    CHECK(hit_rates(made.store().database(), "Bob").at(0).unsure == 1);
    CHECK(made.store().database().integer_of("SELECT count(*) FROM trail") == entries + 1);
  }
  CaseStore fresh(made.made() / "c.bdcase", DatabaseAccess::create);
  CHECK(merge_case(fresh, made.made() / "c.bdcase", made.file()).added == 1);
  CHECK(virtual_parts_of(fresh.database(), 1).size() == 1);
  CHECK(hit_rates(fresh.database(), "Bob").at(0).unsure == 1);
}

TEST_CASE("nothing that is exported or counted knows of virtual parts", "[cli][vigilance]") {
  ExportedCase made;
  add_board(made, "a.jpg");
  made.add(made.made().sample("b.jpg", "b"), record_with_part({}));
  const auto told = [&] {
    const CaseExport exported = made.exported({.all = true});
    std::string text = csv_text(exported) + coco_text(exported) + geojson_text(exported) + junit_text(exported) +
                       std::to_string(static_cast<int>(exported.status()));
    for (const RankedBoard& board : made.store().ranked({1, 2})) {
      text += board.name + board.outcome + board.reason + std::to_string(board.findings) + ";";
    }
    for (const LotCluster& cluster : lot_clusters(made.store().database())) text += std::to_string(cluster.boards);
    return text;
  };
  const std::string before = told();
  for (const std::int64_t id : {1, 2}) answer(made.store(), id, kUnexpected);
  CHECK(told() == before);
  made.store().database().run("DELETE FROM virtual_part");
  CHECK(told() == before);
}
