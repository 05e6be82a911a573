// SPDX-License-Identifier: Apache-2.0
#include "compare/suspect.h"

#include "compare/plain_body.h"
#include "compare/region_network.h"
#include "compare/region_score.h"
#include "compare/xray_pieces.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::Box;

double score_of(double false_calls_a_board) { return std::round(score_at(false_calls_a_board) * 1e4) / 1e4; }

Suspect photo_suspect(const EvidenceRegion& region, const Evidence& evidence, const LayoutComparison& layouts,
                      const imaging::NormalizedPair& pair) {
  Suspect suspect{.region = region, .view = view_of(region, layouts, pair)};
  suspect.signs = signs_of(region, suspect.view, evidence, layouts, pair);
  const bool parts_known = layouts.parts.known();
  const RegionJudgement judgement = judge(suspect.signs, parts_known ? photo_parts_network() : photo_network());
  suspect.kind = tell_photo_kind(suspect.view, judgement.kind);
  suspect.weight = judgement.weight;
  suspect.score = score_of(
      false_calls_from(suspect.weight, parts_known ? WeightSource::photo_parts_network : WeightSource::photo_network));
  return suspect;
}

// Light makes many steps of brightness; those of parts are seen by their shape.
std::optional<Suspect> plain_suspect(const EvidenceRegion& region, const LayoutComparison& layouts,
                                     const imaging::NormalizedPair& pair) {
  Suspect suspect{.region = region, .view = view_of(region, layouts, pair)};
  const std::optional<PlainBody> body = plain_body(suspect.view.body, layouts.surface, pair);
  if (!body) {
    return {};
  }
  suspect.kind = tell_photo_kind(
      suspect.view, *body == PlainBody::appeared ? FindingKind::extra_component : FindingKind::missing_component);
  suspect.score = score_of(false_plain_bodies());
  return suspect;
}

// Best first; equal ones from top to bottom and left to right.
void sort_by_score(std::vector<Suspect>& suspects) {
  std::sort(suspects.begin(), suspects.end(), [](const Suspect& a, const Suspect& b) {
    return std::make_tuple(-a.score, a.region.box.y, a.region.box.x) <
           std::make_tuple(-b.score, b.region.box.y, b.region.box.x);
  });
}

std::vector<Suspect> photo_suspects(const Evidence& evidence, const LayoutComparison& layouts,
                                    const imaging::NormalizedPair& pair, int most) {
  std::vector<Suspect> suspects;
  for (const EvidenceRegion& region : find_regions(evidence, most)) {
    if (!region.by_step) {
      suspects.push_back(photo_suspect(region, evidence, layouts, pair));
    } else if (const std::optional<Suspect> suspect = plain_suspect(region, layouts, pair)) {
      suspects.push_back(*suspect);
    }
  }
  return suspects;
}

// One body may have several peaks of evidence: the same kind with nearly the same boxes is said once.
bool says_the_same(const Suspect& a, const Suspect& b) {
  constexpr double kSameBox = 0.5;  // shared area over joint area
  const auto likeness = [](const Box& one, const Box& other) {
    const double shared = intersection(one, other).area();
    return shared / std::max(one.area() + other.area() - shared, 1e-9);
  };
  return a.kind.kind == b.kind.kind && likeness(a.kind.in_sample, b.kind.in_sample) > kSameBox &&
         likeness(a.kind.in_reference, b.kind.in_reference) > kSameBox;
}

// Of `all`, best first: without what says the same as a better one.
std::vector<Suspect> without_repeats(const std::vector<Suspect>& all) {
  std::vector<Suspect> list;
  for (const Suspect& one : all) {
    if (std::none_of(list.begin(), list.end(), [&](const Suspect& better) { return says_the_same(better, one); })) {
      list.push_back(one);
    }
  }
  return list;
}

Suspects xray_suspects(const AttenuationEvidence& evidence, int most) {
  const XrayPieces pieces = find_xray_pieces(evidence, most);
  std::vector<XrayClaim> claims;
  for (const XrayPiece& piece : pieces.list) claims.push_back(piece.claim);
  Suspects found{.cut_short = pieces.cut_short};
  for (const std::size_t index : said_once(claims)) {
    const XrayPiece& piece = pieces.list[index];
    Suspect suspect{.region = {.box = piece.claim.box}, .view = {.body = {.share = 1, .box = piece.claim.box}}};
    suspect.kind = piece.kind;
    suspect.signs = piece.signs;
    suspect.weight = piece.claim.weight;
    suspect.score = score_of(false_calls_from(suspect.weight, WeightSource::xray_network));
    found.list.push_back(std::move(suspect));
  }
  sort_by_score(found.list);
  return found;
}

}  // namespace

Finding finding_of(const Suspect& suspect, const imaging::NormalizedPair& pair, const imaging::PlaneMap& plane) {
  return {.kind = suspect.kind.kind,
          .score = suspect.score,
          .sample_box = imaging::to_sample(plane, imaging::scaled(suspect.kind.in_sample, 1 / pair.scale)),
          .reference_box = imaging::scaled(suspect.kind.in_reference, 1 / pair.scale),
          .reason = suspect.kind.reason};
}

Suspects find_suspects(const Evidence& evidence, const LayoutComparison& layouts, const imaging::NormalizedPair& pair,
                       int most) {
  if (evidence.attenuation.known()) {
    return xray_suspects(evidence.attenuation, most);
  }
  std::vector<Suspect> all = photo_suspects(evidence, layouts, pair, most);
  sort_by_score(all);
  const auto by_difference =
      std::count_if(all.begin(), all.end(), [](const Suspect& one) { return !one.region.by_step; });
  return {.list = without_repeats(all), .cut_short = by_difference == most};
}

}  // namespace boarddiff::compare
