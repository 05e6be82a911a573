// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/flag.h"
#include "imaging/board_scale.h"

#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// The scale of the reference as it is written on the command line; empty texts are not given.
struct ScaleArguments {
  std::optional<double> pixels_per_mm = {};
  std::string points = {};  // X1,Y1,X2,Y2
  std::optional<double> points_mm = {};
  std::string charuco = {};  // COLUMNSxROWS,SQUARE_MM,MARKER_MM[,DICT]
  std::string ruler = {};    // MARKER_MM,PITCH_MM[,DICT]
};

[[nodiscard]] FlagGroup scale_flags(ScaleArguments& arguments);

struct ParsedScale {
  imaging::ScaleOptions options = {};
  std::vector<imaging::OptionProblem> problems = {};  // of the texts and of what they say
};
[[nodiscard]] ParsedScale parse_scale(const ScaleArguments& arguments);

}  // namespace boarddiff::cli
