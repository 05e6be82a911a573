// SPDX-License-Identifier: Apache-2.0
#include "compare/propose_findings.h"
#include "tests/support/evidence_map.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

using boarddiff::compare::Evidence;
using boarddiff::compare::Finding;
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
  Evidence evidence = with_patch(no_evidence({60, 40}), {5, 5, 3, 3}, 1.2F);
  evidence = with_patch(evidence, {30, 5, 3, 3}, 20);
  return with_patch(evidence, {5, 30, 3, 3}, 8);
}

Proposal proposed(const ProposalOptions& options) {
  return propose_findings(three_patches(), {}, plain_pair(), PlaneMap{}, options);
}

}  // namespace

TEST_CASE("findings are numbered through both lists, best first", "[compare][propose_findings]") {
  const Proposal proposal = proposed({.min_candidate = 0});
  REQUIRE(proposal.findings.size() == 2);
  REQUIRE(proposal.candidates.size() == 1);
  CHECK(proposal.findings[0].id == 1);
  CHECK(proposal.findings[1].id == 2);
  CHECK(proposal.candidates[0].id == 3);
  CHECK(proposal.findings[0].score > proposal.findings[1].score);
  CHECK(proposal.findings[1].score >= 0.5);
  CHECK(proposal.candidates[0].score < 0.5);
  CHECK(proposal.findings[0].score <= 1);
  CHECK(proposal.candidates[0].score > 0);
}

TEST_CASE("the threshold decides what is a finding", "[compare][propose_findings]") {
  CHECK(proposed({.min_score = 0}).findings.size() == 3);
  CHECK(proposed({.min_score = 1}).findings.empty());
  CHECK(proposed({.min_score = 1, .min_candidate = 0}).candidates.size() == 3);
  const double second = proposed({}).findings[1].score;
  CHECK(proposed({.min_score = second}).findings.size() == 2);  // at the threshold is a finding
}

TEST_CASE("what is weaker than a candidate is left out", "[compare][propose_findings]") {
  const double weakest = proposed({.min_candidate = 0}).candidates.at(0).score;
  CHECK(proposed({.min_candidate = weakest}).candidates.size() == 1);
  CHECK(proposed({.min_candidate = weakest + 0.01}).candidates.empty());
}

TEST_CASE("candidates beyond the limit are left out, findings never", "[compare][propose_findings]") {
  CHECK(proposed({.min_score = 1, .min_candidate = 0, .max_candidates = 2}).candidates.size() == 2);
  CHECK(proposed({.max_candidates = 0}).candidates.empty());
  CHECK(proposed({.max_candidates = 0}).findings.size() == 2);
}

TEST_CASE("boxes are in full pixels of both pictures", "[compare][propose_findings]") {
  NormalizedPair pair = plain_pair();
  pair.sample = with_body(plain_pair().reference, {120, 20, 12, 12});
  pair.scale = 0.5;
  PlaneMap plane;
  plane.sample_from_reference << 1, 0, 100, 0, 1, -20, 0, 0, 1;
  const Finding first = propose_findings(three_patches(), {}, pair, plane).findings.at(0);
  CHECK(first.reference_box.centre().x() == Approx(252).margin(8));  // a cell is 8 full pixels wide
  CHECK(first.reference_box.width == Approx(24).margin(16));
  CHECK(first.sample_box.x == Approx(first.reference_box.x + 100));
  CHECK(first.sample_box.y == Approx(first.reference_box.y - 20));
  CHECK_FALSE(first.reason.empty());
}

TEST_CASE("a body with two peaks of evidence is one finding", "[compare][propose_findings]") {
  NormalizedPair pair = plain_pair();
  pair.sample = with_body(plain_pair().reference, {82, 62, 20, 12});
  Evidence evidence = with_patch(no_evidence({60, 40}), {20, 16, 2, 2}, 20);
  evidence = with_patch(evidence, {24, 16, 2, 2}, 8);
  const Proposal proposal = propose_findings(evidence, {}, pair, PlaneMap{}, {.min_candidate = 0});
  CHECK(proposal.findings.size() == 1);
  CHECK(proposal.candidates.empty());
}

TEST_CASE("no evidence proposes nothing", "[compare][propose_findings]") {
  const Proposal proposal = propose_findings(no_evidence({60, 40}), {}, plain_pair(), PlaneMap{});
  CHECK(proposal.findings.empty());
  CHECK(proposal.candidates.empty());
}

TEST_CASE("every option of the findings outside its range is reported by name", "[compare][propose_findings]") {
  const auto found = problems(ProposalOptions{.min_score = -0.1, .max_candidates = -1});
  REQUIRE(found.size() == 2);
  CHECK(found[0].flag == "--finding.min-score");
  CHECK(found[1].flag == "--finding.max-candidates");
}
