// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/confidence_fit.h"

#include "imaging/base/text.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::trials {
namespace {

using imaging::ConfidenceTerms;
using imaging::fixed_text;

// Wrong fits are few; without it the weights would follow each of them.
constexpr double kRidge = 0.3;

bool tells_about_confidence(const TrialResult& result) {
  return result.registration.inliers > 0 && result.registration.signs.places > 0 &&
         result.trial.sort != Sort::ambiguous;
}

double probability(const ConfidenceTerms& weights, const ConfidenceTerms& terms) {
  return 1 / (1 + std::exp(-weights.dot(terms)));
}

}  // namespace

ConfidenceTerms fitted_confidence(const std::vector<TrialResult>& results) {
  constexpr int kSteps = 100;
  constexpr double kEnough = 1e-9;
  ConfidenceTerms weights = ConfidenceTerms::Zero();
  for (int step = 0; step < kSteps; ++step) {
    Eigen::Matrix<double, imaging::kConfidenceTerms, imaging::kConfidenceTerms> normal;
    normal.setIdentity();
    normal *= kRidge;
    ConfidenceTerms right = -kRidge * weights;
    for (const TrialResult& result : results) {
      if (!tells_about_confidence(result)) continue;
      const ConfidenceTerms terms = confidence_terms(result.registration.signs);
      const double expected = probability(weights, terms);
      right += terms * ((result.right() ? 1 : 0) - expected);
      normal += expected * (1 - expected) * terms * terms.transpose();
    }
    const ConfidenceTerms change = normal.ldlt().solve(right);
    weights += change;
    if (change.cwiseAbs().maxCoeff() < kEnough) break;
  }
  return weights;
}

std::string confidence_text(const std::vector<TrialResult>& results) {
  std::string text = "Weights of the confidence's terms, fitted to these trials:";
  for (const double weight : fitted_confidence(results)) {
    text.append(" ").append(fixed_text(weight, 2));
  }
  text += "\n\n| confidence | fits | right |\n|---|---|---|\n";
  constexpr std::array kSteps = {0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.01};
  for (std::size_t i = 0; i + 1 < kSteps.size(); ++i) {
    int fits = 0;
    int right = 0;
    for (const TrialResult& result : results) {
      const double confidence = result.registration.confidence;
      if (tells_about_confidence(result) && confidence >= kSteps.at(i) && confidence < kSteps.at(i + 1)) {
        ++fits;
        right += result.right() ? 1 : 0;
      }
    }
    text.append("| ").append(fixed_text(kSteps.at(i), 2)).append(" to ");
    text.append(fixed_text(std::min(1.0, kSteps.at(i + 1)), 2))
        .append(" | ")
        .append(std::to_string(fits))
        .append(" | ");
    text.append(fits > 0 ? fixed_text(100.0 * right / fits, 0) + " %" : "").append(" |\n");
  }
  return text;
}

}  // namespace boarddiff::trials
