// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/trial_result.h"

#include "imaging/base/error.h"
#include "imaging/base/text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <functional>

namespace boarddiff::trials {
namespace {

using imaging::fixed_text;
using imaging::Point;

// A wrong fit misses by periods, by parts, by half the board; no distortion that is left does by this much.
constexpr double kWrong_px = 3;
constexpr double kWrongShare = 0.004;  // of the sample's longer side

struct Column {
  std::string_view name = {};
  std::function<std::string(const TrialResult&)> text = {};
};

// What a fit says of itself, also of one that was refused; empty where there was none.
std::string of_fit(const TrialResult& result, double value, int digits) {
  return result.registration.inliers > 0 ? fixed_text(value, digits) : "";
}

std::string quoted(const std::string& text) {
  std::string inside;
  for (const char letter : text) {
    inside += letter == '"' ? "\"\"" : std::string(1, letter);
  }
  return "\"" + inside + "\"";
}

std::string verdict_of(const TrialResult& result) {
  if (result.false_accept()) return "false accept";
  return result.false_refusal() ? "false refusal" : "right";
}

const std::vector<Column>& columns() {
  using R = TrialResult;
  static const std::vector<Column> kColumns = {
      {"name", [](const R& r) { return quoted(r.trial.name); }},
      {"sort", [](const R& r) { return std::string(name_of(r.trial.sort)); }},
      {"group", [](const R& r) { return quoted(r.trial.group); }},
      {"verdict", verdict_of},
      {"accepted", [](const R& r) { return std::string(r.registration.ok() ? "1" : "0"); }},
      {"reason", [](const R& r) { return quoted(r.registration.reason); }},
      {"inliers", [](const R& r) { return std::to_string(r.registration.inliers); }},
      {"overlap", [](const R& r) { return of_fit(r, r.registration.overlap, 3); }},
      {"rotation_deg", [](const R& r) { return of_fit(r, r.registration.rotation_deg, 2); }},
      {"scale", [](const R& r) { return of_fit(r, r.registration.scale, 4); }},
      {"tilt_deg", [](const R& r) { return of_fit(r, r.registration.tilt_deg, 2); }},
      {"places", [](const R& r) { return of_fit(r, r.registration.signs.places, 0); }},
      {"confirmed", [](const R& r) { return of_fit(r, r.registration.signs.confirmed, 4); }},
      {"by_chance", [](const R& r) { return of_fit(r, r.registration.signs.by_chance, 4); }},
      {"on_board", [](const R& r) { return of_fit(r, r.registration.signs.on_board, 4); }},
      {"agreeing", [](const R& r) { return of_fit(r, r.registration.signs.agreeing, 4); }},
      {"stability", [](const R& r) { return of_fit(r, r.registration.signs.stability, 3); }},
      {"residual", [](const R& r) { return of_fit(r, r.registration.signs.residual, 3); }},
      {"confidence", [](const R& r) { return of_fit(r, r.registration.confidence, 4); }},
      {"mirrored", [](const R& r) { return std::string(r.registration.mirrored ? "1" : "0"); }},
      {"error_median_px", [](const R& r) { return r.points > 0 ? of_fit(r, r.median_px, 3) : ""; }},
      {"error_p95_px", [](const R& r) { return r.points > 0 ? of_fit(r, r.p95_px, 3) : ""; }},
      {"allowed_px", [](const R& r) { return r.points > 0 ? fixed_text(r.allowed_px, 2) : ""; }},
      {"points", [](const R& r) { return std::to_string(r.points); }},
      {"shown", [](const R& r) { return fixed_text(r.shown, 3); }},
      {"seconds", [](const R& r) { return fixed_text(r.seconds, 3); }},
      {"reference", [](const R& r) { return r.trial.reference; }},
      {"sample", [](const R& r) { return r.trial.sample; }},
  };
  return kColumns;
}

bool inside(const Point& node) { return !std::isnan(node.x()); }

void measure_errors(TrialResult& result, const TrialPicture& reference, const TrialPicture& sample) {
  std::vector<double> errors;
  for (std::size_t i = 0; i < reference.nodes_px.size(); ++i) {
    const Point& in_reference = reference.nodes_px[i];
    const Point& in_sample = sample.nodes_px.at(i);
    if (!inside(in_reference) || !inside(in_sample)) continue;
    const double error = (to_sample(result.registration.plane, in_reference) - in_sample).norm();
    errors.push_back(std::isnan(error) ? 1e6 : error);  // behind the horizon
  }
  result.points = static_cast<int>(errors.size());
  if (errors.empty()) return;
  std::sort(errors.begin(), errors.end());
  result.median_px = errors[errors.size() / 2];
  result.p95_px = errors[errors.size() * 95 / 100];
}

}  // namespace

TrialResult run_trial(const Trial& trial, Album& album) {
  const TrialPicture reference = album.picture(trial.reference);
  const TrialPicture sample = album.picture(trial.sample);
  TrialResult result{.trial = trial};
  const auto start = std::chrono::steady_clock::now();
  result.registration = register_to_reference(reference.image, sample.image, album.modality_of(trial.reference));
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.allowed_px = std::max(kWrong_px, kWrongShare * std::max(sample.image.pixels.cols, sample.image.pixels.rows));
  const bool same_board = !reference.board.empty() && reference.board == sample.board;
  imaging::require(same_board == (trial.sort != Sort::stranger), "a stranger shows another board");
  if (!same_board) return result;
  const auto seen = std::count_if(sample.nodes_px.begin(), sample.nodes_px.end(), inside);
  result.shown = static_cast<double>(seen) / static_cast<double>(sample.nodes_px.size());
  measure_errors(result, reference, sample);
  imaging::require(result.points > 0, "pictures of one board have a place in common");
  return result;
}

std::string results_csv(const std::vector<TrialResult>& results) {
  std::string csv;
  const auto add_line = [&csv](const auto& text_of) {
    for (const Column& column : columns()) {
      if (&column != &columns().front()) csv += ',';
      csv += text_of(column);
    }
    csv += '\n';
  };
  add_line([](const Column& column) { return std::string(column.name); });
  for (const TrialResult& result : results) {
    add_line([&result](const Column& column) { return column.text(result); });
  }
  return csv;
}

}  // namespace boarddiff::trials
