// SPDX-License-Identifier: Apache-2.0
#include "cli/export/case_export.h"

#include "cli/case/audit_trail.h"
#include "imaging/base/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

namespace boarddiff::cli {
namespace {

using Decided = std::map<DecisionPlace, Standing>;

bool wants_a_look(PlaceState state) {
  return state == PlaceState::unexpected || state == PlaceState::unsure || state == PlaceState::conflict;
}

Standing standing_at(const Decided& decided, const DecisionPlace& place) {
  const auto found = decided.find(place);
  return found == decided.end() ? Standing{} : found->second;
}

// SQLite keeps infinite numbers, and no format that is written here does.
imaging::Box finite(const imaging::Box& box) {
  const bool is_finite = std::isfinite(box.x) && std::isfinite(box.y) && std::isfinite(box.width) &&
                         std::isfinite(box.height) && box.width >= 0 && box.height >= 0;
  return is_finite ? box : imaging::Box{};
}

cv::Size sample_size_in(const std::string& report) {
  constexpr std::int64_t kMostSide = 1'000'000;
  const nlohmann::json document = nlohmann::json::parse(report, nullptr, false);
  const auto side = [&](const char* name) {
    const auto path = nlohmann::json::json_pointer(std::string("/sample/") + name);
    if (!document.is_object() || !document.contains(path)) return 0;
    const nlohmann::json& number = document.at(path);
    const bool is_side = number.is_number_integer() && number > 0 && number <= kMostSide;
    return is_side ? number.get<int>() : 0;
  };
  const cv::Size size(side("width"), side("height"));
  return size.empty() ? cv::Size() : size;
}

std::vector<ExportedFinding> chosen_findings(compare::Database& database, std::int64_t sample, const Decided& decided,
                                             const ExportChoice& choice) {
  std::vector<ExportedFinding> chosen;
  for (CaseFinding& found : findings_of(database, sample)) {
    found.sample_box = finite(found.sample_box);
    found.reference_box = finite(found.reference_box);
    found.score = std::isfinite(found.score) ? std::clamp(found.score, 0.0, 1.0) : 0;
    Standing standing = standing_at(decided, {.sample = sample, .number = found.number});
    const bool was_looked_at = !standing.verdicts.empty() || !standing.comments.empty();
    if (found.above_threshold || was_looked_at || (choice.candidates && found.score >= choice.min_score)) {
      chosen.push_back({std::move(found), std::move(standing)});
    }
  }
  return chosen;
}

// Also where all findings are dismissed: who has decided that, and why, is part of the report.
bool is_to_be_written(const ExportedBoard& one, const ExportChoice& choice) {
  const bool has_finding = std::any_of(one.findings.begin(), one.findings.end(), [](const ExportedFinding& finding) {
    return finding.found.above_threshold || finding.counts();
  });
  return choice.all || has_finding || one.status() != ExitStatus::nothing_found;
}

}  // namespace

bool ExportedFinding::counts() const {
  const PlaceState state = decided.state();
  return found.above_threshold ? state != PlaceState::dismissed : wants_a_look(state);
}

int ExportedBoard::counting() const {
  return static_cast<int>(
      std::count_if(findings.begin(), findings.end(), [](const auto& one) { return one.counts(); }));
}

bool ExportedBoard::is_suspected() const { return wants_a_look(decided.state()); }

ExitStatus ExportedBoard::status() const {
  if (board.state != "inspected") return ExitStatus::trouble;
  if (board.outcome == "not_comparable") return ExitStatus::not_comparable;
  if (counting() > 0 || is_suspected()) return ExitStatus::needs_review;
  if (board.outcome == "nothing_found") return ExitStatus::nothing_found;
  // Findings that the file counts and does not hold cannot have been dismissed.
  const bool has_findings = std::any_of(findings.begin(), findings.end(),
                                        [](const ExportedFinding& one) { return one.found.above_threshold; });
  if (board.outcome != "needs_review") return ExitStatus::trouble;
  return has_findings ? ExitStatus::nothing_found : ExitStatus::needs_review;
}

std::string ExportedBoard::title() const {
  std::string text = board.name();
  for (const std::string& more : {board.side, board.stage}) {
    if (!more.empty()) text.append(", ").append(more);
  }
  if (board.is_against_earlier) {
    text.append(", against ").append(board.earlier_stage.empty() ? "an earlier picture" : board.earlier_stage);
  }
  return text;
}

ExitStatus CaseExport::status() const {
  ExitStatus worst = ExitStatus::nothing_found;
  const auto weight = [](ExitStatus status) {
    if (status == ExitStatus::trouble) return 3;
    if (status == ExitStatus::not_comparable) return 2;
    return status == ExitStatus::needs_review ? 1 : 0;
  };
  for (const ExportedBoard& one : boards) {
    if (weight(one.status()) > weight(worst)) worst = one.status();
  }
  return worst;
}

CaseExport read_export(compare::Database& database, const std::filesystem::path& case_file,
                       const ExportChoice& choice) {
  CaseExport made{.file = case_file.filename().string(), .trail_hash = last_hash(database)};
  const Decided decided = standing_of(decisions_after(database));
  std::vector<CaseBoard> boards = boards_by_concern(database);
  if (boards.empty()) {
    throw imaging::Error(imaging::ErrorCode::invalid_option, case_file.string() + ": holds no board");
  }
  if (!choice.board.empty()) {
    const auto is_other = [&](const CaseBoard& one) { return one.serial != choice.board && one.file != choice.board; };
    boards.erase(std::remove_if(boards.begin(), boards.end(), is_other), boards.end());
    if (boards.empty()) {
      throw imaging::Error(imaging::ErrorCode::invalid_option,
                           case_file.string() + ": holds no board " + choice.board + " (--board)");
    }
  }
  for (CaseBoard& board : boards) {
    const std::int64_t id = board.id;
    board.score = std::isfinite(board.score) ? std::clamp(board.score, 0.0, 1.0) : 0;
    ExportedBoard one{.board = std::move(board),
                      .findings = chosen_findings(database, id, decided, choice),
                      .decided = standing_at(decided, {.sample = id})};
    if (!is_to_be_written(one, choice)) continue;
    one.sample_size = sample_size_in(report_of(database, id));
    made.boards.push_back(std::move(one));
  }
  return made;
}

}  // namespace boarddiff::cli
