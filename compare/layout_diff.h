// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/board_surface.h"
#include "compare/layout.h"
#include "compare/pair_parts.h"

#include <optional>
#include <vector>

namespace boarddiff::compare {

enum class LayoutChangeKind { extra, missing, moved, resized };

// One difference between two layouts in one frame.
struct LayoutChange {
  LayoutChangeKind kind = LayoutChangeKind::extra;
  std::optional<imaging::Box> in_reference = {};  // where the reference has the component
  std::optional<imaging::Box> in_sample = {};     // where the sample has it
};

// Components that only one layout has, that stand elsewhere, or that changed their size. Bodies are the same when
// they overlap for the most part; a missing and an extra one of like size and close by are one that moved. Which
// bodies a picture shows as one depends on its light, so that bodies which together cover another are not a change.
[[nodiscard]] std::vector<LayoutChange> diff_layouts(const Layout& reference, const Layout& sample);

// Both layouts and what differs between them.
struct LayoutComparison {
  Layout reference = {};
  Layout sample = {};
  std::vector<LayoutChange> changes = {};
  BoardSurface surface = {};  // of the reference; of photographs
  PairParts parts = {};       // of photographs that show a millimetre with enough pixels
};

}  // namespace boarddiff::compare
