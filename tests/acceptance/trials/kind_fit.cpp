// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/kind_fit.h"

#include "compare/region_score.h"
#include "imaging/base/text.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <set>

namespace boarddiff::trials {
namespace {

using compare::KindWeights;
using compare::kKinds;
using compare::kKindSigns;
using imaging::fixed_text;

// Of weights in deviations: signs that tell the same share their weight instead of pulling against each other.
constexpr double kRidge = 8;
constexpr std::size_t kFolds = 6;

constexpr int kCount = static_cast<int>(kKinds);
constexpr int kTerms = kKindSigns + 1;
using Terms = Eigen::Matrix<double, kTerms, 1>;
using Table = Eigen::Matrix<double, kTerms, kCount>;  // a column of weights for each kind, the bias last

// A region with one true kind.
struct Example {
  const TriedRegion* region = nullptr;
  std::size_t kind = 0;  // index in kTellableKinds
  double score = 0;
  double weight = 0;  // how much it counts in the fit
};

std::vector<Example> examples_in(const FindingTrial& trial) {
  std::vector<Example> examples;
  if (trial.modality != imaging::Modality::photo) return examples;
  for (const TriedRegion& region : trial.regions) {
    const std::set<std::string> kinds(region.true_kinds.begin(), region.true_kinds.end());
    for (std::size_t k = 0; k < kKinds; ++k) {
      if (kinds.size() == 1 && *kinds.begin() == name_of(compare::kTellableKinds.at(k))) {
        const double score = compare::score_at(compare::false_calls_from(region.weight, trial.modality));
        examples.push_back({.region = &region, .kind = k, .score = score});
      }
    }
  }
  return examples;
}

// Each counts as much as its score, one on average.
void weigh(std::vector<Example>& examples) {
  double sum = 0;
  for (const Example& example : examples) sum += example.score;
  for (Example& example : examples) {
    example.weight = example.score * static_cast<double>(examples.size()) / sum;
  }
}

KindWeights standardised(const std::vector<Example>& examples) {
  KindWeights weights;
  const auto count = static_cast<double>(std::max<std::size_t>(1, examples.size()));
  for (std::size_t i = 0; i < weights.signs.size(); ++i) {
    double sum = 0;
    double squares = 0;
    for (const Example& example : examples) {
      const double sign = example.region->kind_signs[static_cast<int>(i)];
      sum += sign;
      squares += sign * sign;
    }
    weights.signs[i].mean = sum / count;
    weights.signs[i].deviation = std::sqrt(std::max(1e-12, squares / count - std::pow(sum / count, 2)));
  }
  return weights;
}

Terms terms_of(const Example& example, const KindWeights& weights) {
  Terms terms;
  terms << compare::in_deviations(example.region->kind_signs, weights), 1;
  return terms;
}

// One step of Newton's towards the likeliest table.
Table step_from(const Table& table, const std::vector<Example>& examples, const KindWeights& weights) {
  constexpr double kBiasRidge = 1e-3;  // biases are only known up to one for all
  Terms ridge = Terms::Constant(kRidge);
  ridge[kKindSigns] = kBiasRidge;
  Eigen::MatrixXd normal = Eigen::MatrixXd::Zero(kTerms * kCount, kTerms * kCount);
  Table right = -(ridge.asDiagonal() * table);
  for (int k = 0; k < kCount; ++k) normal.diagonal().segment<kTerms>(k * kTerms) = ridge;
  for (const Example& example : examples) {
    const Terms terms = terms_of(example, weights);
    Eigen::Matrix<double, kCount, 1> expected = table.transpose() * terms;
    expected = (expected.array() - expected.maxCoeff()).exp();
    expected /= expected.sum();
    const Eigen::Matrix<double, kTerms, kTerms> squares = example.weight * terms * terms.transpose();
    for (int a = 0; a < kCount; ++a) {
      const double is_it = static_cast<int>(example.kind) == a ? 1 : 0;
      right.col(a) += example.weight * (is_it - expected[a]) * terms;
      for (int b = 0; b < kCount; ++b) {
        normal.block<kTerms, kTerms>(a * kTerms, b * kTerms) +=
            expected[a] * ((a == b ? 1 : 0) - expected[b]) * squares;
      }
    }
  }
  const Eigen::VectorXd change = normal.ldlt().solve(Eigen::Map<const Eigen::VectorXd>(right.data(), right.size()));
  return Eigen::Map<const Table>(change.data());
}

KindWeights fitted(std::vector<Example> examples) {
  constexpr int kSteps = 50;
  constexpr double kEnough = 1e-8;
  weigh(examples);
  KindWeights weights = standardised(examples);
  Table table = Table::Zero();
  for (int step = 0; step < kSteps; ++step) {
    const Table change = step_from(table, examples, weights);
    table += change;
    if (change.cwiseAbs().maxCoeff() < kEnough) break;
  }
  for (std::size_t k = 0; k < kKinds; ++k) {
    const auto column = table.col(static_cast<int>(k));
    weights.bias.at(k) = column[kKindSigns];
    for (std::size_t i = 0; i < weights.signs.size(); ++i) {
      weights.signs[i].weights.at(k) = column[static_cast<int>(i)];
    }
  }
  return weights;
}

std::vector<Example> examples_of(const std::vector<FindingTrial>& trials) {
  std::vector<Example> all;
  for (const FindingTrial& trial : trials) {
    const std::vector<Example> some = examples_in(trial);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

std::string row_text(const std::array<double, kKinds>& row) {
  std::string text = "{";
  for (std::size_t k = 0; k < kKinds; ++k) text.append(k == 0 ? "" : ", ").append(fixed_text(row.at(k), 3));
  return text + "}";
}

}  // namespace

KindWeights fitted_kind_weights(const std::vector<FindingTrial>& trials) { return fitted(examples_of(trials)); }

KindShares right_kinds(const std::vector<FindingTrial>& trials) {
  std::set<std::string> boards;
  for (const FindingTrial& trial : trials) boards.insert(trial.board);
  const auto fold_of = [&](const FindingTrial& trial) {
    return static_cast<std::size_t>(std::distance(boards.begin(), boards.find(trial.board))) % kFolds;
  };
  KindShares right;
  double all = 0;
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    std::vector<Example> others;
    std::vector<Example> own;
    for (const FindingTrial& trial : trials) {
      const std::vector<Example> some = examples_in(trial);
      std::vector<Example>& list = fold_of(trial) == fold ? own : others;
      list.insert(list.end(), some.begin(), some.end());
    }
    if (own.empty() || others.empty()) continue;
    const KindWeights weights = fitted(others);
    for (const Example& example : own) {
      const compare::FindingKind truth = compare::kTellableKinds.at(example.kind);
      all += example.score;
      right.by_others += likeliest_kind(example.region->kind_signs, weights) == truth ? example.score : 0;
      right.today += example.region->kind == truth ? example.score : 0;
    }
  }
  right.by_others /= std::max(all, 1e-9);
  right.today /= std::max(all, 1e-9);
  return right;
}

std::string kind_text(const std::vector<FindingTrial>& trials) {
  const KindWeights weights = fitted_kind_weights(trials);
  std::string text = "constexpr KindWeights kKindWeights = {.bias = " + row_text(weights.bias) + ", .signs = {{\n";
  for (std::size_t i = 0; i < weights.signs.size(); ++i) {
    const compare::KindSignWeights& sign = weights.signs[i];
    text.append("    {").append(fixed_text(sign.mean, 4)).append(", ").append(fixed_text(sign.deviation, 4));
    text.append(", ").append(row_text(sign.weights)).append("},  // ").append(compare::kKindSignNames.at(i));
    text.append("\n");
  }
  const KindShares right = right_kinds(trials);
  text.append("}}};\n\nkind right, each board told by what was fitted to the others: ");
  text.append(fixed_text(right.by_others, 3)).append("\nas they are told today: ");
  return text.append(fixed_text(right.today, 3)).append("\n");
}

}  // namespace boarddiff::trials
