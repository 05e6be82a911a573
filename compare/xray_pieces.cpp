// SPDX-License-Identifier: Apache-2.0
#include "compare/xray_pieces.h"

#include "compare/attenuation_region.h"
#include "compare/hit_rule.h"
#include "compare/region_network.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace boarddiff::compare {

namespace {

XrayPiece judged(const AttenuationRegion& region, const AttenuationEvidence& evidence) {
  constexpr double kFilled = 0.35;
  XrayPiece piece{.claim = {.box = region.whole,
                            .thing = region.thing,
                            .is_compact = static_cast<double>(region.pixels.size()) >= kFilled * region.box.area()},
                  .signs = xray_signs_of(region, evidence)};
  const RegionJudgement judgement = judge(piece.signs, xray_network());
  piece.kind = tell_xray_kind(region, evidence, judgement.kind);
  piece.claim.weight = judgement.weight;
  return piece;
}

bool says_the_same(const XrayClaim& better, const XrayClaim& other) {
  return better.thing == other.thing || (better.is_compact && hits(other.box, better.box));
}

}  // namespace

XrayPieces find_xray_pieces(const AttenuationEvidence& evidence, int most) {
  XrayPieces pieces;
  std::array<int, 2> by_sense = {};
  for (const AttenuationRegion& region : find_attenuation_regions(evidence, most)) {
    by_sense.at(region.removed ? 1 : 0) += region.is_group ? 0 : 1;
    pieces.list.push_back(judged(region, evidence));
  }
  pieces.cut_short = *std::max_element(by_sense.begin(), by_sense.end()) == most;
  return pieces;
}

std::vector<std::size_t> said_once(const std::vector<XrayClaim>& claims) {
  std::vector<std::size_t> order(claims.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return claims[a].weight > claims[b].weight; });
  std::vector<std::size_t> said;
  for (const std::size_t one : order) {
    if (std::none_of(said.begin(), said.end(),
                     [&](std::size_t better) { return says_the_same(claims[better], claims[one]); })) {
      said.push_back(one);
    }
  }
  return said;
}

}  // namespace boarddiff::compare
