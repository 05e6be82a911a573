// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <optional>
#include <string>
#include <string_view>

namespace boarddiff::compare {

// Spelt as in report.json.
enum class FindingKind {
  extra_component,
  missing_component,
  replaced_component,
  moved_component,  // turned counts as moved
  extra_wire,
  changed_trace,
  changed_interior,  // X-ray
  changed_marking,
  changed_surface,
};
[[nodiscard]] std::string_view name_of(FindingKind kind);

// One place for a person to look at.
struct Finding {
  int id = 0;  // 1, 2, ... best first, through findings and candidates
  FindingKind kind = FindingKind::changed_surface;
  double score = 0;  // 0 to 1, orders the review
  imaging::Box sample_box = {};
  imaging::Box reference_box = {};
  std::optional<imaging::Box> board_box_mm = {};
  std::string near = {};    // designators nearby; empty: unknown
  std::string watch = {};   // what the watched region is watched for in which it lies; empty: it lies in none
  std::string reason = {};  // one sentence for the reviewer
};

}  // namespace boarddiff::compare
