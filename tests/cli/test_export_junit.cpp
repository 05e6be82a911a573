// SPDX-License-Identifier: Apache-2.0
#include "cli/export/formats.h"
#include "tests/cli/exported_case.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <pugixml.hpp>
#include <string>

using namespace boarddiff::cli;
using boarddiff::test::ExportedCase;
using boarddiff::test::finding_at;
using boarddiff::test::inspected;
using boarddiff::test::kHostile;
using Catch::Contains;

namespace {

pugi::xml_document parsed(const std::string& text) {
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_buffer(text.data(), text.size(), pugi::parse_full);
  INFO(result.description());
  REQUIRE(result);
  return document;
}

}  // namespace

TEST_CASE("of findings to review, trouble and waiting boards JUnit has failures, errors and skipped tests",
          "[cli][report]") {
  ExportedCase some;
  BatchSample first = some.made().sample("a.jpg", "a");
  first.serial = "SN1";
  first.lot = "L7";
  first.side = "top";
  first.stage = "arrived";
  some.add(first, inspected({finding_at(0, 0.9), finding_at(50, 0.8)}));
  some.add(some.made().sample("broken.jpg", "b"), {.end = SampleEnd::unreadable, .reason = "cut short"});
  some.add_waiting(some.made().sample("later.jpg", "c"));
  some.add(some.made().sample("good.jpg", "d"), inspected({}));
  const pugi::xml_document document = parsed(junit_text(some.exported({.all = true})));
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  CHECK(suite.attribute("tests").as_int() == 4);
  CHECK(suite.attribute("failures").as_int() == 1);
  CHECK(suite.attribute("errors").as_int() == 1);
  CHECK(suite.attribute("skipped").as_int() == 1);
  const pugi::xml_node test = suite.find_child_by_attribute("testcase", "classname", "L7");
  CHECK(std::string(test.attribute("name").value()) == "SN1, top, arrived");
  CHECK(std::string(test.child("failure").attribute("message").value()) == "2 findings to review");
  CHECK_THAT(
      suite.find_child_by_attribute("testcase", "name", "broken.jpg").child("error").attribute("message").value(),
      Contains("cut short"));
  CHECK(suite.find_child_by_attribute("testcase", "name", "later.jpg").child("skipped"));
  CHECK_FALSE(suite.find_child_by_attribute("testcase", "name", "good.jpg").first_child());
}

TEST_CASE("a board whose findings are all dismissed passes, and one that is argued about fails", "[cli][report]") {
  ExportedCase some;
  const std::int64_t id = some.add(some.made().sample("a.jpg", "a"), inspected({finding_at(0, 0.9)}));
  some.decide(id, 1, "dismissed");
  CHECK_FALSE(parsed(junit_text(some.exported())).child("testsuites").attribute("failures").as_int());
  some.decide(id, 1, "unexpected", "Bo");
  const pugi::xml_document document = parsed(junit_text(some.exported()));
  CHECK(document.child("testsuites").attribute("failures").as_int() == 1);
  CHECK_THAT(document.select_node("//failure").node().text().get(), Contains("[conflict (dirt)]"));
}

TEST_CASE("XML stays well-formed and without control characters whatever the texts hold", "[cli][report]") {
  ExportedCase some;
  FindingRecord odd = finding_at(0, 0.9);
  odd.kind = odd.near = odd.reason = kHostile;
  BatchSample sample = some.made().sample("a.jpg", "a");
  sample.serial = sample.lot = kHostile;
  some.add(sample, inspected({odd}));
  some.add(some.made().sample("b.jpg", "b"), {.end = SampleEnd::failed, .reason = kHostile});
  const std::string text = junit_text(some.exported());
  const pugi::xml_document document = parsed(text);
  CHECK(document.select_nodes("//testcase").size() == 2);
  CHECK(std::none_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < 0x20 && c != '\n'; }));
  CHECK(text.find("&#") == std::string::npos);
  CHECK(text.find('\xff') == std::string::npos);
  CHECK_THAT(document.select_node("//testcase").node().attribute("name").value(), Contains(",\"<&>]]>"));
}
