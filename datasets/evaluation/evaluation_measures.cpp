// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/evaluation_measures.h"

#include "imaging/base/error.h"

#include <algorithm>
#include <array>
#include <functional>

namespace boarddiff::datasets {
namespace {

constexpr double kAboveAll = std::numeric_limits<double>::infinity();

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

MeasuredResults::MeasuredResults(const std::vector<CaseResult>& results) : measures_(measures_of(results)) {
  for (std::size_t i = 0; i < results.size(); ++i) {
    add_case(results[i], i);
  }
  std::stable_sort(ranked_.begin(), ranked_.end(), [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
  for (auto* samples : {&false_calls_, &errors_px_, &seconds_, &memory_mb_}) {
    std::sort(samples->begin(), samples->end());
  }
}

void MeasuredResults::add_case(const CaseResult& result, std::size_t index) {
  InCase& one = cases_.emplace_back();
  one.same_board = result.same_board;
  one.counted = result.same_board && result.exhaustive;
  one.changed = !result.changes.empty();
  one.compared = was_compared(result);
  one.refused = was_refused(result);
  seconds_.emplace_back(result.seconds, index);
  memory_mb_.emplace_back(result.peak_memory_mb, index);
  if (!result.same_board) {
    return;
  }
  one.first_is_true =
      !result.findings.empty() && result.findings.front().shown && !result.findings.front().hits.empty();
  for (const CaseFinding& finding : result.findings) {
    add_finding(finding, index);
  }
  if (one.counted) {
    false_calls_.emplace_back(one.false_calls, index);
  }
  add_truth(result, index);
  for (const double error : result.point_errors_px) {
    errors_px_.emplace_back(error, index);
  }
}

void MeasuredResults::add_finding(const CaseFinding& finding, std::size_t index) {
  InCase& one = cases_[index];
  ranked_.push_back({finding.score, index, one.counted && finding.hits.empty()});
  one.false_calls += finding.shown && finding.hits.empty() ? 1 : 0;
}

void MeasuredResults::add_truth(const CaseResult& result, std::size_t index) {
  for (const CaseChange& change : result.changes) {
    Truth truth{.in_case = index, .against_stated = against_stated(result, change), .on_board = lies_on_board(change)};
    for (const CaseFinding& finding : result.findings) {
      if (contains(finding.hits, change.id)) {
        truth.best_score = std::max(truth.best_score, finding.score);
        truth.found = truth.found || finding.shown;
        truth.kind_right = truth.kind_right || (finding.shown && finding.kind == change.kind);
      }
    }
    for (const Measure& group : groups_of(result, change)) {
      truth.measures.push_back(
          static_cast<std::size_t>(std::find(measures_.begin(), measures_.end(), group) - measures_.begin()));
    }
    truths_.push_back(std::move(truth));
  }
}

double MeasuredResults::threshold(const Weights& weights, double false_calls_a_board) const {
  int boards = 0;
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    boards += cases_[i].counted ? weights[i] : 0;
  }
  const double most = false_calls_a_board * std::max(1, boards);
  double least = kAboveAll;
  int false_calls = 0;
  for (auto ranked = ranked_.begin(); ranked != ranked_.end();) {
    const double score = ranked->score;
    for (; ranked != ranked_.end() && ranked->score == score; ++ranked) {
      false_calls += ranked->false_call ? weights[ranked->in_case] : 0;
    }
    if (false_calls > most) {
      break;
    }
    least = score;
  }
  return least;
}

Values MeasuredResults::values(const Weights& weights) const {
  imaging::require(weights.size() == cases_.size(), "values: a weight for each case");
  Values values(measures_.size());
  put_case_shares(values, weights);
  put_recalls(values, weights);
  put_of_statements(values, weights);
  put_samples(values, weights);
  return values;
}

void MeasuredResults::put_case_shares(Values& values, const Weights& weights) const {
  Share first;
  Share clean;
  Share refused;
  Share aligned;
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    const InCase& one = cases_[i];
    if (!one.same_board) {
      refused.add(weights[i], one.refused);
      continue;
    }
    aligned.add(weights[i], one.compared);
    if (one.changed) {
      first.add(weights[i], one.first_is_true);
    } else if (one.counted) {
      clean.add(weights[i], one.compared && one.false_calls == 0);
    }
  }
  values[index_of(measure::kFirst)] = first.value();
  values[index_of(measure::kClean)] = clean.value();
  values[index_of(measure::kRefused)] = refused.value();
  values[index_of(measure::kAligned)] = aligned.value();
}

void MeasuredResults::put_recalls(Values& values, const Weights& weights) const {
  std::array<double, measure::kRecall.size()> thresholds = {};
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    thresholds[i] = threshold(weights, measure::kFalseCallsABoard[i]);
  }
  Share found;
  Share kind_right;
  std::array<Share, measure::kRecall.size()> recalls = {};
  std::vector<Share> groups(measures_.size());
  for (const Truth& truth : truths_) {
    const int weight = weights[truth.in_case];
    found.add(weight, truth.found);
    if (truth.found) {
      kind_right.add(weight, truth.kind_right);
    }
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
      recalls[i].add(weight, truth.best_score >= thresholds[i]);
    }
    for (const std::size_t group : truth.measures) {
      groups[group].add(weight, truth.best_score >= thresholds[1]);
    }
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (measures_[i].group != "all") {
      values[i] = groups[i].value();
    }
  }
  values[index_of(measure::kFound)] = found.value();
  values[index_of(measure::kKindRight)] = kind_right.value();
  for (std::size_t i = 0; i < recalls.size(); ++i) {
    values[index_of(measure::kRecall[i])] = recalls[i].value();
  }
}

void MeasuredResults::put_of_statements(Values& values, const Weights& weights) const {
  Share stated;
  Share on_board;
  Share elsewhere;
  Share below_half;
  for (const Truth& truth : truths_) {
    const int weight = weights[truth.in_case];
    if (truth.against_stated == AgainstStated::at_or_above) {
      stated.add(weight, truth.found);
      (truth.on_board ? on_board : elsewhere).add(weight, truth.found);
    } else if (truth.against_stated == AgainstStated::below_half) {
      below_half.add(weight, truth.found);
    }
  }
  values[index_of(measure::kStatedFound)] = stated.value();
  values[index_of(measure::kStatedFoundOnBoard)] = on_board.value();
  values[index_of(measure::kStatedFoundElsewhere)] = elsewhere.value();
  values[index_of(measure::kBelowHalfFound)] = below_half.value();
}

void MeasuredResults::put_samples(Values& values, const Weights& weights) const {
  const WeighedSamples false_calls(false_calls_, weights);
  values[index_of(measure::kFalseCallsMean)] = false_calls.mean();
  values[index_of(measure::kFalseCallsMedian)] = false_calls.median();
  const WeighedSamples errors(errors_px_, weights);
  values[index_of(measure::kRegistrationP50)] = errors.quantile(0.5);
  values[index_of(measure::kRegistrationP95)] = errors.quantile(0.95);
  const WeighedSamples seconds(seconds_, weights);
  values[index_of(measure::kSecondsMedian)] = seconds.median();
  values[index_of(measure::kSecondsMax)] = seconds.largest();
  const WeighedSamples memory(memory_mb_, weights);
  values[index_of(measure::kMemoryMedian)] = memory.median();
  values[index_of(measure::kMemoryMax)] = memory.largest();
}

std::vector<CurvePoint> MeasuredResults::curve() const {
  std::vector<double> best_scores;
  for (const Truth& truth : truths_) {
    best_scores.push_back(truth.best_score);
  }
  std::sort(best_scores.begin(), best_scores.end(), std::greater<>());
  const auto boards = static_cast<double>(std::max<std::ptrdiff_t>(
      1, std::count_if(cases_.begin(), cases_.end(), [](const InCase& one) { return one.counted; })));
  std::vector<CurvePoint> points;
  int false_calls = 0;
  std::size_t found = 0;
  for (auto ranked = ranked_.begin(); ranked != ranked_.end();) {
    const double score = ranked->score;
    for (; ranked != ranked_.end() && ranked->score == score; ++ranked) {
      false_calls += ranked->false_call ? 1 : 0;
    }
    const std::size_t before = found;
    while (found < best_scores.size() && best_scores[found] >= score) {
      ++found;
    }
    if (found > before || ranked == ranked_.end()) {
      points.push_back(
          {score, false_calls / boards,
           best_scores.empty() ? 0 : static_cast<double>(found) / static_cast<double>(best_scores.size())});
    }
  }
  return points;
}

}  // namespace boarddiff::datasets
