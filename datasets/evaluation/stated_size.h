// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/case_result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::datasets {

// Whether what a report says of its sensitivity holds for parts that were really put on the board: extra parts of
// photographs, by the size of their bodies, against the size from which on virtual parts were found.
enum class AgainstStated {
  not_told,     // no extra part, no size of it known, or no size stated
  at_or_above,  // at least as long and as wide: of these 95 % should be found
  between,      // neither of the others
  below_half,   // at most half as long and half as wide, of which the statement promises nothing
};
[[nodiscard]] AgainstStated against_stated(const CaseResult& result, const CaseChange& change);
[[nodiscard]] std::string_view name_of(AgainstStated against);  // "at_or_above"; empty for not_told

// Whether it lies on the board alone, on bare mask or across traces: that is where the statement is read as a promise.
// Virtual parts are planted wherever the pictures are even but for print and traces, on the tops of large parts as
// well, but not on footprints or close beside parts.
[[nodiscard]] bool lies_on_board(const CaseChange& change);

struct FoundCount {
  int parts = 0;
  int found = 0;  // by a finding at the tool's own threshold
};

// The parts on one ground, as case.json names it.
struct StatedOnGround {
  std::string ground = {};
  bool on_board = false;
  FoundCount at_or_above = {};
  FoundCount below_half = {};
};

// The photographs of one board whose reports state one size.
struct StatedByCases {
  std::optional<StatedSize> size = {};  // nothing: looked for, and no size is certain
  int cases = 0;
};

struct StatedSizes {
  std::vector<StatedByCases> sizes = {};     // from the smallest; no size last. Empty: no report says anything
  std::vector<StatedOnGround> grounds = {};  // those of the board alone first, then by name
};
[[nodiscard]] StatedSizes stated_sizes(const std::vector<CaseResult>& results);

// Over all grounds, and over those of the board alone or the others.
[[nodiscard]] StatedOnGround on_all_grounds(const StatedSizes& stated);
[[nodiscard]] StatedOnGround on_grounds(const StatedSizes& stated, bool on_board);

}  // namespace boarddiff::datasets
