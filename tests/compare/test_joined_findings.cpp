// SPDX-License-Identifier: Apache-2.0
#include "compare/joined_findings.h"

#include <catch2/catch.hpp>

#include <string>

using boarddiff::compare::Finding;
using boarddiff::compare::FindingKind;
using boarddiff::compare::joined_findings;
using boarddiff::compare::JointFrames;
using boarddiff::compare::SortedFindings;
using boarddiff::imaging::Box;
using Catch::Contains;

namespace {

// X-rays have twice the pixels of photographs, and the sample's photograph lies 10 px to the right.
JointFrames frames() {
  JointFrames frames;
  frames.xray_from_photo.sample_from_reference.diagonal() << 2, 2, 1;
  frames.sample_from_photo.sample_from_reference(0, 2) = 10;
  return frames;
}

Finding finding(FindingKind kind, double score, const Box& reference_box) {
  Finding made{.kind = kind, .score = score, .sample_box = reference_box, .reference_box = reference_box};
  made.reason = "Seen at " + std::to_string(static_cast<int>(reference_box.x)) + ".";
  made.above_threshold = score >= 0.5;
  return made;
}

SortedFindings photo_part() { return {.findings = {finding(FindingKind::extra_component, 0.8, {100, 100, 40, 20})}}; }

}  // namespace

TEST_CASE("what both show is one finding with the better score", "[compare][joined_findings]") {
  const SortedFindings joined = joined_findings(
      photo_part(), {.findings = {finding(FindingKind::changed_interior, 0.9, {230, 210, 30, 20})}}, frames());
  REQUIRE(joined.findings.size() == 1);
  const Finding& one = joined.findings.front();
  CHECK(one.score == 0.9);
  CHECK(one.kind == FindingKind::extra_component);
  CHECK(one.reference_box.x == 100);
  REQUIRE(one.xray);
  CHECK(one.xray->reference_box.x == 230);
  CHECK_FALSE(one.in_xray_alone);
  CHECK_THAT(one.reason, Contains("Seen at 100.") && Contains("In the X-rays: Seen at 230."));
}

TEST_CASE("what X-rays alone show lies where the photographs have it", "[compare][joined_findings]") {
  const SortedFindings joined = joined_findings(
      photo_part(), {.findings = {finding(FindingKind::changed_interior, 0.9, {400, 300, 30, 20})}}, frames());
  REQUIRE(joined.findings.size() == 2);
  const Finding& hidden = joined.findings.front();
  CHECK(hidden.id == 1);
  CHECK(joined.findings.back().id == 2);
  CHECK(hidden.in_xray_alone);
  CHECK(hidden.reference_box.x == Approx(200));
  CHECK(hidden.reference_box.width == Approx(15));
  CHECK(hidden.sample_box.x == Approx(210));
  CHECK(hidden.xray->reference_box.x == 400);
  CHECK_THAT(hidden.reason, Contains("The photographs do not show it."));
}

TEST_CASE("weaker ones of one place are kept with the best", "[compare][joined_findings]") {
  const SortedFindings xrays{.findings = {finding(FindingKind::extra_component, 0.9, {204, 204, 12, 30}),
                                          finding(FindingKind::extra_component, 0.7, {260, 204, 12, 30})}};
  const SortedFindings joined = joined_findings(photo_part(), xrays, frames());
  REQUIRE(joined.findings.size() == 1);
  CHECK(joined.findings.front().xray->score == 0.9);
  REQUIRE(joined.findings.front().xray->also_at.size() == 1);
  CHECK(joined.findings.front().xray->also_at.front().in_reference.x == 260);
}

TEST_CASE("a wire's box swallows pieces of wire, and nothing else", "[compare][joined_findings]") {
  const SortedFindings wire{.findings = {finding(FindingKind::extra_wire, 0.9, {0, 0, 300, 200})}};
  const SortedFindings xrays{.findings = {finding(FindingKind::changed_interior, 0.8, {100, 300, 40, 30}),
                                          finding(FindingKind::extra_wire, 0.7, {300, 100, 40, 30})}};
  const SortedFindings joined = joined_findings(wire, xrays, frames());
  REQUIRE(joined.findings.size() == 2);
  CHECK(joined.findings.front().xray->kind == FindingKind::extra_wire);
  CHECK(joined.findings.back().in_xray_alone);
}

TEST_CASE("X-rays make a finding of a photograph's candidate, and the other way round", "[compare][joined_findings]") {
  Finding advisory = finding(FindingKind::replaced_component, 0.8, {100, 100, 40, 20});
  advisory.advisory = true;
  const SortedFindings photographs{.candidates = {advisory}};
  const Finding strong = finding(FindingKind::changed_interior, 0.9, {230, 210, 30, 20});
  const Finding weak = finding(FindingKind::changed_interior, 0.2, {230, 210, 30, 20});
  CHECK(joined_findings(photographs, {.findings = {strong}}, frames()).findings.size() == 1);
  CHECK(joined_findings(photographs, {.candidates = {weak}}, frames()).findings.empty());
  CHECK(joined_findings(photographs, {.candidates = {weak}}, frames()).candidates.size() == 1);
  CHECK(joined_findings(photo_part(), {.candidates = {weak}}, frames()).findings.front().xray->score == 0.2);
}

TEST_CASE("what the X-rays' finding is watched for stays with what it joins", "[compare][joined_findings]") {
  Finding watched = finding(FindingKind::changed_interior, 0.9, {230, 210, 30, 20});
  watched.watch = "debug port";
  CHECK(joined_findings(photo_part(), {.findings = {watched}}, frames()).findings.front().watch == "debug port");
}

TEST_CASE("of an added and a missing part the X-rays decide", "[compare][joined_findings]") {
  const SortedFindings xrays{.findings = {finding(FindingKind::missing_component, 0.7, {230, 210, 30, 20})}};
  const SortedFindings joined = joined_findings(photo_part(), xrays, frames());
  CHECK(joined.findings.front().kind == FindingKind::missing_component);
  CHECK_THAT(joined.findings.front().reason,
             Catch::StartsWith("In the X-rays: Seen at 230.") && Contains("In the photographs: Seen at 100."));
}

TEST_CASE("without X-ray findings all stays as it is", "[compare][joined_findings]") {
  const SortedFindings joined = joined_findings(photo_part(), {}, frames());
  REQUIRE(joined.findings.size() == 1);
  CHECK_FALSE(joined.findings.front().xray);
  CHECK(joined.findings.front().reason == "Seen at 100.");
}
