// SPDX-License-Identifier: Apache-2.0
#include "cli/export/formats.h"
#include "tests/cli/exported_case.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

using namespace boarddiff::cli;
using boarddiff::test::ExportedCase;
using boarddiff::test::finding_at;
using boarddiff::test::inspected;
using boarddiff::test::inspected_in_size;
using boarddiff::test::kHostile;
using boarddiff::test::read_text;
using nlohmann::json;

namespace {

// What is wrong with the document; empty where nothing is.
std::string problems_of(const json& document) {
  const json published = json::parse(read_text(BOARDDIFF_DOCS "/schema/case.schema.json"));
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(published), schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(document), &results)) return {};
  std::string all = "refused";
  valijson::ValidationResults::Error error;
  while (results.popError(error)) all.append("; ").append(error.description);
  return all;
}

}  // namespace

TEST_CASE("the JSON of a case is as its published schema says, whatever the texts hold", "[cli][report]") {
  ExportedCase some;
  FindingRecord odd = finding_at(7, 0.6);
  odd.near = odd.watch = odd.reason = kHostile;
  BatchSample sample = some.made().sample("a.jpg", "a");
  sample.serial = sample.lot = sample.stage = kHostile;
  const std::int64_t id = some.add(sample, inspected_in_size({finding_at(0, 0.9), odd}));
  some.decide(id, 1, "unexpected");
  some.decide(id, 2, "dismissed");
  decide(some.store(), {.place = {.sample = id}, .verdict = "comment", .comment = kHostile, .reviewer = kHostile});
  some.add(some.made().sample("b.jpg", "b"), inspected({}));
  some.add(some.made().sample("c.jpg", "c"), {.end = SampleEnd::unreadable, .reason = "cut short"});
  some.add_waiting(some.made().sample("d.jpg", "d"));
  json document = json::parse(json_text(some.exported({.all = true})));
  CHECK(problems_of(document).empty());
  INFO(problems_of(document));
  REQUIRE(document["boards"].size() == 4);
  const json& board = document["boards"][0];
  CHECK(board["width"] == 640);
  CHECK(board["findings"][1]["decision"]["verdicts"][0]["reason"] == "dirt");
  CHECK(board["decision"]["comments"].size() == 1);
  CHECK(document["trail_hash"].get<std::string>().size() == 64);
  document["boards"][0].erase("state");
  CHECK_FALSE(problems_of(document).empty());
}

TEST_CASE("numbers that JSON does not have are none in a report", "[cli][report]") {
  ExportedCase some;
  const std::int64_t id = some.add(some.made().sample("a.jpg", "a"), inspected({finding_at(0, 0.9)}));
  some.store().database().run("UPDATE finding SET score = 9e999, sample_x = -9e999 WHERE sample = " +
                              std::to_string(id));
  some.store().database().run("UPDATE sample SET score = -9e999");
  const json document = json::parse(json_text(some.exported()));
  CHECK(problems_of(document).empty());
  CHECK(document["boards"][0]["findings"][0]["sample_box"] == json{0.0, 0.0, 0.0, 0.0});
}
