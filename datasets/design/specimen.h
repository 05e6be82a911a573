// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"

#include <cstdint>

namespace boarddiff::datasets {

// How units of one design differ; the defaults are what lots of one factory show.
struct SpecimenSpread {
  double slip_mm = 0.03;
  double slip_deg = 0.6;       // deviation of parts up to 2 mm; longer ones turn less
  double lean_deg = 2.5;       // of parts on wires, which nothing pulls straight
  double tone = 0.25;          // deviation of part colours
  double other_codes = 0.5;    // share of markings whose date code is another
  double alternates = 0.04;    // share of packages that came from another maker: another tone, another number
  double label_slip_mm = 0.5;  // labels are stuck on by hand
  double flux_per_cm2 = 0.04;  // residues that washing left
  int dust_specks = 25;
};

// Another unit of the same design. The design itself is taken as drawn: every part on its footprint.
[[nodiscard]] BoardDesign another_specimen(const BoardDesign& design, std::uint64_t seed,
                                           const SpecimenSpread& spread = {});

}  // namespace boarddiff::datasets
