// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/layout_input.h"
#include "cli/streams.h"
#include "compare/placement_diff.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// Two files that say where the parts of a board are; each a picture, a reference file or a design.
struct LayoutDiffJob {
  std::filesystem::path first = {};
  std::filesystem::path second = {};
  std::optional<compare::BoardSide> side = {};  // that is compared; pictures show the top without it
  LayoutReading reading = {};
  compare::PlacementDiffOptions diff = {};
  bool quiet = false;
};

struct ComparedLayouts {
  compare::PlacementDiff diff = {};
  compare::Placement neighbours = {};  // in the frame of the differences; with names where either has them
  std::vector<std::string> notes = {};
  std::string reason = {};  // why they do not fit each other; then nothing was compared
};

// The frame is that of the design, or of the first. Throws Error as the readers do, and invalid_option for X-rays and
// where no picture has a scale.
[[nodiscard]] ComparedLayouts compare_layouts(const LayoutDiffJob& job, const Streams& streams);

}  // namespace boarddiff::cli
