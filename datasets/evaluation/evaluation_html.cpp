// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/evaluation_html.h"

#include "compare/self_contained_page.h"
#include "datasets/evaluation/evaluation_words.h"
#include "datasets/evaluation/html_table.h"
#include "datasets/evaluation/page/page_files.h"
#include "datasets/evaluation/stated_size_html.h"
#include "datasets/evaluation/svg_chart.h"
#include "datasets/evaluation/worst_places.h"
#include "imaging/base/text.h"

#include <algorithm>
#include <set>

namespace boarddiff::datasets {
namespace {

constexpr std::size_t kWorstCases = 8;

std::string verdict_cells(const ComparedValue& value) {
  const std::string_view css_class = value.verdict == Verdict::better  ? "better"
                                     : value.verdict == Verdict::worse ? "worse"
                                                                       : "";
  return cell("number", number_of(value.measure, value.before)) + cell("number", number_of(value.measure, value.now)) +
         cell("bounds", escaped(signed_interval_of(value.measure, value.difference))) +
         cell(css_class, value.difference ? std::string(name_of(value.verdict)) : "");
}

std::string figures_table(const Evaluation& evaluation) {
  std::string rows;
  for (const MeasuredValue& measured : evaluation.measures) {
    if (is_shown(measured)) {
      std::string bounds;
      if (measured.bounds) {
        bounds.append("[").append(interval_of(measured.measure, measured.bounds)).append("]");
      }
      rows += "<tr>" + row_head(words_of(measured.measure)) +
              cell("number", number_of(measured.measure, measured.value)) + cell("bounds", bounds) + "</tr>";
    }
  }
  return table("figures", {"", "value", "95 %"}, rows);
}

std::string comparison_html(const std::optional<Comparison>& comparison) {
  if (!comparison) {
    return "";
  }
  std::string rows;
  for (const ComparedValue& value : comparison->values) {
    if (value.before || value.now) {
      const std::string group = value.measure.group == "all" ? "" : "recall at 1, " + value.measure.group + " ";
      rows += "<tr>" + row_head(group + words_of(value.measure)) + verdict_cells(value) + "</tr>";
    }
  }
  return "<p>" + escaped(extent_of(*comparison)) + "</p>" +
         (rows.empty()
              ? ""
              : table("figures", {"", "before", "now", "now less before, 95 %", ""}, rows) + "<h1>All cases</h1>");
}

std::vector<std::pair<double, double>> stair_of(const std::vector<CurvePoint>& curve) {
  std::vector<std::pair<double, double>> steps;
  for (const CurvePoint& point : curve) {
    steps.emplace_back(point.false_calls_a_board, point.recall);
  }
  return steps;
}

// The share of the values that are at most so large, in at most 200 steps.
std::vector<std::pair<double, double>> cumulated(const std::vector<double>& values) {
  constexpr std::size_t kSteps = 200;
  const std::size_t step = std::max<std::size_t>(1, values.size() / kSteps);
  std::vector<std::pair<double, double>> steps;
  for (std::size_t i = step - 1; i < values.size(); i += step) {
    steps.emplace_back(values[i], static_cast<double>(i + 1) / static_cast<double>(values.size()));
  }
  if (!values.empty() && steps.back().second < 1) {
    steps.emplace_back(values.back(), 1);
  }
  return steps;
}

std::vector<ChartSeries> series_of(std::vector<std::pair<double, double>> now,
                                   std::vector<std::pair<double, double>> before) {
  std::vector<ChartSeries> series = {{"now", "now", std::move(now)}};
  if (!before.empty()) {
    series.push_back({"before", "before", std::move(before)});
  }
  return series;
}

std::string curve_chart(const Evaluation& evaluation, const std::optional<Comparison>& comparison) {
  const bool both = comparison && !comparison->curve_before.empty();
  const auto series = series_of(stair_of(both ? comparison->curve_now : evaluation.curve),
                                both ? stair_of(comparison->curve_before) : stair_of({}));
  double most = 10;
  for (const ChartSeries& one : series) {
    most = one.steps.empty() ? most : std::max(most, one.steps.back().first);
  }
  const ChartAxes axes{.x_words = "false calls a board",
                       .y_words = "recall",
                       .x_least = 0.05,
                       .x_most = most,
                       .marks = {measure::kFalseCallsABoard.begin(), measure::kFalseCallsABoard.end()}};
  return (both ? "<p class=\"muted\">On the cases that both have.</p>" : "") + stair_chart(axes, series);
}

std::string registration_chart(const Evaluation& evaluation, const std::optional<Comparison>& comparison) {
  const bool both = comparison && !comparison->errors_px_before.empty();
  const auto errors = both ? comparison->errors_px_now : point_errors(evaluation.cases);
  if (errors.empty()) {
    return "<p class=\"muted\">No case has points whose place in both pictures is known.</p>";
  }
  const auto series = series_of(cumulated(errors), both ? cumulated(comparison->errors_px_before) : cumulated({}));
  const ChartAxes axes{.x_words = "error of points on the board's plane, sample pixels",
                       .y_words = "share of the points",
                       .x_least = 0.03,
                       .x_most = 30,
                       .marks = {0.5, 1, 2}};
  return stair_chart(axes, series);
}

// No case of the set tells what would be told apart.
bool says_nothing(const Evaluation& evaluation, const Measure& measure) {
  return measure.name == "unknown" &&
         std::count_if(evaluation.measures.begin(), evaluation.measures.end(),
                       [&](const MeasuredValue& other) { return other.measure.group == measure.group; }) == 1;
}

std::string groups_html(const Evaluation& evaluation) {
  std::string html;
  std::string rows;
  std::string group;
  const auto close = [&] {
    if (!rows.empty()) {
      html += "<div><h3>By " + escaped(group) + "</h3>" +
              table("figures", {"", "changes", "recall", "", "95 %", "at threshold"}, rows) + "</div>";
    }
    rows.clear();
  };
  for (std::size_t i = 0; i < evaluation.measures.size(); ++i) {
    const auto& [measure, value, bounds] = evaluation.measures[i];
    if (measure.group == "all" || !value || says_nothing(evaluation, measure)) {
      continue;
    }
    if (measure.group != group) {
      close();
      group = measure.group;
    }
    const GroupCount& count = evaluation.counts[i];
    rows += "<tr>" + row_head(measure.name) + cell("number", std::to_string(count.changes)) +
            cell("number", number_of(measure, value)) +
            cell("", share_bar(*value, bounds ? std::optional(std::pair(bounds->low, bounds->high)) : std::nullopt)) +
            cell("bounds", interval_of(measure, bounds)) + cell("number", std::to_string(count.found)) + "</tr>";
  }
  close();
  return html.empty() ? "<p class=\"muted\">No case has a change.</p>" : html;
}

std::string confusion_html(const Confusion& confusion) {
  std::string heads = "<th scope=\"col\">what it was</th>";
  for (const std::string& reported : confusion.reported_kinds) {
    heads += "<th scope=\"col\">" + escaped(reported) + "</th>";
  }
  std::string rows;
  for (std::size_t i = 0; i < confusion.true_kinds.size(); ++i) {
    rows += "<tr>" + row_head(confusion.true_kinds[i]);
    for (std::size_t j = 0; j < confusion.reported_kinds.size(); ++j) {
      const bool right = confusion.true_kinds[i] == confusion.reported_kinds[j];
      const int count = confusion.counts[i][j];
      rows += cell(right ? "right" : (count == 0 ? "none" : ""), std::to_string(count));
    }
    rows += "</tr>";
  }
  return "<p class=\"muted\">Rows: what the change was. Columns: the kind of the best finding that hits it, at the "
         "tool's own threshold. The last row counts false calls by kind.</p><div class=\"scroll\">"
         "<table class=\"confusion\"><thead><tr>" +
         heads + "</tr></thead><tbody>" + rows + "</tbody></table></div>";
}

std::string picture_html(const std::string& uri, const std::string& what, std::string_view without) {
  return uri.empty() ? "<div class=\"none\">" + std::string(without) + "</div>"
                     : "<img alt=\"" + what + "\" src=\"" + uri + "\">";
}

std::string place_html(const WorstPlace& place, const PlacePictures& pictures) {
  return "<figure class=\"place\"><figcaption><b>Expected</b> " + escaped(place.expected) + "<br><b>Reported</b> " +
         escaped(place.reported) +
         "</figcaption><span class=\"label\">reference</span><span class=\"label\">sample</span>" +
         picture_html(pictures.reference, "the reference there", "how the reference lies is not known") +
         picture_html(pictures.sample, "the sample there", "no picture") + "</figure>";
}

std::string worst_html(const Evaluation& evaluation, const std::vector<Case>& cases) {
  std::string html;
  for (const WorstCase& worst : worst_cases(evaluation, kWorstCases)) {
    const CaseResult& result = evaluation.cases[worst.in_case];
    const auto one =
        std::find_if(cases.begin(), cases.end(), [&](const Case& other) { return other.name == result.name; });
    const std::vector<PlacePictures> pictures = one == cases.end() ? std::vector<PlacePictures>(worst.places.size())
                                                                   : place_pictures(*one, result, worst.places);
    html += "<article><h3>" + escaped(result.name) + "</h3><p class=\"muted\">" + std::to_string(worst.missed) +
            " of " + std::to_string(result.changes.size()) + " changes not found, " +
            std::to_string(worst.false_calls) + " false calls" + (worst.refused ? "; the pair was refused" : "") +
            "</p>";
    for (std::size_t i = 0; i < worst.places.size(); ++i) {
      html += place_html(worst.places[i], pictures[i]);
    }
    html += "</article>";
  }
  return html.empty() ? "<p class=\"muted\">Nothing was missed, and nothing called falsely.</p>"
                      : "<div class=\"worst\">" + html + "</div>";
}

std::string cases_html(const Evaluation& evaluation) {
  std::string rows;
  for (const CaseResult& result : evaluation.cases) {
    std::set<std::string> found;
    int false_calls = 0;
    for (const CaseFinding& finding : result.findings) {
      if (finding.shown) {
        found.insert(finding.hits.begin(), finding.hits.end());
        false_calls += finding.hits.empty() ? 1 : 0;
      }
    }
    const std::string changes =
        result.same_board ? std::to_string(found.size()) + " of " + std::to_string(result.changes.size()) : "stranger";
    const std::string outcome = was_refused(result) ? "refused" : (was_compared(result) ? "compared" : "failed");
    rows += "<tr>" + row_head(result.name) + cell("", escaped(result.board)) + cell("", escaped(result.style)) +
            cell("", escaped(result.severity)) + cell("", outcome) + cell("number", changes) +
            cell("number", std::to_string(false_calls) + (result.exhaustive ? "" : " (not counted)")) +
            cell("number", imaging::fixed_text(result.seconds, 1)) +
            cell("number", imaging::fixed_text(result.peak_memory_mb, 0)) + cell("trouble", escaped(result.trouble)) +
            "</tr>";
  }
  return table("cases",
               {"case", "board", "style", "severity", "outcome", "found", "false calls", "seconds", "MB", "trouble"},
               rows);
}

}  // namespace

std::string evaluation_html(const Evaluation& evaluation, const std::optional<Comparison>& comparison,
                            const std::vector<Case>& cases) {
  const compare::PageFiles files = evaluation_page_files();
  const std::string policy = "default-src 'none'; img-src data:; style-src " + compare::csp_hash(files.css) +
                             "; base-uri 'none'; form-action 'none'";
  return compare::filled_page(files.html, {{"csp", policy},
                                           {"css", std::string(files.css)},
                                           {"tool", escaped(evaluation.tool)},
                                           {"extent", escaped(extent_of(evaluation))},
                                           {"comparison", comparison_html(comparison)},
                                           {"figures", figures_table(evaluation)},
                                           {"curve", curve_chart(evaluation, comparison)},
                                           {"registration", registration_chart(evaluation, comparison)},
                                           {"groups", groups_html(evaluation)},
                                           {"stated", stated_size_html(evaluation.stated)},
                                           {"confusion", confusion_html(evaluation.confusion)},
                                           {"worst", worst_html(evaluation, cases)},
                                           {"cases", cases_html(evaluation)}});
}

}  // namespace boarddiff::datasets
