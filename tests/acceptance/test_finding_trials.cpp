// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"
#include "tests/acceptance/trials/kind_fit.h"
#include "tests/acceptance/trials/score_fit.h"

#include <catch2/catch.hpp>

#include <cmath>

namespace trials = boarddiff::trials;
using boarddiff::compare::CallRate;
using boarddiff::compare::FindingKind;
using boarddiff::compare::KindWeights;
using boarddiff::compare::SignWeights;
using boarddiff::imaging::Modality;
using trials::FindingTrial;
using trials::TriedRegion;

namespace {

// Regions of twelve boards that are changes the more often the larger their first sign is; the others say nothing.
std::vector<FindingTrial> made_up_trials() {
  boarddiff::imaging::Random random(1);
  std::vector<FindingTrial> all;
  for (int board = 0; board < 12; ++board) {
    FindingTrial trial{.name = "case " + std::to_string(board), .board = std::to_string(board)};
    for (int i = 0; i < 100; ++i) {
      TriedRegion region;
      for (double& sign : region.signs) sign = random.uniform();
      if (random.chance(1 / (1 + std::exp(-8 * (region.signs[0] - 0.5))))) {
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
    TriedRegion region;
    region.weight = weight;
    trial.regions.push_back(region);
  }
  return trial;
}

// Regions of twelve boards that are wires where their first sign is large and missing parts where it is small; the
// others say nothing.
std::vector<FindingTrial> trials_of_two_kinds() {
  boarddiff::imaging::Random random(2);
  std::vector<FindingTrial> all = made_up_trials();
  for (FindingTrial& trial : all) {
    for (TriedRegion& region : trial.regions) {
      for (double& sign : region.kind_signs) sign = random.uniform();
      region.hits = {"a"};
      region.kind = FindingKind::extra_wire;
      region.true_kinds = {region.kind_signs[0] > 0.5 ? "extra_wire" : "missing_component"};
    }
  }
  return all;
}

}  // namespace

TEST_CASE("the sign that tells two kinds apart gets weights of opposite sense", "[acceptance][finding_trials]") {
  const KindWeights weights = trials::fitted_kind_weights(trials_of_two_kinds());
  CHECK(weights.signs[0].mean == Approx(0.5).margin(0.05));
  CHECK(weights.signs[0].weights[4] > 1);   // extra_wire
  CHECK(weights.signs[0].weights[1] < -1);  // missing_component
  for (std::size_t i = 1; i < weights.signs.size(); ++i) CHECK(std::abs(weights.signs[i].weights[4]) < 0.3);
}

TEST_CASE("kinds of a board are told by what was fitted to the others", "[acceptance][finding_trials]") {
  std::vector<FindingTrial> all = trials_of_two_kinds();
  CHECK(trials::right_kinds(all).by_others > 0.95);
  CHECK(trials::right_kinds(all).today == Approx(0.5).margin(0.05));  // all are called wires
  // A board on which the sign says the opposite is told wrongly.
  for (TriedRegion& region : all[3].regions) {
    region.true_kinds = {region.kind_signs[0] > 0.5 ? "missing_component" : "extra_wire"};
  }
  CHECK(trials::right_kinds(all).by_others == Approx(11.0 / 12).margin(0.05));
}

TEST_CASE("regions that hit changes of several kinds, or none, do not say what a kind looks like",
          "[acceptance][finding_trials]") {
  std::vector<FindingTrial> all = trials_of_two_kinds();
  const KindWeights before = trials::fitted_kind_weights(all);
  TriedRegion unclear = all[0].regions[0];
  unclear.kind_signs[0] = 100;
  unclear.true_kinds = {"extra_wire", "missing_component"};
  all[0].regions.push_back(unclear);
  unclear.true_kinds = {};
  all[0].regions.push_back(unclear);
  CHECK(trials::fitted_kind_weights(all).signs[0].mean == before.signs[0].mean);
}

TEST_CASE("the sign that tells changes from other regions gets the weight", "[acceptance][finding_trials]") {
  const SignWeights weights = trials::fitted_weights(made_up_trials());
  const double deviation = 1 / std::sqrt(12.0);
  CHECK(weights.signs[0].deviation == Approx(deviation).epsilon(0.05));
  CHECK(weights.signs[0].mean == Approx(0.5).margin(0.05));
  // A little less than the true one, by the ridge.
  CHECK(weights.signs[0].weight > 0.75 * 8 * deviation);
  CHECK(weights.signs[0].weight < 1.05 * 8 * deviation);
  for (std::size_t i = 1; i < weights.signs.size(); ++i) CHECK(std::abs(weights.signs[i].weight) < 0.25);
}

TEST_CASE("each board is weighed by what was fitted to the others", "[acceptance][finding_trials]") {
  std::vector<FindingTrial> all = made_up_trials();
  const trials::TrialWeights before = trials::weights_by_others(all);
  // What is true of a board's own regions has no say in their weights.
  for (TriedRegion& region : all[3].regions) region.hits = {"all"};
  const trials::TrialWeights after = trials::weights_by_others(all);
  CHECK(after[3] == before[3]);
  CHECK(after[4] != before[4]);
}

TEST_CASE("the rate of false calls is a line through their logarithms", "[acceptance][finding_trials]") {
  // On 40 boards exp(2 - weight) false calls a board.
  std::vector<FindingTrial> all(40, falsely_called({}));
  for (int i = 1; i <= 2000; ++i) all[0].regions.push_back(falsely_called({2 - std::log(i / 40.0)}).regions[0]);
  trials::TrialWeights weights(40);
  for (const TriedRegion& region : all[0].regions) weights[0].push_back(region.weight);
  const CallRate rate = trials::fitted_rate(all, weights);
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
  const trials::TrialWeights weights = {{1, 3, 4, 2}};
  CHECK(trials::recall_at({trial}, weights, 0) == Approx(1.0 / 3));
  CHECK(trials::recall_at({trial}, weights, 1) == Approx(2.0 / 3));
  CHECK(trials::recall_at({trial}, weights, 5) == Approx(2.0 / 3));
}

TEST_CASE("trials are read as they were written", "[acceptance][finding_trials]") {
  std::vector<FindingTrial> all = trials_of_two_kinds();
  all[1].modality = Modality::xray;
  const std::vector<FindingTrial> again = trials::trials_in_text(trials::trials_text(all));
  REQUIRE(again.size() == all.size());
  CHECK(again[1].modality == Modality::xray);
  CHECK(again[2].board == "2");
  CHECK(again[2].changes == all[2].changes);
  REQUIRE(again[2].regions.size() == 100);
  CHECK(again[2].regions[7].hits == all[2].regions[7].hits);
  CHECK(again[2].regions[7].signs == all[2].regions[7].signs);
  CHECK(again[2].regions[7].kind == FindingKind::extra_wire);
  CHECK(again[2].regions[7].true_kinds == all[2].regions[7].true_kinds);
  CHECK(again[2].regions[7].kind_signs == all[2].regions[7].kind_signs);
}
