// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"

#include <opencv2/core.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace boarddiff::datasets {

// What is repeated: memory slots one under the other, pin headers side by side, chips each with the same small parts
// around it, or one small circuit as it stands on a panel, with the same names, traces and copper.
enum class RepeatedField { memory_slots, pin_headers, chips, modules };
inline constexpr std::array kRepeatedFields = {RepeatedField::memory_slots, RepeatedField::pin_headers,
                                               RepeatedField::chips, RepeatedField::modules};
// With dashes: "memory-slots".
[[nodiscard]] std::string_view name_of(RepeatedField field);

struct PeriodicSettings {
  RepeatedField field = RepeatedField::modules;
  std::uint64_t field_seed = 1;                // the same seed, the same field, whatever is around it
  imaging::Point before_mm = {14, 11};         // from the board's left and upper edge to the field
  imaging::Point after_mm = {14, 11};          // from the field to the right and lower edge
  BoardStyle around = BoardStyle::controller;  // what the rest of the board is populated with
};

struct PeriodicDesign {
  BoardDesign board = {};
  imaging::Box field_mm = {};  // whole periods
  imaging::Point period_mm = imaging::Point::Zero();
};

// A board whose middle looks the same when it is shifted by a period, while all around it is not: what a registration
// can be a period wrong on. Units differ within the field as they do elsewhere.
[[nodiscard]] PeriodicDesign make_periodic_design(const PeriodicSettings& settings, std::uint64_t seed);

}  // namespace boarddiff::datasets
