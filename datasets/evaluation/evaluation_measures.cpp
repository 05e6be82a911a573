// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/evaluation_measures.h"

#include "imaging/base/error.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace boarddiff::datasets {
namespace {

constexpr double kAboveAll = std::numeric_limits<double>::infinity();

struct Whole {
  std::string_view name = {};
  bool higher_is_better = true;
};
constexpr std::array kWhole = {
    Whole{measure::kFound, true},
    Whole{measure::kRecall[0], true},
    Whole{measure::kRecall[1], true},
    Whole{measure::kRecall[2], true},
    Whole{measure::kFirst, true},
    Whole{measure::kKindRight, true},
    Whole{measure::kFalseCallsMean, false},
    Whole{measure::kFalseCallsMedian, false},
    Whole{measure::kClean, true},
    Whole{measure::kRefused, true},
    Whole{measure::kAligned, true},
    Whole{measure::kRegistrationP50, false},
    Whole{measure::kRegistrationP95, false},
    Whole{measure::kSecondsMedian, false},
    Whole{measure::kSecondsMax, false},
    Whole{measure::kMemoryMedian, false},
    Whole{measure::kMemoryMax, false},
};

// Longer sides: 0402, 0603, 1206 or SOT-23, SOIC-8 and what is larger.
struct SizeClass {
  double most_mm = 0;
  std::string_view name = {};
};
constexpr std::array kSizes = {SizeClass{1.0, "<= 1.0 mm"}, SizeClass{1.6, "<= 1.6 mm"}, SizeClass{3.2, "<= 3.2 mm"},
                               SizeClass{7.0, "<= 7 mm"}};
constexpr std::string_view kLarger = "> 7 mm";
constexpr std::string_view kUnknown = "unknown";

// Where a name stands among those of its group; names that are not here come after them, by the alphabet.
constexpr std::array<std::string_view, 9> kOrder = {
    kSizes[0].name, kSizes[1].name, kSizes[2].name, kSizes[3].name, kLarger, "easy", "usual", "hard", "photo"};
constexpr std::array<std::string_view, 6> kGroupOrder = {"size", "kind", "background", "style", "severity", "modality"};

template <typename Names>
std::size_t place_in(const Names& names, std::string_view name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

bool comes_before(const Measure& a, const Measure& b) {
  const auto key = [](const Measure& one) {
    return std::tuple(place_in(kGroupOrder, one.group), one.name == kUnknown, place_in(kOrder, one.name), one.name);
  };
  return key(a) < key(b);
}

struct Share {
  int part = 0;
  int whole = 0;
  void add(int weight, bool counts) {
    whole += weight;
    part += counts ? weight : 0;
  }
  [[nodiscard]] std::optional<double> value() const {
    return whole == 0 ? std::optional<double>{} : static_cast<double>(part) / whole;
  }
};

using Sample = std::pair<double, std::size_t>;

// The values in order, each as often as its case counts.
class WeighedSamples {
 public:
  WeighedSamples(const std::vector<Sample>& samples, const Weights& weights) : samples_(samples), weights_(weights) {
    for (const auto& [value, in_case] : samples) {
      count_ += weights[in_case];
      sum_ += weights[in_case] * value;
    }
  }

  [[nodiscard]] std::optional<double> at(std::int64_t place) const {
    for (const auto& [value, in_case] : samples_) {
      place -= weights_[in_case];
      if (place < 0) {
        return value;
      }
    }
    return {};
  }
  [[nodiscard]] std::optional<double> quantile(double share) const {
    return at(std::min(count_ - 1, static_cast<std::int64_t>(share * static_cast<double>(count_))));
  }
  [[nodiscard]] std::optional<double> median() const {
    return count_ == 0 ? std::optional<double>{} : (*at((count_ - 1) / 2) + *at(count_ / 2)) / 2;
  }
  [[nodiscard]] std::optional<double> mean() const {
    return count_ == 0 ? std::optional<double>{} : sum_ / static_cast<double>(count_);
  }
  [[nodiscard]] std::optional<double> largest() const { return at(count_ - 1); }

 private:
  const std::vector<Sample>& samples_;
  const Weights& weights_;
  std::int64_t count_ = 0;
  double sum_ = 0;
};

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::string known(const std::string& text) { return text.empty() ? std::string(kUnknown) : text; }

}  // namespace

std::string size_class(const CaseChange& change) {
  if (change.size_mm.size() < 2) {
    return std::string(kUnknown);
  }
  // Sizes are written with three digits behind the point.
  const double longer = std::max(change.size_mm[0], change.size_mm[1]) - 0.0005;
  const auto* found =
      std::find_if(kSizes.begin(), kSizes.end(), [&](const SizeClass& size) { return longer <= size.most_mm; });
  return std::string(found == kSizes.end() ? kLarger : found->name);
}

std::vector<Measure> groups_of(const CaseResult& result, const CaseChange& change) {
  return {{"size", size_class(change)},
          {"kind", change.kind},
          {"background", known(change.background)},
          {"style", known(result.style)},
          {"severity", known(result.severity)},
          {"modality", std::string(imaging::name_of(result.modality))}};
}

std::size_t index_of(std::string_view name_in_all) {
  const auto* found =
      std::find_if(kWhole.begin(), kWhole.end(), [&](const Whole& whole) { return whole.name == name_in_all; });
  imaging::require(found != kWhole.end(), "index_of: a measure of the whole set");
  return static_cast<std::size_t>(found - kWhole.begin());
}

MeasuredResults::MeasuredResults(const std::vector<CaseResult>& results) {
  name_measures(results);
  for (std::size_t i = 0; i < results.size(); ++i) {
    add_case(results[i], i);
  }
  std::stable_sort(ranked_.begin(), ranked_.end(), [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
  for (auto* samples : {&false_calls_, &errors_px_, &seconds_, &memory_mb_}) {
    std::sort(samples->begin(), samples->end());
  }
}

void MeasuredResults::name_measures(const std::vector<CaseResult>& results) {
  std::vector<Measure> groups;
  for (const CaseResult& result : results) {
    for (const CaseChange& change : result.same_board ? result.changes : std::vector<CaseChange>{}) {
      for (const Measure& group : groups_of(result, change)) {
        groups.push_back(group);
      }
    }
  }
  std::sort(groups.begin(), groups.end(), comes_before);
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  for (const Whole& whole : kWhole) {
    measures_.push_back({"all", std::string(whole.name), whole.higher_is_better});
  }
  measures_.insert(measures_.end(), groups.begin(), groups.end());
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
    Truth truth{.in_case = index};
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
  for (std::size_t i = kWhole.size(); i < groups.size(); ++i) {
    values[i] = groups[i].value();
  }
  values[index_of(measure::kFound)] = found.value();
  values[index_of(measure::kKindRight)] = kind_right.value();
  for (std::size_t i = 0; i < recalls.size(); ++i) {
    values[index_of(measure::kRecall[i])] = recalls[i].value();
  }
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
