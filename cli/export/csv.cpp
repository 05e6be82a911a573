// SPDX-License-Identifier: Apache-2.0
#include "cli/export/export_words.h"
#include "cli/export/formats.h"
#include "imaging/base/printable_text.h"
#include "imaging/base/text.h"

#include <string_view>

namespace boarddiff::cli {
namespace {

// Columns are only added, behind the last.
constexpr std::string_view kHead =
    "board,serial,lot,side,stage,operator,station,taken,file,sha256,reference,reference_sha256,earlier_stage,state,"
    "outcome,board_reason,board_decision,board_comments,finding,kind,score,above_threshold,advisory,near,watch,reason,"
    "sample_x,sample_y,sample_width,sample_height,reference_x,reference_y,reference_width,reference_height,decision,"
    "dismissed_as,reviewers,comments\n";

// Line breaks stay, for what people wrote; all else that is no text becomes visible.
std::string without_controls(const std::string& text) {
  constexpr std::size_t kMostCharacters = 32'000;  // a cell of Excel holds little more
  std::string clean;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = text.find('\n', begin);
    clean += imaging::printable_text(text.substr(begin, end - begin), kMostCharacters);
    if (end == std::string::npos) {
      return clean;
    }
    clean += '\n';
    begin = end + 1;
  }
}

// Spreadsheets calculate what begins like a formula, wherever the file comes from.
std::string text_cell(const std::string& text) {
  const bool is_formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  return imaging::csv_cell((is_formula ? "'" : "") + without_controls(text));
}

std::string joined(const std::vector<std::string>& texts) {
  std::string cells;
  for (const std::string& text : texts) cells.append(text_cell(text)).append(",");
  return cells;
}

std::string box_cells(const imaging::Box& box) {
  std::string cells;
  for (const double number : {box.x, box.y, box.width, box.height}) {
    cells.append(imaging::fixed_text(number, 2)).append(",");
  }
  return cells;
}

std::string board_cells(const ExportedBoard& one) {
  const CaseBoard& board = one.board;
  return joined({board.name(), board.serial, board.lot, board.side, board.stage, board.performer, board.station,
                 board.taken, board.file, board.sha256, board.reference_file, board.reference_sha256,
                 board.earlier_stage, board.state, board.outcome, board.reason, decision_words(one.decided),
                 comments_of(one.decided)});
}

std::string finding_cells(const ExportedFinding& one) {
  const CaseFinding& found = one.found;
  std::string cells = std::to_string(found.number) + "," + joined({found.kind});
  cells += imaging::fixed_text(found.score, 4) + ",";
  cells += std::string(found.above_threshold ? "yes" : "no") + "," + (found.advisory != 0 ? "yes" : "no") + ",";
  cells += joined({found.near, found.watch, found.reason});
  cells += box_cells(found.sample_box) + box_cells(found.reference_box);
  cells += joined({std::string(name_of(one.decided.state())), dismissals_of(one.decided), reviewers_of(one.decided)});
  return cells + text_cell(comments_of(one.decided));
}

}  // namespace

std::string csv_text(const CaseExport& exported) {
  constexpr int kFindingColumns = 20;
  std::string text(kHead);
  for (const ExportedBoard& one : exported.boards) {
    const std::string board = board_cells(one);
    for (const ExportedFinding& finding : one.findings) text.append(board).append(finding_cells(finding)).append("\n");
    if (one.findings.empty()) text.append(board).append(kFindingColumns - 1, ',').append("\n");
  }
  return text;
}

}  // namespace boarddiff::cli
