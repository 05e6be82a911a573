// SPDX-License-Identifier: Apache-2.0
#include "compare/region_network.h"

#include <catch2/catch.hpp>

#include <set>
#include <string_view>

using namespace boarddiff::compare;

namespace {

// By the first sign alone: one unit is what it exceeds 5 by, another what it falls short of that.
RegionNetwork by_first_sign() {
  return {.signs = {{.mean = 5, .deviation = 2, .weights = {1, -1}}},
          .change = {.bias = -1, .weights = {3, 1}},
          .kinds = {{FindingKind::extra_component, {.bias = 0.5}},
                    {FindingKind::missing_component, {.weights = {0, 1}}},
                    {FindingKind::extra_wire, {.weights = {1, 0}}}}};
}

RegionJudgement judged_with_first(double value) {
  RegionSigns signs = RegionSigns::Zero();
  signs[0] = value;
  return judge(signs, by_first_sign());
}

Eigen::VectorXd usual_signs(const RegionNetwork& network) {
  Eigen::VectorXd signs(static_cast<Eigen::Index>(network.signs.size()));
  for (Eigen::Index i = 0; i < signs.size(); ++i) signs[i] = network.signs[static_cast<std::size_t>(i)].mean;
  return signs;
}

}  // namespace

TEST_CASE("each sign of a region has a name of its own", "[compare][region_signs]") {
  std::set<std::string_view> names;
  for (int i = 0; i < kRegionSigns; ++i) names.insert(region_sign_name(i));
  CHECK(names.size() >= kRegionSigns - 1);  // "share of a body" is said twice
}

TEST_CASE("the weight is a sum of what hidden units say, which is never below zero", "[compare][region_network]") {
  CHECK(judged_with_first(5).weight == Approx(-1));
  CHECK(judged_with_first(7).weight == Approx(2));  // one deviation above: three times the first unit
  CHECK(judged_with_first(3).weight == Approx(0));  // one below: once the second
}

TEST_CASE("the kind with the largest output is the likeliest", "[compare][region_network]") {
  CHECK(judged_with_first(5).kind == FindingKind::extra_component);  // by its bias
  CHECK(judged_with_first(5.9).kind == FindingKind::extra_component);
  CHECK(judged_with_first(6.1).kind == FindingKind::extra_wire);
  CHECK(judged_with_first(3.9).kind == FindingKind::missing_component);
}

TEST_CASE("a sign far outside what the network was fitted to says no more than at its end",
          "[compare][region_network]") {
  CHECK(judged_with_first(13).weight == Approx(11));
  CHECK(judged_with_first(1e9).weight == Approx(11));
  CHECK(judged_with_first(-1e9).weight == Approx(3));
}

TEST_CASE("the networks are fitted ones", "[compare][region_network]") {
  const RegionNetwork& network = *GENERATE(&photo_network(), &photo_parts_network(), &xray_network());
  CHECK(network.kinds.size() >= 7);
  for (const SignRow& sign : network.signs) CHECK(sign.deviation > 0);
  // What is as usual as can be is no change.
  CHECK(judge(usual_signs(network), network).weight < -1);
}

TEST_CASE("a part that came or went speaks for a change, where parts are known", "[compare][region_network]") {
  // A place as usual but for its parts: seen (1) or not (0) before and after.
  const auto judged_with = [](double before, double after, const RegionNetwork& network) {
    RegionSigns signs = RegionSigns::Zero();
    const Eigen::VectorXd usual = usual_signs(network);
    signs.head(usual.size()) = usual;
    signs[kSignsWithoutParts] = before;
    signs[kSignsWithoutParts + 1] = after;
    signs[kSignsWithoutParts + 4] = after - before;
    signs[kSignsWithoutParts + 5] = before - after;
    return judge(signs, network);
  };
  CHECK(judged_with(0, 0, photo_network()).weight == judged_with(0, 1, photo_network()).weight);
  const RegionNetwork& network = photo_parts_network();
  const RegionJudgement none = judged_with(0, 0, network);
  const RegionJudgement came = judged_with(0, 1, network);
  const RegionJudgement went = judged_with(1, 0, network);
  CHECK(came.weight > none.weight + 1);
  CHECK(came.kind == FindingKind::extra_component);
  CHECK(went.weight > none.weight + 1);
  CHECK(went.kind == FindingKind::missing_component);
}
