// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/board_pair.h"

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// What was rendered, once the pictures are on disk.
struct RenderedCase {
  std::filesystem::path folder = {};
  std::string board = {};
  imaging::Modality modality = imaging::Modality::photo;
  datasets::Severity severity = datasets::Severity::usual;
  std::uint64_t seed = 0;
  bool same_board = true;
  std::size_t wanted = 0;  // changes that were asked for
  std::vector<datasets::TrueChange> changes = {};
};
[[nodiscard]] RenderedCase rendered_case(const datasets::BoardPair& pair, std::size_t wanted,
                                         const std::filesystem::path& folder);

// "out/server-1-photo-usual: 2 changes: missing_component-1-r0402, extra_wire-2-wire", a line a case.
[[nodiscard]] std::string rendered_text(const std::vector<RenderedCase>& cases);

// [{folder, board, modality, severity, seed, expect, wanted, changes [{id, kind, background, size_mm [w, h]}]}]
[[nodiscard]] std::string rendered_json(const std::vector<RenderedCase>& cases);

}  // namespace boarddiff::cli
