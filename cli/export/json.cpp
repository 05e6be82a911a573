// SPDX-License-Identifier: Apache-2.0
#include "cli/export/export_words.h"
#include "cli/export/formats.h"
#include "compare/json_numbers.h"

namespace boarddiff::cli {
namespace {

using compare::box_document;
using compare::kPixelDigits;
using compare::kShareDigits;
using compare::rounded;
using compare::text_or_null;

ExportJson decision_document(const Standing& decided) {
  ExportJson verdicts = ExportJson::array();
  for (const Decision& one : decided.verdicts) {
    verdicts.push_back({{"reviewer", one.reviewer},
                        {"verdict", one.verdict},
                        {"reason", text_or_null(one.reason)},
                        {"comment", text_or_null(one.comment)},
                        {"at", one.at}});
  }
  ExportJson comments = ExportJson::array();
  for (const Decision& one : decided.comments) {
    comments.push_back({{"reviewer", one.reviewer}, {"comment", one.comment}, {"at", one.at}});
  }
  return {{"state", name_of(decided.state())}, {"verdicts", verdicts}, {"comments", comments}};
}

ExportJson finding_document(const ExportedFinding& one) {
  const CaseFinding& found = one.found;
  return {{"number", found.number},
          {"kind", found.kind},
          {"score", rounded(found.score, kShareDigits)},
          {"above_threshold", found.above_threshold},
          {"advisory", found.advisory != 0},
          {"sample_box", box_document(found.sample_box, kPixelDigits)},
          {"reference_box", box_document(found.reference_box, kPixelDigits)},
          {"near", text_or_null(found.near)},
          {"watch", text_or_null(found.watch)},
          {"reason", found.reason},
          {"decision", decision_document(one.decided)}};
}

ExportJson board_document(const ExportedBoard& one) {
  const CaseBoard& board = one.board;
  const bool is_inspected = board.state == "inspected";
  ExportJson findings = ExportJson::array();
  for (const ExportedFinding& finding : one.findings) findings.push_back(finding_document(finding));
  const bool has_size = !one.sample_size.empty();
  return {{"id", board.id},
          {"name", board.name()},
          {"serial", text_or_null(board.serial)},
          {"lot", text_or_null(board.lot)},
          {"side", text_or_null(board.side)},
          {"stage", text_or_null(board.stage)},
          {"operator", text_or_null(board.performer)},
          {"station", text_or_null(board.station)},
          {"taken", text_or_null(board.taken)},
          {"file", board.file},
          {"sha256", text_or_null(board.sha256)},
          {"width", has_size ? ExportJson(one.sample_size.width) : ExportJson()},
          {"height", has_size ? ExportJson(one.sample_size.height) : ExportJson()},
          {"reference",
           {{"file", board.reference_file},
            {"sha256", board.reference_sha256},
            {"is_earlier_picture", board.is_against_earlier},
            {"stage", text_or_null(board.earlier_stage)}}},
          {"state", board.state},
          {"outcome", text_or_null(board.outcome)},
          {"reason", board.reason},
          {"score", is_inspected ? rounded(board.score, kShareDigits) : ExportJson()},
          {"inspected_at", text_or_null(board.inspected_at)},
          {"findings", findings},
          {"decision", decision_document(one.decided)}};
}

}  // namespace

std::string json_text(const CaseExport& exported) {
  ExportJson boards = ExportJson::array();
  for (const ExportedBoard& one : exported.boards) boards.push_back(board_document(one));
  return json_file_text({{"schema", "boarddiff.case/1"},
                         {"tool", {{"name", "boarddiff"}, {"version", BOARDDIFF_VERSION}}},
                         {"case", exported.file},
                         {"trail_hash", exported.trail_hash},
                         {"boards", boards}});
}

}  // namespace boarddiff::cli
