// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"
#include "tests/acceptance/trials/network_fit.h"
#include "tests/acceptance/trials/score_fit.h"

#include <catch2/catch.hpp>

#include <cmath>

namespace trials = boarddiff::trials;
using boarddiff::compare::CallRate;
using boarddiff::compare::FindingKind;
using boarddiff::compare::RegionJudgement;
using boarddiff::compare::RegionNetwork;
using boarddiff::imaging::Modality;
using trials::FindingTrial;
using trials::TriedRegion;

namespace {

// Regions of twelve boards that are changes the more often the farther their first sign is from the middle, wires above
// it and missing parts below; the other signs say nothing.
std::vector<FindingTrial> made_up_trials(std::uint64_t seed = 1) {
  boarddiff::imaging::Random random(seed);
  std::vector<FindingTrial> all;
  for (int board = 0; board < 12; ++board) {
    FindingTrial trial{.name = "case " + std::to_string(board), .board = std::to_string(board), .parts_known = true};
    for (int i = 0; i < 100; ++i) {
      TriedRegion region{.signs = boarddiff::compare::RegionSigns::Zero()};
      for (double& sign : region.signs) sign = random.uniform();
      region.kind = FindingKind::extra_wire;
      if (random.chance(1 / (1 + std::exp(-16 * (std::abs(region.signs[0] - 0.5) - 0.25))))) {
        region.true_kinds = {region.signs[0] > 0.5 ? "extra_wire" : "missing_component"};
        trial.changes.push_back(std::to_string(i));
        region.hits.push_back(std::to_string(i));
      }
      trial.regions.push_back(region);
    }
    all.push_back(trial);
  }
  return all;
}

FindingTrial falsely_called(const std::vector<double>& weights) {
  FindingTrial trial{.name = "case", .board = "board"};
  for (const double weight : weights) {
    TriedRegion region{.weight = weight, .signs = boarddiff::compare::RegionSigns::Zero()};
    trial.regions.push_back(region);
  }
  return trial;
}

RegionJudgement judged_with_first(double value, const RegionNetwork& network) {
  boarddiff::compare::RegionSigns signs = boarddiff::compare::RegionSigns::Constant(0.5);
  signs[0] = value;
  return judge(signs, network);
}

}  // namespace

TEST_CASE("a network learns what no weighted sum of signs can say", "[acceptance][finding_trials]") {
  std::vector<FindingTrial> all = made_up_trials();
  const std::vector<FindingTrial> more = made_up_trials(2);
  for (int times = 0; times < 4; ++times) all.insert(all.end(), more.begin(), more.end());
  const RegionNetwork network = trials::fitted_network(all, trials::kPhotoPartsNetwork);
  CHECK(network.signs[0].mean == Approx(0.5).margin(0.05));
  CHECK(network.signs[0].deviation == Approx(1 / std::sqrt(12.0)).epsilon(0.05));
  const double middle = judged_with_first(0.5, network).weight;
  CHECK(judged_with_first(0.95, network).weight > middle + 1);
  CHECK(judged_with_first(0.05, network).weight > middle + 1);
  CHECK(judged_with_first(0.95, network).kind == FindingKind::extra_wire);
  CHECK(judged_with_first(0.05, network).kind == FindingKind::missing_component);
}

TEST_CASE("the same trials give the same network", "[acceptance][finding_trials]") {
  const std::string once = trials::network_text(trials::fitted_network(made_up_trials(), trials::kPhotoPartsNetwork),
                                                trials::kPhotoPartsNetwork);
  CHECK(once == trials::network_text(trials::fitted_network(made_up_trials(), trials::kPhotoPartsNetwork),
                                     trials::kPhotoPartsNetwork));
  CHECK(once.find("// strength over ring\n") != std::string::npos);
}

TEST_CASE("a network without parts goes by the other signs alone", "[acceptance][finding_trials]") {
  const RegionNetwork network = trials::fitted_network(made_up_trials(), trials::kPhotoNetwork);
  CHECK(network.signs.size() == boarddiff::compare::kSignsWithoutParts);
  const std::string text = trials::network_text(network, trials::kPhotoNetwork);
  CHECK(text.find("photo_network()") != std::string::npos);
  CHECK(text.find("// sample part\n") == std::string::npos);
  const std::string with_parts = trials::network_text(
      trials::fitted_network(made_up_trials(), trials::kPhotoPartsNetwork), trials::kPhotoPartsNetwork);
  CHECK(with_parts.find("photo_parts_network()") != std::string::npos);
  CHECK(with_parts.find("// sample part\n") != std::string::npos);
}

TEST_CASE("what nothing is known of parts in says nothing about a network that goes by them",
          "[acceptance][finding_trials]") {
  std::vector<FindingTrial> all = made_up_trials();
  const auto texts = [&] {
    std::vector<std::string> both;
    for (const trials::NetworkPlan& plan : {trials::kPhotoNetwork, trials::kPhotoPartsNetwork}) {
      both.push_back(network_text(fitted_network(all, plan), plan));
    }
    return both;
  };
  const std::vector<std::string> before = texts();
  all.push_back(made_up_trials(2)[0]);
  all.back().parts_known = false;
  const std::vector<std::string> after = texts();
  CHECK(after[0] != before[0]);
  CHECK(after[1] == before[1]);
}

TEST_CASE("each board is judged by what was fitted to the others", "[acceptance][finding_trials]") {
  std::vector<FindingTrial> all = made_up_trials();
  const trials::TrialJudgements before = trials::judged_by_others(all, trials::kPhotoPartsNetwork);
  // What is true of a board's own regions has no say.
  for (TriedRegion& region : all[3].regions) region.hits = {"all"};
  const trials::TrialJudgements after = trials::judged_by_others(all, trials::kPhotoPartsNetwork);
  CHECK(after[3][0].weight == before[3][0].weight);
  CHECK(after[4][0].weight != before[4][0].weight);
}

TEST_CASE("of X-rays one piece of a thing is said, by the weights at hand", "[acceptance][finding_trials]") {
  FindingTrial trial = falsely_called({3, 2, 1});
  trial.modality = Modality::xray;
  trial.regions[1].thing = trial.regions[2].thing = 1;
  for (std::size_t i = 0; i < 3; ++i) trial.regions[i].box = {.x = 100.0 * (i == 0 ? 0 : 1), .width = 10, .height = 10};
  const trials::SaidOnce today = trials::said_once({trial}, {{{3}, {2}, {1}}});
  REQUIRE(today.trials[0].regions.size() == 2);
  CHECK(today.trials[0].regions[1].weight == 2);
  const trials::SaidOnce otherwise = trials::said_once({trial}, {{{3}, {4}, {5}}});
  REQUIRE(otherwise.trials[0].regions.size() == 2);
  CHECK(otherwise.trials[0].regions[0].weight == 1);
  CHECK(otherwise.judgements[0][0].weight == 5);
}

TEST_CASE("a network of X-rays learns of a change from the piece that says most", "[acceptance][finding_trials]") {
  // Each change has a piece that shows it and one that looks like all else.
  std::vector<FindingTrial> all = made_up_trials();
  const std::vector<FindingTrial> more = made_up_trials(2);
  for (int times = 0; times < 4; ++times) all.insert(all.end(), more.begin(), more.end());
  for (FindingTrial& trial : all) {
    trial.modality = Modality::xray;
    std::vector<TriedRegion> pieces;
    for (std::size_t i = 0; i < trial.regions.size(); ++i) {
      TriedRegion& region = trial.regions[i];
      region.signs = region.signs.head<boarddiff::compare::kXraySigns>().eval();
      region.thing = i;
      region.weight = 1;
      pieces.push_back(region);
      if (region.hits.empty()) continue;
      pieces.push_back(region);
      pieces.back().weight = 0;
      pieces.back().signs.setConstant(0.5);
    }
    trial.regions = pieces;
  }
  const RegionNetwork network = trials::fitted_network(all, trials::kXrayNetwork);
  const boarddiff::compare::XraySigns plain = boarddiff::compare::XraySigns::Constant(0.5);
  for (FindingTrial& trial : all) {
    for (TriedRegion& region : trial.regions) region.weight = 1;  // none says more than the other
  }
  CHECK(judge(plain, trials::fitted_network(all, trials::kXrayNetwork)).weight > judge(plain, network).weight + 1);
}

TEST_CASE("regions that hit changes of several kinds, or none, do not say what a kind looks like",
          "[acceptance][finding_trials]") {
  TriedRegion region;
  CHECK(trials::one_kind_of(region, boarddiff::compare::kPhotoKinds) == -1);
  region.true_kinds = {"extra_wire", "extra_wire"};
  CHECK(trials::one_kind_of(region, boarddiff::compare::kPhotoKinds) == 4);
  region.true_kinds = {"extra_wire", "missing_component"};
  CHECK(trials::one_kind_of(region, boarddiff::compare::kPhotoKinds) == -1);
  region.true_kinds = {"changed_interior"};
  CHECK(trials::one_kind_of(region, boarddiff::compare::kPhotoKinds) == -1);
  CHECK(trials::one_kind_of(region, boarddiff::compare::kXrayKinds) == 6);
}

TEST_CASE("kinds are counted where regions are above the threshold", "[acceptance][finding_trials]") {
  FindingTrial trial = falsely_called({1});
  for (const auto& [truth, weight] : {std::pair{"extra_wire", 4.0}, {"missing_component", 3.0}, {"extra_wire", 0.5}}) {
    trial.regions.push_back(falsely_called({weight}).regions[0]);
    trial.regions.back().hits = {truth};
    trial.regions.back().true_kinds = {truth};
  }
  trials::TrialJudgements judgements(1);
  for (const TriedRegion& region : trial.regions) judgements[0].push_back({region.weight, FindingKind::extra_wire});
  CHECK(trials::kinds_right_at({trial}, judgements, 0) == Approx(0.5));
  CHECK(trials::kinds_right_at({trial}, judgements, 4) == Approx(2.0 / 3));
}

TEST_CASE("the rate of false calls is a line through their logarithms", "[acceptance][finding_trials]") {
  // On 40 boards exp(2 - weight) false calls a board.
  std::vector<FindingTrial> all(40, falsely_called({}));
  for (int i = 1; i <= 2000; ++i) all[0].regions.push_back(falsely_called({2 - std::log(i / 40.0)}).regions[0]);
  trials::TrialJudgements judgements(40);
  for (const TriedRegion& region : all[0].regions) judgements[0].push_back({region.weight});
  const CallRate rate = trials::fitted_rate(all, judgements);
  CHECK(rate.slope == Approx(1).epsilon(0.1));
  CHECK(rate.offset == Approx(2).epsilon(0.1));
}

TEST_CASE("recall counts changes above the weight of so many false calls a board", "[acceptance][finding_trials]") {
  FindingTrial trial = falsely_called({1, 3});
  trial.changes = {"a", "b", "c"};
  for (const auto& [id, weight] : {std::pair{"a", 4.0}, {"b", 2.0}}) {
    trial.regions.push_back(falsely_called({weight}).regions[0]);
    trial.regions.back().hits = {id};
  }
  const trials::TrialJudgements weights = {{{1}, {3}, {4}, {2}}};
  CHECK(trials::recall_at({trial}, weights, 0) == Approx(1.0 / 3));
  CHECK(trials::recall_at({trial}, weights, 1) == Approx(2.0 / 3));
  CHECK(trials::recall_at({trial}, weights, 5) == Approx(2.0 / 3));
}

TEST_CASE("trials are read as they were written", "[acceptance][finding_trials]") {
  std::vector<FindingTrial> all = made_up_trials();
  all[1].modality = Modality::xray;
  for (TriedRegion& region : all[1].regions) region.signs = boarddiff::compare::XraySigns::Constant(0.25);
  const std::vector<FindingTrial> again = trials::trials_in_text(trials::trials_text(all));
  REQUIRE(again.size() == all.size());
  CHECK(again[1].modality == Modality::xray);
  CHECK(again[2].board == "2");
  CHECK(again[2].parts_known);
  CHECK(again[2].changes == all[2].changes);
  CHECK(again[1].regions[3].signs == all[1].regions[3].signs);
  REQUIRE(again[2].regions.size() == 100);
  CHECK(again[2].regions[7].hits == all[2].regions[7].hits);
  CHECK(again[2].regions[7].signs == all[2].regions[7].signs);
  CHECK(again[2].regions[7].kind == FindingKind::extra_wire);
  CHECK(again[2].regions[7].true_kinds == all[2].regions[7].true_kinds);
}

TEST_CASE("plain bodies are counted apart, and kept", "[acceptance][finding_trials]") {
  FindingTrial one = falsely_called({1});
  one.false_plain_bodies = 3;
  CHECK(trials::plain_bodies_a_board({one, falsely_called({})}) == Approx(1.5));
  CHECK(trials::plain_bodies_a_board({}) == 0);
  const std::vector<FindingTrial> kept = trials::trials_in_text(trials::trials_text({one}));
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].false_plain_bodies == 3);
  CHECK(kept[0].regions.size() == 1);
}
