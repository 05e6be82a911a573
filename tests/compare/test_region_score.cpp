// SPDX-License-Identifier: Apache-2.0
#include "compare/evidence_signs.h"
#include "compare/region_score.h"
#include "compare/suspect.h"
#include "tests/support/evidence_map.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <algorithm>
#include <set>

using namespace boarddiff::compare;
using boarddiff::imaging::NormalizedPair;
using boarddiff::test::no_evidence;
using boarddiff::test::pair_of;
using boarddiff::test::with_body;
using boarddiff::test::with_patch;

namespace {

NormalizedPair plain_pair() {
  const cv::Mat3f plain(cv::Size(240, 160), cv::Vec3f(0.1F, 0.3F, 0.1F));
  return pair_of(plain, plain);
}

int index_of(std::string_view name) {
  const auto at = std::find(kEvidenceSignNames.begin(), kEvidenceSignNames.end(), name);
  REQUIRE(at != kEvidenceSignNames.end());
  return static_cast<int>(at - kEvidenceSignNames.begin());
}

EvidenceSigns signs_at_peak(const Evidence& evidence) {
  const auto regions = find_regions(evidence, 1);
  REQUIRE(regions.size() == 1);
  return evidence_signs_of(regions[0], {.body = {.share = 0.25}, .like_lettering = true}, evidence);
}

}  // namespace

TEST_CASE("signs have names, each its own", "[compare][evidence_signs]") {
  CHECK(std::set(kEvidenceSignNames.begin(), kEvidenceSignNames.end()).size() == kEvidenceSignNames.size());
}

TEST_CASE("signs are what the maps hold in the region and around it", "[compare][evidence_signs]") {
  Evidence evidence = with_patch(no_evidence({60, 40}), {20, 10, 8, 4}, 3);
  evidence.reference.height(cv::Rect(20, 10, 4, 4)) = 6;
  evidence.sample.hidden(cv::Rect(20, 10, 8, 4)) = 100;
  evidence.around = 0.2F;
  evidence.usual_most = 0.3F;
  const EvidenceSigns signs = signs_at_peak(evidence);
  CHECK(signs[index_of("strength")] == Approx(3));
  CHECK(signs[index_of("strength over ring")] == Approx(3));
  CHECK(signs[index_of("log of cells")] == Approx(std::log(32)));
  CHECK(signs[index_of("share of its box")] == Approx(1));
  CHECK(signs[index_of("log of aspect")] == Approx(std::log(2)));
  CHECK(signs[index_of("difference")] == Approx(0.6));
  CHECK(signs[index_of("around")] == Approx(0.2));
  CHECK(signs[index_of("around, peak")] == Approx(0).margin(1e-6));
  CHECK(signs[index_of("usual most")] == Approx(0.3));
  CHECK(signs[index_of("sample structure")] == Approx(0.3));
  CHECK(signs[index_of("reference structure")] == 0);
  CHECK(signs[index_of("reference height")] == Approx(3));
  CHECK(signs[index_of("sample hidden")] == Approx(9));  // what is hidden by more is hidden
  CHECK(signs[index_of("share of a body")] == Approx(0.25));
  CHECK(signs[index_of("like lettering")] == 1);
  CHECK(signs[index_of("told by layouts")] == 0);
}

TEST_CASE("a region at the end of the grid has signs all the same", "[compare][evidence_signs]") {
  CHECK(signs_at_peak(with_patch(no_evidence({60, 40}), {0, 0, 60, 40}, 3)).allFinite());
  CHECK(signs_at_peak(with_patch(no_evidence({60, 40}), {59, 39, 1, 1}, 3)).allFinite());
}

TEST_CASE("scores are expected false calls, whatever they come from", "[compare][region_score]") {
  CHECK(score_at(0) == 1);
  CHECK(score_at(0.2) == Approx(0.5));
  CHECK(score_at(1) == Approx(1.0 / 6));
  // Plain bodies are findings, with the default threshold of one false call on five boards.
  CHECK(false_plain_bodies() > 0);
  CHECK(false_plain_bodies() < 0.2);
  for (const WeightSource source :
       {WeightSource::photo_network, WeightSource::photo_parts_network, WeightSource::xray_network}) {
    CHECK(false_calls_from(1, source) > false_calls_from(2, source));
    CHECK(false_calls_from(100, source) < 1e-6);
  }
}

TEST_CASE("suspects come best first, and one that says the same is left out", "[compare][suspect]") {
  Evidence evidence = with_patch(no_evidence({60, 40}), {10, 10, 4, 4}, 2);
  evidence = with_patch(evidence, {40, 20, 4, 4}, 3);
  const Suspects suspects = find_suspects(evidence, {}, plain_pair());
  REQUIRE(suspects.list.size() == 2);
  CHECK(suspects.list[0].score >= suspects.list[1].score);
  CHECK(suspects.list[0].region.box.x == Approx(160));
  CHECK_FALSE(suspects.cut_short);
}

TEST_CASE("a part that is seen in one picture alone is worth more than none", "[compare][suspect]") {
  const Evidence evidence = with_patch(no_evidence({60, 40}), {20, 10, 8, 4}, 3);
  const cv::Rect place(80, 40, 32, 16);
  const cv::Mat3f plain = plain_pair().reference;
  const NormalizedPair pair = pair_of(plain, with_body(plain, place));
  const cv::Mat1f nothing(plain.size(), 0.0F);
  cv::Mat1f part = nothing.clone();
  part(place) = 1;
  const auto best_with = [&](const cv::Mat1f& sample) {
    LayoutComparison layouts;
    layouts.parts = {.pixels_per_mm = 8, .reference = {.part = nothing}, .sample = {.part = sample}};
    return find_suspects(evidence, layouts, pair).list.at(0);
  };
  CHECK(best_with(part).weight > best_with(nothing).weight + 0.5);
  CHECK(best_with(part).kind.kind == FindingKind::extra_component);
}

TEST_CASE("more peaks than are looked at are said", "[compare][suspect]") {
  cv::Mat1f strength(200, 200, 0.0F);
  Evidence evidence = no_evidence({200, 200});
  for (int y = 4; y < 196; y += 8) {
    for (int x = 4; x < 196; x += 8) evidence.strength(y, x) = 3;
  }
  const cv::Mat3f plain(cv::Size(800, 800), cv::Vec3f(0.1F, 0.3F, 0.1F));
  const Suspects suspects = find_suspects(evidence, {}, pair_of(plain, plain));
  CHECK(suspects.cut_short);
  CHECK(suspects.list.size() <= kMostSuspects);
}
