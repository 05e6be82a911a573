// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/change/changes.h"

#include <cstddef>
#include <cstdint>

namespace boarddiff::test {

// The design that changes are tried on.
[[nodiscard]] datasets::BoardDesign controller();

// The design with this one change; fails the test where it cannot be made.
[[nodiscard]] datasets::ChangedBoard with_one(const datasets::BoardDesign& design, const datasets::WantedChange& wanted,
                                              std::uint64_t seed = 1);

// Parts that are on the board.
[[nodiscard]] std::ptrdiff_t populated(const datasets::BoardDesign& design);

// In millimetres of the board.
[[nodiscard]] imaging::Box box_of(const datasets::Place& place);
[[nodiscard]] double gap_between(const imaging::Box& a, const imaging::Box& b);

// Whether a trace runs through the box.
[[nodiscard]] bool crosses(const imaging::Box& box, const datasets::BoardDesign& design);

}  // namespace boarddiff::test
