// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/evaluation_csv.h"

#include "imaging/base/text.h"

#include <algorithm>
#include <initializer_list>
#include <set>

namespace boarddiff::datasets {
namespace {

// As RFC 4180 has it: what holds a comma, a quote or a line end stands in quotes, and its quotes are doubled.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (const char letter : text) {
    quoted += letter;
    if (letter == '"') {
      quoted += letter;
    }
  }
  return quoted + "\"";
}

std::string row(std::initializer_list<std::string> cells) {
  std::string line;
  for (const std::string& text : cells) {
    line += line.empty() ? "" : ",";
    line += cell(text);
  }
  return line + "\n";
}

std::string number(double value, int digits) { return imaging::fixed_text(value, digits); }

std::string ending(const CaseResult& result) { return result.status ? std::to_string(*result.status) : "none"; }

std::string error_at(const CaseResult& result, double share) {
  if (result.point_errors_px.empty()) {
    return "";
  }
  std::vector<double> errors = result.point_errors_px;
  std::sort(errors.begin(), errors.end());
  const auto place = static_cast<std::size_t>(share * static_cast<double>(errors.size()));
  return number(errors[std::min(place, errors.size() - 1)], 3);
}

// Empty: no size is stated.
std::string stated(const CaseResult& result, double StatedSize::*side) {
  return result.sensitivity && result.sensitivity->smallest ? number((*result.sensitivity->smallest).*side, 3) : "";
}

std::string case_row(const CaseResult& result) {
  std::set<std::string> found;
  int false_calls = 0;
  int shown = 0;
  for (const CaseFinding& finding : result.findings) {
    if (finding.shown) {
      ++shown;
      found.insert(finding.hits.begin(), finding.hits.end());
      false_calls += finding.hits.empty() ? 1 : 0;
    }
  }
  const bool first = !result.findings.empty() && result.findings[0].shown && !result.findings[0].hits.empty();
  return row({result.name,
              result.board,
              result.style,
              result.severity,
              std::string(imaging::name_of(result.modality)),
              result.same_board ? "alignable" : "not-the-same-board",
              result.exhaustive ? "yes" : "no",
              ending(result),
              std::to_string(result.changes.size()),
              std::to_string(found.size()),
              first ? "yes" : "no",
              std::to_string(shown),
              std::to_string(result.findings.size()),
              result.exhaustive ? std::to_string(false_calls) : "",
              error_at(result, 0.5),
              error_at(result, 0.95),
              stated(result, &StatedSize::length_mm),
              stated(result, &StatedSize::width_mm),
              number(result.seconds, 3),
              number(result.processor_seconds, 3),
              number(result.peak_memory_mb, 1),
              result.trouble});
}

std::string change_row(const CaseResult& result, const CaseChange& change) {
  const auto best = std::find_if(result.findings.begin(), result.findings.end(), [&](const CaseFinding& finding) {
    return std::find(finding.hits.begin(), finding.hits.end(), change.id) != finding.hits.end();
  });
  const bool hit = best != result.findings.end();
  const bool found = std::any_of(best, result.findings.end(), [&](const CaseFinding& finding) {
    return finding.shown && std::find(finding.hits.begin(), finding.hits.end(), change.id) != finding.hits.end();
  });
  const auto side = [&](std::size_t place) {
    return place < change.size_mm.size() ? number(change.size_mm[place], 3) : std::string();
  };
  return row({result.name, result.board, result.style, result.severity, change.id, change.kind, side(0), side(1),
              change.background, found ? "yes" : (hit ? "candidate" : "no"),
              hit ? std::to_string(best - result.findings.begin() + 1) : "", hit ? number(best->score, 4) : "",
              hit ? best->kind : "", std::string(name_of(against_stated(result, change)))});
}

}  // namespace

std::string cases_csv(const Evaluation& evaluation) {
  std::string text =
      "case,board,style,severity,modality,expect,exhaustive,status,changes,found,first_is_true,findings,"
      "findings_and_candidates,false_calls,registration_p50_px,registration_p95_px,stated_length_mm,stated_width_mm,"
      "seconds,processor_seconds,peak_memory_mb,trouble\n";
  for (const CaseResult& result : evaluation.cases) {
    text += case_row(result);
  }
  return text;
}

std::string changes_csv(const Evaluation& evaluation) {
  std::string text =
      "case,board,style,severity,change,kind,width_mm,depth_mm,background,found,rank,score,reported_kind,against_"
      "stated\n";
  for (const CaseResult& result : evaluation.cases) {
    for (const CaseChange& change : result.same_board ? result.changes : std::vector<CaseChange>{}) {
      text += change_row(result, change);
    }
  }
  return text;
}

}  // namespace boarddiff::datasets
