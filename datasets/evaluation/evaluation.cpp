// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/evaluation.h"

#include "imaging/base/error.h"
#include "imaging/base/random.h"

#include <algorithm>
#include <map>
#include <set>

namespace boarddiff::datasets {
namespace {

// The best finding at the tool's own threshold that hits the change; null: none.
const CaseFinding* best_hit(const CaseResult& result, const CaseChange& change) {
  for (const CaseFinding& finding : result.findings) {
    if (finding.shown && std::find(finding.hits.begin(), finding.hits.end(), change.id) != finding.hits.end()) {
      return &finding;
    }
  }
  return nullptr;
}

Confusion confusion_of(const std::vector<CaseResult>& results) {
  std::map<std::pair<std::string, std::string>, int> counts;
  std::set<std::string> true_kinds;
  std::set<std::string> reported_kinds;
  const std::string nothing = "(nothing)";
  const std::string not_found = "(not found)";
  const auto count = [&](const std::string& truth, const std::string& reported) { ++counts[{truth, reported}]; };
  for (const CaseResult& result : results) {
    for (const CaseChange& change : result.same_board ? result.changes : std::vector<CaseChange>{}) {
      const CaseFinding* finding = best_hit(result, change);
      true_kinds.insert(change.kind);
      count(change.kind, finding == nullptr ? not_found : finding->kind);
    }
    for (const CaseFinding& finding : result.same_board ? result.findings : std::vector<CaseFinding>{}) {
      if (finding.shown && (result.exhaustive || !finding.hits.empty())) {
        reported_kinds.insert(finding.kind);
        if (finding.hits.empty()) {
          count(nothing, finding.kind);
        }
      }
    }
  }
  Confusion confusion{{true_kinds.begin(), true_kinds.end()}, {reported_kinds.begin(), reported_kinds.end()}, {}};
  confusion.true_kinds.push_back(nothing);
  confusion.reported_kinds.push_back(not_found);
  for (const std::string& truth : confusion.true_kinds) {
    auto& row = confusion.counts.emplace_back();
    for (const std::string& reported : confusion.reported_kinds) {
      row.push_back(counts[{truth, reported}]);
    }
  }
  return confusion;
}

std::vector<GroupCount> counts_of(const std::vector<CaseResult>& results, const std::vector<Measure>& measures) {
  std::vector<GroupCount> counts(measures.size());
  for (const CaseResult& result : results) {
    for (const CaseChange& change : result.same_board ? result.changes : std::vector<CaseChange>{}) {
      const bool found = best_hit(result, change) != nullptr;
      for (const Measure& group : groups_of(result, change)) {
        const auto place = std::find(measures.begin(), measures.end(), group) - measures.begin();
        GroupCount& count = counts[static_cast<std::size_t>(place)];
        ++count.changes;
        count.found += found ? 1 : 0;
      }
    }
  }
  return counts;
}

std::vector<MeasuredValue> measured_with_bounds(const MeasuredResults& measured, const std::vector<Weights>& draws,
                                                std::size_t cases) {
  const Values values = measured.values(Weights(cases, 1));
  std::vector<std::vector<double>> drawn(values.size());
  for (const Weights& weights : draws) {
    const Values of_draw = measured.values(weights);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (of_draw[i]) {
        drawn[i].push_back(*of_draw[i]);
      }
    }
  }
  std::vector<MeasuredValue> result;
  for (std::size_t i = 0; i < values.size(); ++i) {
    result.push_back({measured.measures()[i], values[i], values[i] ? bounds_of(std::move(drawn[i])) : std::nullopt});
  }
  return result;
}

void count_cases(Evaluation& evaluation) {
  for (const CaseResult& result : evaluation.cases) {
    evaluation.trouble += result.trouble.empty() ? 0 : 1;
    if (result.same_board) {
      evaluation.changes += static_cast<int>(result.changes.size());
      evaluation.not_aligned += was_refused(result) ? 1 : 0;
    }
  }
}

}  // namespace

std::vector<std::size_t> board_numbers(const std::vector<CaseResult>& results) {
  std::map<std::string, std::size_t> numbers;
  for (const CaseResult& result : results) {
    numbers[result.board] = 0;
  }
  std::size_t next = 0;
  for (auto& [board, number] : numbers) {
    number = next++;
  }
  std::vector<std::size_t> of_case;
  for (const CaseResult& result : results) {
    of_case.push_back(numbers[result.board]);
  }
  return of_case;
}

std::vector<Weights> drawn_weights(const std::vector<std::size_t>& board_of_case, const BootstrapOptions& options) {
  imaging::require(!board_of_case.empty(), "drawn_weights: at least one case");
  const std::size_t boards = *std::max_element(board_of_case.begin(), board_of_case.end()) + 1;
  const imaging::Random random(options.seed);
  std::vector<Weights> draws;
  for (int draw = 0; draw < options.draws; ++draw) {
    imaging::Random of_draw = random.stream(static_cast<std::uint64_t>(draw));
    std::vector<int> times(boards, 0);
    for (std::size_t i = 0; i < boards; ++i) {
      ++times[static_cast<std::size_t>(of_draw.integer(0, static_cast<int>(boards) - 1))];
    }
    Weights weights;
    for (const std::size_t board : board_of_case) {
      weights.push_back(times[board]);
    }
    draws.push_back(std::move(weights));
  }
  return draws;
}

std::optional<Bounds> bounds_of(std::vector<double> drawn) {
  if (drawn.empty()) {
    return {};
  }
  std::sort(drawn.begin(), drawn.end());
  constexpr double kOutside = 0.025;
  const auto outside = static_cast<std::size_t>(kOutside * static_cast<double>(drawn.size()));
  return Bounds{drawn[outside], drawn[drawn.size() - 1 - outside]};
}

Evaluation evaluate(const std::string& tool, std::vector<CaseResult> results, const BootstrapOptions& options) {
  imaging::require(!results.empty(), "evaluate: at least one result");
  std::sort(results.begin(), results.end(), [](const CaseResult& a, const CaseResult& b) { return a.name < b.name; });
  Evaluation evaluation;
  evaluation.tool = tool;
  evaluation.cases = std::move(results);
  const std::vector<std::size_t> boards = board_numbers(evaluation.cases);
  evaluation.boards = static_cast<int>(*std::max_element(boards.begin(), boards.end())) + 1;
  count_cases(evaluation);
  const MeasuredResults measured(evaluation.cases);
  evaluation.measures = measured_with_bounds(measured, drawn_weights(boards, options), evaluation.cases.size());
  evaluation.counts = counts_of(evaluation.cases, measured.measures());
  evaluation.threshold = measured.threshold(Weights(evaluation.cases.size(), 1), measure::kFalseCallsABoard[1]);
  evaluation.curve = measured.curve();
  evaluation.confusion = confusion_of(evaluation.cases);
  evaluation.stated = stated_sizes(evaluation.cases);
  return evaluation;
}

const MeasuredValue& figure(const Evaluation& evaluation, std::string_view name_in_all) {
  return evaluation.measures.at(index_of(name_in_all));
}

}  // namespace boarddiff::datasets
