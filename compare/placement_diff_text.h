// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/placement_diff.h"

#include <array>
#include <string>
#include <string_view>

namespace boarddiff::compare {

enum class DiffFormat { text, csv, json };
inline constexpr std::array kDiffFormats = {DiffFormat::text, DiffFormat::csv, DiffFormat::json};
[[nodiscard]] std::string_view name_of(DiffFormat format);

// The two files that were compared.
struct DiffNames {
  std::string first = {};
  std::string second = {};
};

// The differences: a sentence each for people, a row each (RFC 4180), or an object each; the fields are those of
// docs/layout-format.md. Each is told by the nearest named part besides itself in `neighbours`: "2.3 mm right of C221".
[[nodiscard]] std::string diff_text(const PlacementDiff& diff, const Placement& neighbours, DiffFormat format,
                                    const DiffNames& names);

}  // namespace boarddiff::compare
