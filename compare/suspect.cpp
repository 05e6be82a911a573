// SPDX-License-Identifier: Apache-2.0
#include "compare/suspect.h"

#include "compare/plain_body.h"
#include "compare/region_network.h"
#include "compare/region_score.h"

#include <algorithm>
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

Suspect xray_suspect(const EvidenceRegion& region, const LayoutComparison& layouts,
                     const imaging::NormalizedPair& pair) {
  Suspect suspect{.region = region, .view = view_of(region, layouts, pair)};
  suspect.kind = tell_xray_kind(region, suspect.view, pair);
  suspect.weight = xray_weight_of(region, suspect.view);
  suspect.score = score_of(false_calls_from(suspect.weight, WeightSource::xray));
  return suspect;
}

std::optional<Suspect> suspect_at(const EvidenceRegion& region, const Evidence& evidence,
                                  const LayoutComparison& layouts, const imaging::NormalizedPair& pair) {
  if (pair.reference.channels() != 3) {
    return xray_suspect(region, layouts, pair);
  }
  return region.by_step ? plain_suspect(region, layouts, pair) : photo_suspect(region, evidence, layouts, pair);
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

Suspects find_suspects(const Evidence& evidence, const LayoutComparison& layouts, const imaging::NormalizedPair& pair,
                       int most) {
  std::vector<Suspect> all;
  for (const EvidenceRegion& region : find_regions(evidence, most)) {
    if (const std::optional<Suspect> suspect = suspect_at(region, evidence, layouts, pair)) {
      all.push_back(*suspect);
    }
  }
  std::sort(all.begin(), all.end(), [](const Suspect& a, const Suspect& b) {
    return std::make_tuple(-a.score, a.region.box.y, a.region.box.x) <
           std::make_tuple(-b.score, b.region.box.y, b.region.box.x);
  });
  const auto by_difference =
      std::count_if(all.begin(), all.end(), [](const Suspect& one) { return !one.region.by_step; });
  Suspects suspects{.cut_short = by_difference == most};
  for (const Suspect& suspect : all) {
    if (std::none_of(suspects.list.begin(), suspects.list.end(),
                     [&](const Suspect& other) { return says_the_same(suspect, other); })) {
      suspects.list.push_back(suspect);
    }
  }
  return suspects;
}

}  // namespace boarddiff::compare
