// SPDX-License-Identifier: Apache-2.0
// accuracy_table [--set development|held-back] [--boards N]: inspects rendered pairs and prints Markdown tables of what
// was found. The two sets share no board: constants are chosen on the first, the second only says how they carry over.
#include "compare/inspection.h"
#include "datasets/board_pair.h"
#include "datasets/evaluation/score.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <functional>
#include <iostream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardStyle;
using datasets::SampleBoard;
using datasets::Severity;

namespace {

struct Arguments {
  bool valid = true;
  std::uint64_t first_seed = 40000;
  std::string set = "development";
  int boards = 2;  // of each style and severity
};

Arguments parsed(std::span<char*> arguments) {
  Arguments result;
  for (std::size_t i = 1; i + 1 < arguments.size() && result.valid; i += 2) {
    const std::string_view flag = arguments[i];
    const std::string_view value = arguments[i + 1];
    if (flag == "--set" && (value == "development" || value == "held-back")) {
      result.set = value;
      result.first_seed = value == "development" ? 40000 : 90000;
    } else if (flag == "--boards") {
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), result.boards);
      result.valid = error == std::errc{} && end == value.data() + value.size() && result.boards > 0;
    } else {
      result.valid = false;
    }
  }
  result.valid = result.valid && arguments.size() % 2 == 1;
  return result;
}

struct Case {
  BoardStyle style = BoardStyle::controller;
  Severity severity = Severity::usual;
  SampleBoard sample = SampleBoard::other_unit;
  bool changed = true;
  std::uint64_t seed = 0;
};

std::vector<Case> cases_of(const Arguments& arguments) {
  constexpr BoardStyle kStyles[] = {BoardStyle::controller, BoardStyle::handheld, BoardStyle::server};
  constexpr Severity kSeverities[] = {Severity::easy, Severity::usual, Severity::hard};
  std::vector<Case> cases;
  std::uint64_t seed = arguments.first_seed;
  for (const BoardStyle style : kStyles) {
    for (int board = 0; board < arguments.boards; ++board) {
      for (const Severity severity : kSeverities) {
        cases.push_back({style, severity, SampleBoard::other_unit, true, ++seed});
      }
      cases.push_back({style, Severity::usual, SampleBoard::other_unit, false, ++seed});
      const SampleBoard stranger = board % 2 == 0 ? SampleBoard::other_design : SampleBoard::other_side;
      cases.push_back({style, Severity::usual, stranger, false, ++seed});
    }
  }
  return cases;
}

// What one inspection came to, without the pictures.
struct Result {
  Case from = {};
  std::vector<datasets::TrueChange> changes = {};
  std::vector<compare::Finding> places = {};  // findings, then candidates
  datasets::PairScore score = {};
  std::vector<double> point_errors_px = {};
  double seconds = 0;
};

Result inspected(const Case& from) {
  datasets::BoardPairSettings settings;
  settings.style = from.style;
  settings.severity = from.severity;
  settings.sample_board = from.sample;
  if (from.changed) {
    settings.changes = datasets::usual_changes(from.seed);
  }
  const datasets::BoardPair pair = make_board_pair(settings, from.seed);
  const auto start = std::chrono::steady_clock::now();
  const compare::InspectionReport report = compare::inspect(pair.reference, pair.sample);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  Result result{.from = from, .changes = pair.changes, .places = report.findings, .seconds = taken.count()};
  result.places.insert(result.places.end(), report.candidates.begin(), report.candidates.end());
  result.score = score_report(pair.changes, report);
  for (const datasets::PointPair& point : report.registration.ok() ? pair.points : std::vector<datasets::PointPair>{}) {
    result.point_errors_px.push_back(
        (to_sample(report.registration.plane, point.in_reference) - point.in_sample).norm());
  }
  return result;
}

bool is_stranger(const Result& result) {
  return result.from.sample == SampleBoard::other_design || result.from.sample == SampleBoard::other_side;
}

using Choice = std::function<bool(const Result&)>;

std::vector<Result> chosen(const std::vector<Result>& results, const Choice& choice) {
  std::vector<Result> some;
  std::copy_if(results.begin(), results.end(), std::back_inserter(some), choice);
  return some;
}

// The highest score at which the boards together would have more than one false place each; a change counts as found
// by places above it.
double score_at_one_false_place(const std::vector<Result>& results) {
  std::vector<double> false_scores;
  for (const Result& result : results) {
    for (const compare::Finding& place : result.places) {
      const bool is_true = std::any_of(result.changes.begin(), result.changes.end(),
                                       [&](const auto& change) { return hits(place.sample_box, change); });
      if (!is_true) {
        false_scores.push_back(place.score);
      }
    }
  }
  std::sort(false_scores.begin(), false_scores.end(), std::greater<>());
  return false_scores.size() > results.size() ? false_scores[results.size()] : -1;
}

struct Tally {
  int planted = 0;
  int found = 0;
  void add(bool is_found) {
    ++planted;
    found += is_found ? 1 : 0;
  }
};

std::string share(int part, int whole) {
  if (whole == 0) {
    return "-";
  }
  char text[32];
  std::snprintf(text, sizeof text, "%.2f (%d of %d)", part / static_cast<double>(whole), part, whole);
  return text;
}

std::string number(double value, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

Tally tally(const std::vector<Result>& results, double above, const Choice& of_pair,
            const std::function<bool(const datasets::TrueChange&)>& of_change) {
  Tally sum;
  for (const Result& result : chosen(results, of_pair)) {
    for (const datasets::TrueChange& change : result.changes) {
      if (of_change(change)) {
        sum.add(std::any_of(result.places.begin(), result.places.end(), [&](const compare::Finding& place) {
          return place.score > above && hits(place.sample_box, change);
        }));
      }
    }
  }
  return sum;
}

void print_by_circumstance(const std::vector<Result>& results, double above) {
  std::cout << "| style | severity | boards | planted | found at the default threshold | false findings a board | "
               "recall at 1 false finding a board |\n|---|---|---|---|---|---|---|\n";
  const auto row = [&](std::string_view style, std::string_view severity, const Choice& choice) {
    const std::vector<Result> some = chosen(results, choice);
    int planted = 0;
    int found = 0;
    int false_findings = 0;
    for (const Result& result : some) {
      planted += static_cast<int>(result.changes.size());
      found += static_cast<int>(result.score.found.size());
      false_findings += result.score.false_findings;
    }
    const Tally ranked = tally(some, above, choice, [](const auto&) { return true; });
    std::cout << "| " << style << " | " << severity << " | " << some.size() << " | " << planted << " | "
              << share(found, planted) << " | "
              << number(false_findings / std::max(1.0, static_cast<double>(some.size())), 2) << " | "
              << share(ranked.found, ranked.planted) << " |\n";
  };
  constexpr std::pair<Severity, std::string_view> kSeverities[] = {
      {Severity::easy, "easy"}, {Severity::usual, "usual"}, {Severity::hard, "hard"}};
  for (const BoardStyle style : {BoardStyle::controller, BoardStyle::handheld, BoardStyle::server}) {
    for (const auto& severity : kSeverities) {
      row(name_of(style), severity.second, [&](const Result& result) {
        return result.from.changed && result.from.style == style && result.from.severity == severity.first;
      });
    }
  }
  row("unchanged boards", "usual", [](const Result& result) { return !result.from.changed; });
  row("all", "all", [](const Result&) { return true; });
}

void print_by_kind_and_size(const std::vector<Result>& results, double above) {
  using datasets::TrueChange;
  using ChangeChoice = std::function<bool(const TrueChange&)>;
  const auto is_chip = [](const TrueChange& change, std::string_view size) {
    return change.id.find(size) != std::string::npos;  // ids end in the package's name
  };
  const auto is_other = [&](const TrueChange& change) { return !is_chip(change, "0402") && !is_chip(change, "0603"); };
  constexpr double kLong_mm = 3.7;
  const std::pair<std::string_view, ChangeChoice> sizes[] = {
      {"0402", [&](const TrueChange& change) { return is_chip(change, "0402"); }},
      {"0603", [&](const TrueChange& change) { return is_chip(change, "0603"); }},
      {"0805 to 1210, SOT-23, QFN 3 x 3",
       [&](const TrueChange& change) { return is_other(change) && change.size_mm.maxCoeff() <= kLong_mm; }},
      {"longer than 3.7 mm",
       [&](const TrueChange& change) { return is_other(change) && change.size_mm.maxCoeff() > kLong_mm; }}};
  const Choice all = [](const Result&) { return true; };
  std::cout << "\n| size or kind | recall at 1 false finding a board |\n|---|---|\n";
  for (const auto& [name, of_size] : sizes) {
    const Tally sum = tally(results, above, all, of_size);
    std::cout << "| " << name << " | " << share(sum.found, sum.planted) << " |\n";
  }
  using compare::FindingKind;
  for (const FindingKind kind :
       {FindingKind::extra_component, FindingKind::missing_component, FindingKind::moved_component}) {
    const Tally sum =
        tally(results, above, all, [kind](const datasets::TrueChange& change) { return change.kind == kind; });
    std::cout << "| " << name_of(kind) << " | " << share(sum.found, sum.planted) << " |\n";
  }
}

double quantile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

void print_the_rest(const std::vector<Result>& results) {
  Tally refused_designs;
  Tally refused_sides;
  Tally aligned;
  Tally quiet;
  std::vector<double> errors;
  std::vector<double> seconds;
  for (const Result& result : results) {
    seconds.push_back(result.seconds);
    errors.insert(errors.end(), result.point_errors_px.begin(), result.point_errors_px.end());
    if (is_stranger(result)) {
      (result.from.sample == SampleBoard::other_design ? refused_designs : refused_sides).add(!result.score.compared);
    } else {
      aligned.add(result.score.compared);
    }
    if (!is_stranger(result) && !result.from.changed) {
      quiet.add(result.score.compared && result.score.false_findings == 0);
    }
  }
  const auto row = [](std::string_view name, const std::string& value) {
    std::cout << "| " << name << " | " << value << " |\n";
  };
  std::cout << "\n| figure | value |\n|---|---|\n";
  row("pairs of one design that were aligned", share(aligned.found, aligned.planted));
  row("unchanged pairs without a finding", share(quiet.found, quiet.planted));
  row("refused: another design", share(refused_designs.found, refused_designs.planted));
  row("refused: the other side", share(refused_sides.found, refused_sides.planted));
  row("registration error p50 / p95 (sample px)",
      number(quantile(errors, 0.5), 2) + " / " + number(quantile(errors, 0.95), 2));
  row("seconds a pair, median / longest", number(quantile(seconds, 0.5), 1) + " / " + number(quantile(seconds, 1), 1));
}

}  // namespace

int main(int count, char** values) {
  const Arguments arguments = parsed({values, static_cast<std::size_t>(count)});
  if (!arguments.valid) {
    std::cerr << "usage: accuracy_table [--set development|held-back] [--boards N]\n";
    return 2;
  }
  std::vector<Result> results;
  for (const Case& one : cases_of(arguments)) {
    results.push_back(inspected(one));
  }
  // A pair that was wrongly refused stays in: its changes were not found.
  const std::vector<Result> of_one_design = chosen(results, [](const Result& result) { return !is_stranger(result); });
  const double above = score_at_one_false_place(of_one_design);
  std::cout << "Set: " << arguments.set << ", " << results.size() << " pairs.\n\n";
  print_by_circumstance(of_one_design, above);
  print_by_kind_and_size(of_one_design, above);
  print_the_rest(results);
  return 0;
}
