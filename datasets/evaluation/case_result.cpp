// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/case_result.h"

#include "datasets/evaluation/case_fields.h"
#include "datasets/evaluation/score.h"
#include "imaging/base/error.h"

#include <algorithm>

namespace boarddiff::datasets {
namespace {

bool is_ignored(const Case& from, const CaseFinding& finding) {
  return finding.hits.empty() &&
         std::any_of(from.ignore.begin(), from.ignore.end(),
                     [&](const imaging::Polygon& polygon) { return lies_in(polygon, finding.box.centre()); });
}

CaseFinding finding_of(const JsonField& field, const Case& from, bool shown) {
  CaseFinding finding;
  finding.score = field.at("score").number();
  finding.box = box_in(field.at("sample_box"));
  finding.kind = field.at("kind").text();
  finding.shown = shown;
  for (const CaseChange& change : from.changes) {
    if (hits(finding.box, change)) {
      finding.hits.push_back(change.id);
    }
  }
  return finding;
}

// Nothing where sizes are in pixels: the case does not tell the scale of its pictures.
std::optional<StatedSensitivity> sensitivity_in(const JsonField& field) {
  const JsonField unit = field.at("unit");
  if (unit.text() == "px") {
    return {};
  }
  if (unit.text() != "mm") {
    unit.fail("must be \"mm\" or \"px\"");
  }
  StatedSensitivity sensitivity;
  if (const auto smallest = field.find("smallest")) {
    sensitivity.smallest = stated_size_in(*smallest);
  }
  return sensitivity;
}

}  // namespace

bool was_compared(const CaseResult& result) {
  return result.trouble.empty() && (result.status == kStatusNothingFound || result.status == kStatusNeedsReview);
}

bool was_refused(const CaseResult& result) { return result.status == kStatusNotComparable; }

CaseResult result_without_tool(const Case& from) {
  CaseResult result;
  result.name = from.name;
  result.board = from.board;
  result.style = from.style;
  result.severity = from.severity;
  result.modality = from.modality;
  result.same_board = from.same_board;
  result.exhaustive = from.exhaustive;
  result.changes = from.changes;
  return result;
}

CaseResult with_report(CaseResult result, const Case& from, const std::string& report_json,
                       const std::string& shown_name) {
  const nlohmann::json document = parsed_json(report_json, shown_name);
  const JsonField root(document, shown_name);
  const auto add = [&](const std::vector<JsonField>& fields, bool shown) {
    for (const JsonField& field : fields) {
      CaseFinding finding = finding_of(field, from, shown);
      if (!is_ignored(from, finding)) {
        result.findings.push_back(std::move(finding));
      }
    }
  };
  add(root.at("findings").items(), true);
  add(root.items_of("candidates"), false);
  if (const auto registration = root.find("registration")) {
    const auto homography = registration->find("sample_from_reference");
    if (homography) {
      result.sample_from_reference = homography_in(*homography);
    }
  }
  if (const auto sensitivity = root.find("sensitivity")) {
    result.sensitivity = sensitivity_in(*sensitivity);
  }
  // Stable: of equal scores the report's order counts, findings before candidates.
  std::stable_sort(result.findings.begin(), result.findings.end(),
                   [](const CaseFinding& a, const CaseFinding& b) { return a.score > b.score; });
  return result;
}

CaseResult with_points(CaseResult result, const Case& from, const std::vector<imaging::Point>& mapped) {
  imaging::require(mapped.size() == from.points.size(), "with_points: as many points as the case has");
  for (std::size_t i = 0; i < mapped.size(); ++i) {
    result.point_errors_px.push_back((mapped[i] - from.points[i].in_sample).norm());
  }
  return result;
}

}  // namespace boarddiff::datasets
