// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/case_fields.h"
#include "datasets/evaluation/evaluation_json.h"
#include "datasets/evaluation/json_fields.h"

#include <algorithm>

namespace boarddiff::datasets {
namespace {

CaseFinding finding_in(const JsonField& field) {
  CaseFinding finding;
  finding.score = field.at("score").number();
  finding.box = box_in(field.at("box"));
  finding.kind = field.at("kind").text();
  finding.shown = field.at("shown").truth();
  for (const JsonField& id : field.at("hits").items()) {
    finding.hits.push_back(id.text());
  }
  return finding;
}

CaseResult result_in(const JsonField& field) {
  CaseResult result;
  result.name = field.at("case").text();
  result.board = field.at("board").text();
  result.style = field.text_of("style", "");
  result.severity = field.text_of("severity", "");
  result.modality = modality_in(field);
  result.same_board = same_board_in(field);
  result.exhaustive = field.at("exhaustive").truth();
  if (const auto status = field.find("status")) {
    result.status = static_cast<int>(status->number());
  }
  result.trouble = field.text_of("trouble", "");
  result.seconds = field.at("seconds").number();
  result.processor_seconds = field.at("processor_seconds").number();
  result.peak_memory_mb = field.at("peak_memory_mb").number();
  result.changes = changes_in(field.at("changes"));
  for (const JsonField& finding : field.at("findings").items()) {
    result.findings.push_back(finding_in(finding));
  }
  // Stable, as where they were written.
  std::stable_sort(result.findings.begin(), result.findings.end(),
                   [](const CaseFinding& a, const CaseFinding& b) { return a.score > b.score; });
  result.point_errors_px = field.at("errors").numbers();
  if (const auto sensitivity = field.find("sensitivity")) {
    result.sensitivity.emplace();
    if (const auto smallest = sensitivity->find("smallest_mm")) {
      result.sensitivity->smallest = stated_size_in(*smallest);
    }
  }
  if (const auto homography = field.find("sample_from_reference")) {
    result.sample_from_reference = homography_in(*homography);
  }
  return result;
}

}  // namespace

Evaluation evaluation_in_text(const std::string& text, const std::string& shown_name, const BootstrapOptions& options) {
  const nlohmann::json document = parsed_json(text, shown_name);
  const JsonField root(document, shown_name);
  if (root.at("schema").text() != kEvaluationSchema) {
    root.at("schema").fail(std::string("must be \"") + kEvaluationSchema + "\"");
  }
  const JsonField cases = root.at("cases");
  std::vector<CaseResult> results;
  for (const JsonField& field : cases.items()) {
    CaseResult result = result_in(field);
    if (std::any_of(results.begin(), results.end(), [&](const auto& other) { return other.name == result.name; })) {
      field.at("case").fail("is the name of an earlier case, too");
    }
    results.push_back(std::move(result));
  }
  if (results.empty()) {
    cases.fail("must not be empty");
  }
  return evaluate(root.at("tool").text(), std::move(results), options);
}

Evaluation read_evaluation(const std::filesystem::path& path, const BootstrapOptions& options) {
  return evaluation_in_text(text_of_file(path), path.string(), options);
}

}  // namespace boarddiff::datasets
