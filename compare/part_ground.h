// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/board_surface.h"

#include <opencv2/core.hpp>

#include <optional>
#include <string_view>

namespace boarddiff::compare {

// What an added part lies on, as the reference shows it. Spelt as in report.json.
enum class PartGround {
  bare_board,
  across_traces,    // or print
  empty_footprint,  // pads that the reference leaves without a part: units of one design differ like this
  on_part,
};
[[nodiscard]] std::string_view name_of(PartGround ground);

// "on bare board"
[[nodiscard]] std::string_view words_for(PartGround ground);

// What the reference shows where a part was added: the place turned upright, with half of its sides around it.
struct BelowPart {
  cv::Mat3f light = {};    // as in NormalizedPair
  cv::Mat1b covered = {};  // 255 where it is no substrate
};

// Nothing where it cannot be told.
[[nodiscard]] std::optional<PartGround> ground_in(const BelowPart& below, const Substrate& substrate);

}  // namespace boarddiff::compare
