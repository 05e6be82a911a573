// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/evaluation_json.h"

#include "datasets/evaluation/json_fields.h"
#include "imaging/base/error.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using Json = nlohmann::ordered_json;

template <typename Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json finite_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(); }

Json document_of(const std::optional<Bounds>& bounds) { return bounds ? Json({bounds->low, bounds->high}) : Json(); }

Json document_of(const imaging::Box& box) { return {box.x, box.y, box.width, box.height}; }

Json document_of(const CaseChange& change) {
  Json json = {{"id", change.id}, {"kind", change.kind}, {"box", document_of(change.box)}};
  if (!change.also.empty()) {
    json["also"] = Json::array();
    for (const imaging::Box& place : change.also) {
      json["also"].push_back(document_of(place));
    }
  }
  json["size_mm"] = change.size_mm.empty() ? Json() : Json(change.size_mm);
  json["background"] = text_or_null(change.background);
  if (change.visibility) {
    json["contrast_to_noise"] = change.visibility->contrast_to_noise;
    json["changed_px"] = change.visibility->changed_px;
  }
  if (!change.reference_polygon.empty()) {
    json["reference_polygon"] = Json::array();
    for (const imaging::Point& corner : change.reference_polygon) {
      json["reference_polygon"].push_back({corner.x(), corner.y()});
    }
  }
  return json;
}

Json document_of(const CaseFinding& finding) {
  return {{"score", finding.score},
          {"box", document_of(finding.box)},
          {"kind", finding.kind},
          {"hits", finding.hits},
          {"shown", finding.shown}};
}

Json document_of(const std::optional<StatedSize>& size) {
  return size ? Json({size->length_mm, size->width_mm}) : Json();
}

Json document_of(const CaseResult& result) {
  Json json = {{"case", result.name},
               {"board", result.board},
               {"style", text_or_null(result.style)},
               {"severity", text_or_null(result.severity)},
               {"modality", std::string(imaging::name_of(result.modality))},
               {"expect", result.same_board ? "alignable" : "not-the-same-board"},
               {"exhaustive", result.exhaustive},
               {"status", or_null(result.status)},
               {"trouble", text_or_null(result.trouble)},
               {"seconds", result.seconds},
               {"processor_seconds", result.processor_seconds},
               {"peak_memory_mb", result.peak_memory_mb}};
  json["changes"] = Json::array();
  for (const CaseChange& change : result.changes) {
    json["changes"].push_back(document_of(change));
  }
  json["findings"] = Json::array();
  for (const CaseFinding& finding : result.findings) {
    json["findings"].push_back(document_of(finding));
  }
  json["errors"] = result.point_errors_px;
  json["sensitivity"] = nullptr;
  if (result.sensitivity) {
    json["sensitivity"] = {{"smallest_mm", document_of(result.sensitivity->smallest)}};
  }
  json["sample_from_reference"] = nullptr;
  if (result.sample_from_reference) {
    const Eigen::Matrix<double, 3, 3, Eigen::RowMajor> rows = *result.sample_from_reference;
    json["sample_from_reference"] = std::vector<double>(rows.data(), rows.data() + rows.size());
  }
  return json;
}

Json summary_of(const Evaluation& evaluation) {
  const auto value = [&](std::string_view name) { return or_null(figure(evaluation, name).value); };
  const auto pair = [&](const char* key, std::string_view name, const char* other_key, std::string_view other_name) {
    return figure(evaluation, name).value ? Json({{key, value(name)}, {other_key, value(other_name)}}) : Json();
  };
  Json bounds = Json::object();
  for (const MeasuredValue& measured : evaluation.measures) {
    if (measured.measure.group == "all") {
      bounds[measured.measure.name] = document_of(measured.bounds);
    }
  }
  return {{"cases", evaluation.cases.size()},
          {"boards", evaluation.boards},
          {"trouble", evaluation.trouble},
          {"not_aligned", evaluation.not_aligned},
          {"changes", evaluation.changes},
          {"found", value(measure::kFound)},
          {"recall_at_false_calls_per_board",
           {{"0.25", value(measure::kRecall[0])},
            {"1.0", value(measure::kRecall[1])},
            {"4.0", value(measure::kRecall[2])}}},
          {"score_at_1_false_call_per_board", finite_or_null(evaluation.threshold)},
          {"first", value(measure::kFirst)},
          {"kind_right", value(measure::kKindRight)},
          {"false_calls_per_board", pair("mean", measure::kFalseCallsMean, "median", measure::kFalseCallsMedian)},
          {"clean", value(measure::kClean)},
          {"refused", value(measure::kRefused)},
          {"aligned", value(measure::kAligned)},
          {"stated_size_found", value(measure::kStatedFound)},
          {"stated_size_found_on_board", value(measure::kStatedFoundOnBoard)},
          {"stated_size_found_elsewhere", value(measure::kStatedFoundElsewhere)},
          {"below_half_found", value(measure::kBelowHalfFound)},
          {"registration_px", pair("p50", measure::kRegistrationP50, "p95", measure::kRegistrationP95)},
          {"seconds", pair("median", measure::kSecondsMedian, "max", measure::kSecondsMax)},
          {"peak_memory_mb", pair("median", measure::kMemoryMedian, "max", measure::kMemoryMax)},
          {"bounds_95", bounds}};
}

Json document_of(const FoundCount& count) { return {{"parts", count.parts}, {"found", count.found}}; }

// Null where no report states anything.
Json document_of(const StatedSizes& stated) {
  if (stated.sizes.empty()) {
    return nullptr;
  }
  Json sizes = Json::array();
  for (const StatedByCases& by_cases : stated.sizes) {
    sizes.push_back({{"smallest_mm", document_of(by_cases.size)}, {"cases", by_cases.cases}});
  }
  Json grounds = Json::array();
  for (const StatedOnGround& ground : stated.grounds) {
    grounds.push_back({{"ground", ground.ground},
                       {"on_board", ground.on_board},
                       {"stated_size", document_of(ground.at_or_above)},
                       {"below_half", document_of(ground.below_half)}});
  }
  const StatedOnGround all = on_all_grounds(stated);
  return {{"sizes", sizes},
          {"stated_size", document_of(all.at_or_above)},
          {"below_half", document_of(all.below_half)},
          {"grounds", grounds}};
}

Json groups_of(const Evaluation& evaluation) {
  Json groups = Json::object();
  for (std::size_t i = 0; i < evaluation.measures.size(); ++i) {
    const MeasuredValue& measured = evaluation.measures[i];
    if (measured.measure.group != "all") {
      groups[measured.measure.group].push_back({{"name", measured.measure.name},
                                                {"changes", evaluation.counts[i].changes},
                                                {"found", evaluation.counts[i].found},
                                                {"recall_at_1_false_call_per_board", or_null(measured.value)},
                                                {"bounds_95", document_of(measured.bounds)}});
    }
  }
  return groups;
}

Json document_of(const Confusion& confusion) {
  return {
      {"true_kinds", confusion.true_kinds}, {"reported_kinds", confusion.reported_kinds}, {"counts", confusion.counts}};
}

Json document_of(const Comparison& comparison) {
  Json values = Json::array();
  for (const ComparedValue& value : comparison.values) {
    values.push_back({{"group", value.measure.group},
                      {"name", value.measure.name},
                      {"before", or_null(value.before)},
                      {"now", or_null(value.now)},
                      {"difference_95", document_of(value.difference)},
                      {"verdict", std::string(name_of(value.verdict))}});
  }
  return {{"tool_before", comparison.tool_before},
          {"cases", comparison.cases},
          {"boards", comparison.boards},
          {"cases_only_before", comparison.cases_only_before},
          {"cases_only_now", comparison.cases_only_now},
          {"boards_only_before", comparison.boards_only_before},
          {"boards_only_now", comparison.boards_only_now},
          {"values", values}};
}

}  // namespace

std::string evaluation_json(const Evaluation& evaluation, const std::optional<Comparison>& comparison) {
  Json curve = Json::array();
  for (const CurvePoint& point : evaluation.curve) {
    curve.push_back({point.score, point.false_calls_a_board, point.recall});
  }
  Json cases = Json::array();
  for (const CaseResult& result : evaluation.cases) {
    cases.push_back(document_of(result));
  }
  const Json document = {{"schema", kEvaluationSchema},
                         {"tool", evaluation.tool},
                         {"summary", summary_of(evaluation)},
                         {"groups", groups_of(evaluation)},
                         {"confusion", document_of(evaluation.confusion)},
                         {"stated_sizes", document_of(evaluation.stated)},
                         {"curve_columns", {"score", "false_calls_per_board", "recall"}},
                         {"curve", curve},
                         {"comparison", comparison ? document_of(*comparison) : Json()},
                         {"cases", cases}};
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace boarddiff::datasets
