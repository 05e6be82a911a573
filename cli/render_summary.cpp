// SPDX-License-Identifier: Apache-2.0
#include "cli/render_summary.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace boarddiff::cli {
namespace {

using nlohmann::ordered_json;

double rounded(double value) { return std::round(value * 1000) / 1000; }

ordered_json json_of(const RenderedCase& rendered) {
  ordered_json changes = ordered_json::array();
  for (const datasets::TrueChange& change : rendered.changes) {
    changes.push_back({{"id", change.id},
                       {"kind", compare::name_of(change.kind)},
                       {"background", name_of(change.background)},
                       {"size_mm", {rounded(change.size_mm.x()), rounded(change.size_mm.y())}}});
  }
  return {{"folder", rendered.folder.string()},
          {"board", rendered.board},
          {"modality", name_of(rendered.modality)},
          {"severity", name_of(rendered.severity)},
          {"seed", rendered.seed},
          {"expect", rendered.same_board ? "alignable" : "not-the-same-board"},
          {"wanted", rendered.wanted},
          {"changes", std::move(changes)}};
}

std::string text_of(const RenderedCase& rendered) {
  const std::string folder = rendered.folder.string() + ": ";
  if (!rendered.same_board) {
    return folder + "not the same board";
  }
  if (rendered.wanted == 0) {
    return folder + "unchanged";
  }
  std::string line =
      folder + std::to_string(rendered.changes.size()) + (rendered.changes.size() == 1 ? " change" : " changes");
  for (std::size_t i = 0; i < rendered.changes.size(); ++i) {
    line += (i == 0 ? ": " : ", ") + rendered.changes[i].id;
  }
  if (rendered.changes.size() < rendered.wanted) {
    line += " (" + std::to_string(rendered.wanted - rendered.changes.size()) + " more found no room or cannot be seen)";
  }
  return line;
}

}  // namespace

RenderedCase rendered_case(const datasets::BoardPair& pair, std::size_t wanted, const std::filesystem::path& folder) {
  return {folder, pair.board, pair.modality, pair.severity, pair.seed, pair.same_board, wanted, pair.changes};
}

std::string rendered_text(const std::vector<RenderedCase>& cases) {
  std::string text;
  for (const RenderedCase& rendered : cases) {
    text += text_of(rendered) + "\n";
  }
  return text;
}

std::string rendered_json(const std::vector<RenderedCase>& cases) {
  ordered_json json = ordered_json::array();
  for (const RenderedCase& rendered : cases) {
    json.push_back(json_of(rendered));
  }
  return json.dump(1) + "\n";
}

}  // namespace boarddiff::cli
