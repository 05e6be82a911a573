// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/score_fit.h"

#include "imaging/base/text.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <set>

namespace boarddiff::trials {
namespace {

using compare::kRegionSigns;
using compare::SignWeights;
using imaging::fixed_text;

// Of weights in deviations: signs that tell the same share their weight instead of pulling against each other.
constexpr double kRidge = 30;
constexpr std::size_t kFolds = 6;

using Terms = Eigen::Matrix<double, kRegionSigns + 1, 1>;

bool is_photo(const FindingTrial& trial) { return trial.modality == imaging::Modality::photo; }

std::vector<const TriedRegion*> photo_regions(const std::vector<FindingTrial>& trials) {
  std::vector<const TriedRegion*> regions;
  for (const FindingTrial& trial : trials) {
    if (!is_photo(trial)) continue;
    for (const TriedRegion& region : trial.regions) regions.push_back(&region);
  }
  return regions;
}

SignWeights standardised(const std::vector<const TriedRegion*>& regions) {
  SignWeights weights;
  for (std::size_t i = 0; i < weights.signs.size(); ++i) {
    double sum = 0;
    double squares = 0;
    for (const TriedRegion* region : regions) {
      const double sign = region->signs[static_cast<int>(i)];
      sum += sign;
      squares += sign * sign;
    }
    const auto count = static_cast<double>(std::max<std::size_t>(1, regions.size()));
    weights.signs[i].mean = sum / count;
    weights.signs[i].deviation = std::sqrt(std::max(1e-12, squares / count - std::pow(sum / count, 2)));
  }
  return weights;
}

std::vector<FindingTrial> those(const std::vector<FindingTrial>& trials,
                                const std::function<bool(const FindingTrial&)>& wanted) {
  std::vector<FindingTrial> some;
  for (const FindingTrial& trial : trials) {
    if (wanted(trial)) some.push_back(trial);
  }
  return some;
}

TrialWeights weights_today(const std::vector<FindingTrial>& trials) {
  TrialWeights all;
  for (const FindingTrial& trial : trials) {
    std::vector<double>& weights = all.emplace_back();
    for (const TriedRegion& region : trial.regions) weights.push_back(region.weight);
  }
  return all;
}

std::vector<double> false_weights(const std::vector<FindingTrial>& trials, const TrialWeights& weights) {
  std::vector<double> all;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    for (std::size_t r = 0; r < trials[t].regions.size(); ++r) {
      if (trials[t].regions[r].hits.empty()) all.push_back(weights[t][r]);
    }
  }
  std::sort(all.begin(), all.end(), std::greater<>());
  return all;
}

std::string rate_text(const compare::CallRate& rate) {
  return std::string("{").append(fixed_text(rate.offset, 3)).append(", ").append(fixed_text(rate.slope, 3)).append("}");
}

std::string recall_text(const std::vector<FindingTrial>& trials, const TrialWeights& weights) {
  std::string text = "recall at 0.25, 1 and 4 false calls a board:";
  for (const double calls : {0.25, 1.0, 4.0}) text.append(" ").append(fixed_text(recall_at(trials, weights, calls), 3));
  return text + "\n";
}

}  // namespace

compare::SignWeights fitted_weights(const std::vector<FindingTrial>& trials) {
  constexpr int kSteps = 50;
  constexpr double kEnough = 1e-8;
  const std::vector<const TriedRegion*> regions = photo_regions(trials);
  SignWeights weights = standardised(regions);
  Terms solution = Terms::Zero();
  for (int step = 0; step < kSteps; ++step) {
    Eigen::Matrix<double, kRegionSigns + 1, kRegionSigns + 1> normal;
    normal.setIdentity();
    normal *= kRidge;
    normal(kRegionSigns, kRegionSigns) = 1e-9;
    Terms right = -kRidge * solution;
    right[kRegionSigns] = 0;
    for (const TriedRegion* region : regions) {
      Terms terms;
      terms << compare::in_deviations(region->signs, weights), 1;
      const double expected = 1 / (1 + std::exp(-solution.dot(terms)));
      right += terms * ((region->hits.empty() ? 0 : 1) - expected);
      normal += expected * (1 - expected) * terms * terms.transpose();
    }
    const Terms change = normal.ldlt().solve(right);
    solution += change;
    if (change.cwiseAbs().maxCoeff() < kEnough) break;
  }
  for (std::size_t i = 0; i < weights.signs.size(); ++i) {
    weights.signs[i].weight = solution[static_cast<int>(i)];
  }
  weights.bias = solution[kRegionSigns];
  return weights;
}

TrialWeights weights_by_others(const std::vector<FindingTrial>& trials) {
  std::set<std::string> boards;
  for (const FindingTrial& trial : trials) boards.insert(trial.board);
  const auto fold_of = [&](const FindingTrial& trial) {
    return static_cast<std::size_t>(std::distance(boards.begin(), boards.find(trial.board))) % kFolds;
  };
  TrialWeights all(trials.size());
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    const SignWeights weights =
        fitted_weights(those(trials, [&](const FindingTrial& trial) { return fold_of(trial) != fold; }));
    for (std::size_t t = 0; t < trials.size(); ++t) {
      if (fold_of(trials[t]) != fold) continue;
      for (const TriedRegion& region : trials[t].regions) {
        all[t].push_back(is_photo(trials[t]) ? weight_of(region.signs, weights) : region.weight);
      }
    }
  }
  return all;
}

compare::CallRate fitted_rate(const std::vector<FindingTrial>& trials, const TrialWeights& weights) {
  // Between one false call on twenty boards and five on each: where thresholds lie.
  constexpr std::array kCalls = {0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0};
  const std::vector<double> calls = false_weights(trials, weights);
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const double per_board : kCalls) {
    const auto index = static_cast<std::size_t>(per_board * static_cast<double>(trials.size()));
    if (index == 0 || index >= calls.size()) continue;
    const double weight = calls[index];
    n += 1;
    x += weight;
    y += std::log(per_board);
    xx += weight * weight;
    xy += weight * std::log(per_board);
  }
  const double spread = n * xx - x * x;
  if (n < 2 || spread <= 0) return {};
  const double slope = (n * xy - x * y) / spread;
  return {.offset = (y - slope * x) / n, .slope = -slope};
}

double recall_at(const std::vector<FindingTrial>& trials, const TrialWeights& weights, double false_calls_a_board) {
  const std::vector<double> calls = false_weights(trials, weights);
  const auto index = static_cast<std::size_t>(false_calls_a_board * static_cast<double>(trials.size()));
  const double threshold = index < calls.size() ? calls[index] : -std::numeric_limits<double>::infinity();
  double found = 0;
  double changes = 0;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    std::set<std::string> hit;
    for (std::size_t r = 0; r < trials[t].regions.size(); ++r) {
      if (weights[t][r] > threshold) hit.insert(trials[t].regions[r].hits.begin(), trials[t].regions[r].hits.end());
    }
    found += static_cast<double>(hit.size());
    changes += static_cast<double>(trials[t].changes.size());
  }
  return changes > 0 ? found / changes : 0;
}

std::string score_text(const std::vector<FindingTrial>& trials) {
  const std::vector<FindingTrial> photos = those(trials, is_photo);
  const std::vector<FindingTrial> xrays = those(trials, [](const FindingTrial& trial) { return !is_photo(trial); });
  const SignWeights weights = fitted_weights(photos);
  std::string text = "constexpr SignWeights kPhotoWeights = {.bias = ";
  text.append(fixed_text(weights.bias, 3)).append(", .signs = {{\n");
  for (std::size_t i = 0; i < weights.signs.size(); ++i) {
    const compare::SignWeight& sign = weights.signs[i];
    text.append("    {").append(fixed_text(sign.mean, 4)).append(", ").append(fixed_text(sign.deviation, 4));
    text.append(", ").append(fixed_text(sign.weight, 3)).append("},  // ");
    text.append(compare::kRegionSignNames.at(i)).append("\n");
  }
  text += "}}};\n";
  const TrialWeights by_others = weights_by_others(photos);
  text += "constexpr CallRate kPhotoRate = " + rate_text(fitted_rate(photos, by_others)) + ";\n";
  text += "constexpr CallRate kXrayRate = " + rate_text(fitted_rate(xrays, weights_today(xrays))) + ";\n\n";
  text += std::to_string(photos.size()) + " photographs, each board weighed by what was fitted to the others: ";
  text += recall_text(photos, by_others);
  text += "as they are weighed today: " + recall_text(photos, weights_today(photos));
  text += std::to_string(xrays.size()) + " X-rays: " + recall_text(xrays, weights_today(xrays));
  return text;
}

}  // namespace boarddiff::trials
