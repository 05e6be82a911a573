// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/layout_input.h"
#include "cli/streams.h"
#include "compare/placement.h"
#include "compare/placement_text.h"

#include <filesystem>
#include <optional>

namespace boarddiff::cli {

// A picture (or reference file) or a design to the list of its parts.
struct LayoutJob {
  std::filesystem::path file = {};
  std::filesystem::path cad = {};  // a design that is laid on the picture; empty: that of a reference file, or none
  std::optional<compare::BoardSide> side = {};  // of the design the one listed, of a picture the one shown
  LayoutReading reading = {};
  bool quiet = false;
};

struct ListedParts {
  compare::Placement placement = {};
  compare::LayoutSource source = {};
  std::string design = {};  // what was laid on a picture; empty: nothing
  std::string reason = {};  // why the design does not fit the picture; then the notes alone are of use
};

// Throws Error: as the readers do, and invalid_option for a picture without a scale, for X-rays, and for a design that
// is given where a picture is asked for.
[[nodiscard]] ListedParts list_parts(const LayoutJob& job, const Streams& streams);

}  // namespace boarddiff::cli
