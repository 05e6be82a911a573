// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/kicad_board.h"
#include "compare/s_expression.h"

#include <map>
#include <optional>
#include <string>

// Private to the reader of KiCad's boards: single items, in the coordinates and with the angles (clockwise) of the
// list that they stand in.
namespace boarddiff::compare {

// Standard names of layers that a file has renamed.
using KicadLayerNames = std::map<std::string, std::string, std::less<>>;

[[nodiscard]] KicadLayerNames layer_names(const SExpression& board);
[[nodiscard]] std::string layer_of(const SExpression& item, const KicadLayerNames& names);

// The point in the list with this head; fails where there is none.
[[nodiscard]] imaging::Point point_in(const SExpression& item, std::string_view head);
// The angle in (at x y angle), clockwise; 0 where there is none.
[[nodiscard]] double angle_in(const SExpression& item);
// The corners in (pts ...).
[[nodiscard]] imaging::Polygon points_in(const SExpression& item);
// A switch in any of KiCad's ways to write it: a word, (name yes), (name).
[[nodiscard]] bool is_set(const SExpression& item, std::string_view name);

// gr_line, fp_line, gr_arc, ...; nothing for another kind of item.
[[nodiscard]] std::optional<KicadGraphic> graphic_from(const SExpression& item, const KicadLayerNames& names);
// `text` is the element that holds the text.
[[nodiscard]] KicadText text_from(const SExpression& item, std::string text, const KicadLayerNames& names);
// A footprint's own frame and contents; `angle_deg` of pads and texts relative to it.
[[nodiscard]] KicadFootprint footprint_from(const SExpression& item, const KicadLayerNames& names);

}  // namespace boarddiff::compare
