// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace boarddiff::test {

// A board of 40 x 30 mm whose corner lies at (100, 50), in the way of KiCad 6 to 8: a rounded corner, a round cut-out
// of 4 mm at (105, 75), on the front R1 (0603, turned by 90 degrees, at (110, 60)) and U1 (SOIC-8 at (125, 60), not
// fitted), on the back C1 (0805 at (110, 70)), a header J1 of 3 pins at (130, 70), tracks, a via, an area of copper.
[[nodiscard]] std::string kicad_6_board();

// The same outline as lines alone, R1 and C1 as KiCad 5 writes them, with layers renamed by the user.
[[nodiscard]] std::string kicad_5_board();

}  // namespace boarddiff::test
