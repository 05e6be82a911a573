// SPDX-License-Identifier: Apache-2.0
#include "cli/export/export_words.h"
#include "cli/export/formats.h"
#include "cli/export/kinds.h"
#include "cli/export/picture_names.h"
#include "compare/json_numbers.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace boarddiff::cli {
namespace {

using compare::kPixelDigits;
using compare::rounded;

// Of what a reviewer said of a board as a whole.
constexpr std::string_view kBoardRule = "suspected_board";

// RFC 3986: each byte but those that may stand in a path; file names need not be UTF-8.
std::string uri_of(const std::string& name) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (c != '\0' && kPlain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += {'%', kDigits[byte / 16U], kDigits[byte % 16U]};
    }
  }
  return uri;
}

// A picture as results name it.
struct Artifact {
  std::string uri = {};
  std::size_t index = 0;

  [[nodiscard]] ExportJson location() const { return {{"uri", uri}, {"index", index}}; }
  [[nodiscard]] ExportJson locations() const {
    return ExportJson::array({{{"physicalLocation", {{"artifactLocation", location()}}}}});
  }
};

ExportJson rules_of(const std::vector<std::string>& kinds) {
  ExportJson rules = ExportJson::array();
  for (const std::string& kind : kinds) {
    std::string words = kind;
    std::replace(words.begin(), words.end(), '_', ' ');
    rules.push_back({{"id", kind}, {"shortDescription", {{"text", words}}}});
  }
  return rules;
}

// Measured from the picture's upper left corner, which lies half a pixel before the first one's middle.
ExportJson rectangle_of(const imaging::Box& box) {
  constexpr double kCorner = 0.5;
  return {{"top", rounded(box.y + kCorner, kPixelDigits)},
          {"left", rounded(box.x + kCorner, kPixelDigits)},
          {"bottom", rounded(box.y + box.height + kCorner, kPixelDigits)},
          {"right", rounded(box.x + box.width + kCorner, kPixelDigits)}};
}

// A result that is suppressed has no level: its kind says that it is for information.
void add_level(ExportJson& result, const ExportedFinding& one) {
  if (one.decided.state() != PlaceState::dismissed) {
    result["level"] = one.counts() ? "warning" : "note";
    return;
  }
  result["kind"] = "informational";
  result["level"] = "none";
  const std::string comments = comments_of(one.decided);
  const std::string why = reviewers_of(one.decided) + ": " + decision_words(one.decided);
  result["suppressions"] = ExportJson::array({{{"kind", "external"},
                                               {"status", "accepted"},
                                               {"justification", why + (comments.empty() ? "" : "\n" + comments)}}});
}

ExportJson result_of(const ExportedBoard& board, const ExportedFinding& one, const Artifact& artifact,
                     const std::vector<std::string>& rules) {
  const CaseFinding& found = one.found;
  ExportJson result = {{"ruleId", found.kind},
                       {"ruleIndex", index_of(found.kind, rules)},
                       {"message", {{"text", board.title() + ": " + sentence_on(found)}}},
                       {"locations", artifact.locations()},
                       {"attachments", ExportJson::array({{{"artifactLocation", artifact.location()},
                                                           {"rectangles", {rectangle_of(found.sample_box)}}}})},
                       {"rank", rounded(100 * found.score, 2)},
                       {"properties",
                        {{"board", board.title()},
                         {"finding", found.number},
                         {"score", rounded(found.score, compare::kShareDigits)},
                         {"above_threshold", found.above_threshold},
                         {"decision", name_of(one.decided.state())},
                         {"reviewers", reviewers_of(one.decided)},
                         {"comments", comments_of(one.decided)}}}};
  add_level(result, one);
  return result;
}

ExportJson board_result(const ExportedBoard& board, const Artifact& artifact, std::size_t rule) {
  std::string words = board.title() + ": the whole board is " + decision_words(board.decided);
  const std::string comments = comments_of(board.decided);
  if (!comments.empty()) words.append("\n").append(comments);
  return {{"ruleId", kBoardRule},
          {"ruleIndex", rule},
          {"level", "warning"},
          {"message", {{"text", words}}},
          {"locations", artifact.locations()}};
}

bool was_compared(const ExportedBoard& board) {
  return board.status() == ExitStatus::nothing_found || board.status() == ExitStatus::needs_review;
}

ExportJson notification_of(const ExportedBoard& board, const Artifact& artifact) {
  return {{"level", board.board.state == "waiting" ? "warning" : "error"},
          {"message", {{"text", board.title() + ": " + trouble_words(board.board)}}},
          {"locations", artifact.locations()}};
}

ExportJson artifacts_of(const std::vector<ExportedPicture>& pictures) {
  ExportJson artifacts = ExportJson::array();
  for (const ExportedPicture& picture : pictures) {
    ExportJson artifact = {{"location", {{"uri", uri_of(picture.name)}}}, {"roles", {"analysisTarget"}}};
    if (!picture.sha256.empty()) artifact["hashes"] = {{"sha-256", picture.sha256}};
    artifacts.push_back(std::move(artifact));
  }
  return artifacts;
}

}  // namespace

std::string sarif_text(const CaseExport& exported) {
  const std::vector<ExportedPicture> pictures = pictures_of(exported);
  const std::vector<std::size_t> of_board = picture_indices(exported, pictures);
  std::vector<std::string> rules = kinds_in(exported);
  rules.emplace_back(kBoardRule);
  ExportJson results = ExportJson::array();
  ExportJson notifications = ExportJson::array();
  for (std::size_t i = 0; i < exported.boards.size(); ++i) {
    const ExportedBoard& board = exported.boards[i];
    const Artifact artifact{.uri = uri_of(pictures[of_board[i]].name), .index = of_board[i]};
    if (!was_compared(board)) notifications.push_back(notification_of(board, artifact));
    for (const ExportedFinding& one : board.findings) results.push_back(result_of(board, one, artifact, rules));
    if (board.is_suspected()) results.push_back(board_result(board, artifact, rules.size() - 1));
  }
  const ExportJson driver = {{"name", "boarddiff"}, {"version", BOARDDIFF_VERSION}, {"rules", rules_of(rules)}};
  const ExportJson invocation = {{"executionSuccessful", exported.status() != ExitStatus::trouble},
                                 {"toolExecutionNotifications", notifications}};
  const ExportJson run = {{"tool", {{"driver", driver}}},
                          {"invocations", ExportJson::array({invocation})},
                          {"artifacts", artifacts_of(pictures)},
                          {"results", results},
                          {"properties", {{"case", exported.file}, {"trail_hash", exported.trail_hash}}}};
  return json_file_text({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                         {"version", "2.1.0"},
                         {"runs", ExportJson::array({run})}});
}

}  // namespace boarddiff::cli
