// SPDX-License-Identifier: Apache-2.0
#include "compare/propose_findings.h"
#include "tests/support/evidence_map.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <algorithm>
#include <string>
#include <vector>

using boarddiff::compare::Evidence;
using boarddiff::compare::Finding;
using boarddiff::compare::MarkedRegion;
using boarddiff::compare::Proposal;
using boarddiff::compare::ProposalOptions;
using boarddiff::compare::propose_findings;
using boarddiff::imaging::NormalizedPair;
using boarddiff::imaging::PlaneMap;
using boarddiff::test::no_evidence;
using boarddiff::test::pair_of;
using boarddiff::test::with_body;
using boarddiff::test::with_patch;

namespace {

NormalizedPair plain_pair() {
  const cv::Mat3f plain(cv::Size(240, 160), cv::Vec3f(0.1F, 0.3F, 0.1F));
  return pair_of(plain, plain);
}

Evidence three_patches() {
  Evidence evidence = with_patch(no_evidence({60, 40}), {5, 5, 3, 3}, 1.5F);
  evidence = with_patch(evidence, {30, 5, 3, 3}, 3);
  return with_patch(evidence, {5, 30, 3, 3}, 2.2F);
}

// However uncertain.
constexpr ProposalOptions kAll{.false_calls_per_board = 1000, .candidates_per_board = 1000};
constexpr ProposalOptions kOnlyCandidates{.false_calls_per_board = 0.001, .candidates_per_board = 1000};

Proposal proposed(const ProposalOptions& options) {
  return propose_findings(three_patches(), {}, plain_pair(), PlaneMap{}, {}, options);
}

// The false calls that come with this score.
double calls_at(double score) { return 0.2 * (1 - score) / score; }

// Three parts of another colour, at the places of the patches.
NormalizedPair recoloured_pair() {
  NormalizedPair pair = plain_pair();
  pair.reference = pair.reference.clone();
  pair.sample = pair.sample.clone();
  for (const cv::Rect& body : {cv::Rect(20, 20, 12, 12), cv::Rect(120, 20, 12, 12), cv::Rect(20, 120, 12, 12)}) {
    pair.reference(body) = cv::Vec3f(0.35F, 0.6F, 0.8F);
    pair.sample(body) = cv::Vec3f(0.3F, 0.32F, 0.35F);
  }
  return pair;
}

}  // namespace

TEST_CASE("findings come best first, with scores between 0 and 1", "[compare][propose_findings]") {
  const Proposal proposal = proposed(kAll);
  REQUIRE(proposal.findings.size() == 3);
  CHECK(proposal.findings[0].score > proposal.findings[1].score);
  CHECK(proposal.findings[1].score > proposal.findings[2].score);
  CHECK(proposal.findings[0].score <= 1);
  CHECK(proposal.findings[2].score > 0);
  CHECK(proposal.findings[0].reference_box.x == Approx(120));  // the strongest patch
}

TEST_CASE("the false calls that are allowed decide what is a finding", "[compare][propose_findings]") {
  CHECK(proposed(kOnlyCandidates).findings.empty());
  CHECK(proposed(kOnlyCandidates).candidates.size() == 3);
  const double second = proposed(kAll).findings[1].score;
  const Proposal two = proposed({.false_calls_per_board = calls_at(second) + 1e-9, .candidates_per_board = 1000});
  CHECK(two.findings.size() == 2);  // at the threshold is a finding
  CHECK(two.candidates.size() == 1);
  CHECK(proposed({.false_calls_per_board = calls_at(second + 1e-3)}).findings.size() == 1);
}

TEST_CASE("findings are numbered through both lists", "[compare][propose_findings]") {
  const double second = proposed(kAll).findings[1].score;
  const Proposal two = proposed({.false_calls_per_board = calls_at(second) + 1e-9, .candidates_per_board = 1000});
  REQUIRE(two.findings.size() == 2);
  REQUIRE(two.candidates.size() == 1);
  CHECK(two.findings[0].id == 1);
  CHECK(two.findings[1].id == 2);
  CHECK(two.candidates[0].id == 3);
}

TEST_CASE("what comes with more false calls than candidates may is left out", "[compare][propose_findings]") {
  const double weakest = proposed(kAll).findings[2].score;
  CHECK(
      proposed({.false_calls_per_board = 0.001, .candidates_per_board = calls_at(weakest) + 1e-9}).candidates.size() ==
      3);
  CHECK(
      proposed({.false_calls_per_board = 0.001, .candidates_per_board = calls_at(weakest + 1e-3)}).candidates.size() ==
      2);
}

TEST_CASE("candidates beyond the limit are left out, findings never", "[compare][propose_findings]") {
  ProposalOptions options = kOnlyCandidates;
  options.max_candidates = 2;
  CHECK(proposed(options).candidates.size() == 2);
  options = kAll;
  options.max_candidates = 0;
  CHECK(proposed(options).candidates.empty());
  CHECK(proposed(options).findings.size() == 3);
}

TEST_CASE("boxes are in full pixels of both pictures", "[compare][propose_findings]") {
  NormalizedPair pair = plain_pair();
  pair.sample = with_body(plain_pair().reference, {120, 20, 12, 12});
  pair.scale = 0.5;
  PlaneMap plane;
  plane.sample_from_reference << 1, 0, 100, 0, 1, -20, 0, 0, 1;
  const Finding first = propose_findings(three_patches(), {}, pair, plane, {}, kAll).findings.at(0);
  CHECK(first.reference_box.centre().x() == Approx(252).margin(8));  // a cell is 8 full pixels wide
  CHECK(first.reference_box.width == Approx(24).margin(16));
  CHECK(first.sample_box.x == Approx(first.reference_box.x + 100));
  CHECK(first.sample_box.y == Approx(first.reference_box.y - 20));
  CHECK_FALSE(first.reason.empty());
}

TEST_CASE("a body with two peaks of evidence is one finding", "[compare][propose_findings]") {
  NormalizedPair pair = plain_pair();
  pair.sample = with_body(plain_pair().reference, {82, 62, 20, 12});
  Evidence evidence = with_patch(no_evidence({60, 40}), {20, 16, 2, 2}, 3);
  evidence = with_patch(evidence, {24, 16, 2, 2}, 2);
  const Proposal proposal = propose_findings(evidence, {}, pair, PlaneMap{}, {}, kAll);
  CHECK(proposal.findings.size() == 1);
  CHECK(proposal.candidates.empty());
}

TEST_CASE("in a watched region the threshold is looser, outside it stays", "[compare][propose_findings]") {
  const MarkedRegion port = {.why = "debug port", .reference_rings = {{{10, 110}, {45, 110}, {45, 145}, {10, 145}}}};
  const MarkedRegion empty = {.reference_rings = {{{200, 110}, {230, 110}, {230, 145}}}};
  const ProposalOptions options{
      .false_calls_per_board = 0.001, .watch_false_calls_per_board = 1000, .candidates_per_board = 1000};
  const auto watching = [&](const std::vector<MarkedRegion>& watched, const ProposalOptions& given) {
    return propose_findings(three_patches(), {}, plain_pair(), PlaneMap{}, watched, given);
  };
  const Proposal proposal = watching({empty, port}, options);
  REQUIRE(proposal.findings.size() == 1);
  CHECK(proposal.findings[0].watch == "debug port");
  CHECK(proposal.findings[0].reference_box.centre().y() > 110);
  REQUIRE(proposal.candidates.size() == 2);
  CHECK(proposal.candidates[0].watch.empty());
  CHECK(proposal.candidates[0].score > proposal.findings[0].score);  // the strongest patch lies elsewhere
  CHECK(watching({empty}, options).findings.empty());

  MarkedRegion without_why = port;
  without_why.why = "";
  CHECK(watching({without_why}, options).findings.at(0).watch == "watched region");

  ProposalOptions few_candidates = options;
  few_candidates.candidates_per_board = 0.001;
  CHECK(watching({port}, few_candidates).findings.size() == 1);
  CHECK(watching({port}, few_candidates).candidates.empty());
}

TEST_CASE("a watched region is never held to a stricter threshold than the rest", "[compare][propose_findings]") {
  ProposalOptions options = kAll;
  options.watch_false_calls_per_board = 0.001;
  const MarkedRegion all = {.reference_rings = {{{-1, -1}, {240, -1}, {240, 160}, {-1, 160}}}};
  const Proposal proposal = propose_findings(three_patches(), {}, plain_pair(), PlaneMap{}, {all}, options);
  CHECK(proposal.findings.size() == 3);
}

TEST_CASE("watched regions are those of the full reference, whatever the pair's scale", "[compare][propose_findings]") {
  NormalizedPair pair = plain_pair();
  pair.scale = 0.5;
  const MarkedRegion twice_as_far = {.why = "port", .reference_rings = {{{20, 220}, {90, 220}, {90, 290}, {20, 290}}}};
  const Proposal proposal = propose_findings(three_patches(), {}, pair, PlaneMap{}, {twice_as_far}, kAll);
  REQUIRE(proposal.findings.size() == 3);
  CHECK(std::count_if(proposal.findings.begin(), proposal.findings.end(),
                      [](const Finding& finding) { return finding.watch == "port"; }) == 1);
}

TEST_CASE("no evidence proposes nothing", "[compare][propose_findings]") {
  const Proposal proposal = propose_findings(no_evidence({60, 40}), {}, plain_pair(), PlaneMap{}, {});
  CHECK(proposal.findings.empty());
  CHECK(proposal.candidates.empty());
}

TEST_CASE("every option of the findings outside its range is reported by name", "[compare][propose_findings]") {
  const auto found =
      problems(ProposalOptions{.false_calls_per_board = 0, .watch_false_calls_per_board = -2, .max_candidates = -1});
  REQUIRE(found.size() == 3);
  CHECK(found[0].flag == "--false-calls-per-board");
  CHECK(found[1].flag == "--watch.false-calls-per-board");
  CHECK(found[2].flag == "--finding.max-candidates");
}

TEST_CASE("parts that changed their colour alike are one candidate with all places", "[compare][propose_findings]") {
  const Proposal proposal = propose_findings(three_patches(), {}, recoloured_pair(), PlaneMap{}, {}, kAll);
  CHECK(proposal.findings.empty());
  REQUIRE(proposal.candidates.size() == 1);
  const Finding& candidate = proposal.candidates.front();
  CHECK(candidate.advisory);
  CHECK(candidate.kind == boarddiff::compare::FindingKind::replaced_component);
  CHECK(candidate.id == 1);
  CHECK(candidate.reason.find("3 places") != std::string::npos);
  REQUIRE(candidate.also_at.size() == 2);
  CHECK(candidate.also_at[0].in_reference.y != candidate.also_at[1].in_reference.y);
  CHECK(candidate.also_at[0].in_sample.x == Approx(candidate.also_at[0].in_reference.x));
}

TEST_CASE("no limit on candidates leaves out what is above the threshold", "[compare][propose_findings]") {
  ProposalOptions none = kAll;
  none.max_candidates = 0;
  const Proposal proposal = propose_findings(three_patches(), {}, recoloured_pair(), PlaneMap{}, {}, none);
  REQUIRE(proposal.candidates.size() == 1);
  CHECK(proposal.candidates.front().above_threshold);
}
