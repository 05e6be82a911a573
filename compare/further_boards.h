// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"

#include <string>
#include <vector>

namespace boarddiff::compare {

// What all known-good boards together say of a sample.
struct FurtherBoards {
  Evidence evidence = {};                // each place as the board has it that explains it best
  std::vector<std::string> unused = {};  // one a board: why the sample could not be compared with it; empty when it was
};

// The boards behind the first, each compared with the sample, joined to what `first` found against the first one.
// A place counts for a further board where it lies on the first one's board and neither this board's picture nor the
// sample's has a fault there.
[[nodiscard]] FurtherBoards compare_further_boards(const KnownGood& known_good, const imaging::BoardImage& sample,
                                                   const Comparison& first, const InspectionOptions& options = {},
                                                   const imaging::Execution& execution = {});

// The faults less those of the reference where another board was compared.
[[nodiscard]] std::vector<imaging::FaultyPlaces> without_made_good(std::vector<imaging::FaultyPlaces> faults,
                                                                   const Evidence& evidence);

}  // namespace boarddiff::compare
