// SPDX-License-Identifier: Apache-2.0
#include "compare/suspect.h"

#include "compare/attenuation_region.h"
#include "compare/hit_rule.h"
#include "compare/plain_body.h"
#include "compare/region_network.h"
#include "compare/region_score.h"
#include "compare/xray_signs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <tuple>

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

// Judged by itself, and said of the thing that it is a piece of.
Suspect xray_suspect(const AttenuationRegion& region, const AttenuationEvidence& evidence) {
  Suspect suspect{.region = {.box = region.whole}, .view = {.body = {.share = 1, .box = region.whole}}};
  const XraySigns signs = xray_signs_of(region, evidence);
  const RegionJudgement judgement = judge(signs, xray_network());
  suspect.signs = signs;
  suspect.kind = tell_xray_kind(region, evidence, judgement.kind);
  suspect.weight = judgement.weight;
  suspect.score = score_of(false_calls_from(suspect.weight, WeightSource::xray_network));
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

}  // namespace

Finding finding_of(const Suspect& suspect, const imaging::NormalizedPair& pair, const imaging::PlaneMap& plane) {
  return {.kind = suspect.kind.kind,
          .score = suspect.score,
          .sample_box = imaging::to_sample(plane, imaging::scaled(suspect.kind.in_sample, 1 / pair.scale)),
          .reference_box = imaging::scaled(suspect.kind.in_reference, 1 / pair.scale),
          .reason = suspect.kind.reason};
}

namespace {

// Of `all`, best first: without what says the same as a better one.
template <typename Judged>
std::vector<Judged> said_once(const std::vector<Judged>& all) {
  std::vector<Judged> list;
  for (const Judged& one : all) {
    if (std::none_of(list.begin(), list.end(), [&](const Judged& better) { return says_the_same(better, one); })) {
      list.push_back(one);
    }
  }
  return list;
}

// A region of X-rays with what is known of it.
struct XrayPiece {
  Suspect suspect = {};
  std::size_t thing = 0;
  bool is_compact = false;  // it fills its box, which a wire does not
};

XrayPiece judged(const AttenuationRegion& region, const AttenuationEvidence& evidence) {
  constexpr double kFilled = 0.35;
  return {.suspect = xray_suspect(region, evidence),
          .thing = region.thing,
          .is_compact = static_cast<double>(region.pixels.size()) >= kFilled * region.box.area()};
}

// What absorbs is said once, by what of it says most, whatever else is seen of it: a chip has leads, a die and a frame,
// and a part that moved has two ends that were bared and two that were covered.
bool says_the_same(const XrayPiece& better, const XrayPiece& other) {
  return better.thing == other.thing ||
         (better.is_compact && hits(other.suspect.region.box, better.suspect.region.box));
}

Suspects find_xray_suspects(const AttenuationEvidence& evidence, int most) {
  std::vector<XrayPiece> all;
  std::array<int, 2> by_sense = {};
  for (const AttenuationRegion& region : find_attenuation_regions(evidence, most)) {
    by_sense.at(region.removed ? 1 : 0) += region.is_group ? 0 : 1;
    all.push_back(judged(region, evidence));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const XrayPiece& a, const XrayPiece& b) { return a.suspect.weight > b.suspect.weight; });
  Suspects found{.cut_short = *std::max_element(by_sense.begin(), by_sense.end()) == most};
  for (const XrayPiece& piece : said_once(all)) found.list.push_back(piece.suspect);
  sort_by_score(found.list);
  return found;
}

}  // namespace

Suspects find_suspects(const Evidence& evidence, const LayoutComparison& layouts, const imaging::NormalizedPair& pair,
                       int most) {
  if (evidence.attenuation.known()) {
    return find_xray_suspects(evidence.attenuation, most);
  }
  std::vector<Suspect> all = photo_suspects(evidence, layouts, pair, most);
  sort_by_score(all);
  const auto by_difference =
      std::count_if(all.begin(), all.end(), [](const Suspect& one) { return !one.region.by_step; });
  return {.list = said_once(all), .cut_short = by_difference == most};
}

}  // namespace boarddiff::compare
