// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/finding.h"
#include "compare/found_part.h"
#include "imaging/base/execution.h"
#include "imaging/base/frames.h"
#include "imaging/base/options.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

struct Comparison;
struct InspectionOptions;

struct SensitivityOptions {
  int copies = 2;  // of the sample, with some dozen virtual parts each; 0: sensitivity is not measured
  int seed = 1;    // of where they lie
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const SensitivityOptions& options);

inline constexpr std::size_t kLooks = 3;

struct PlantedCount {
  int planted = 0;
  int found = 0;
};

// Virtual parts of one size, in the unit of the whole.
struct SizeSensitivity {
  double length = 0;
  double width = 0;
  std::array<PlantedCount, kLooks> by_look = {};  // on the board itself, in the order of Sensitivity::looks
  PlantedCount on_parts = {};                     // of all looks, on top of other parts; of X-rays on what absorbs

  [[nodiscard]] PlantedCount all() const;  // on the board itself
};

// What would have been found.
struct Sensitivity {
  // What the parts look like: their colours; of X-rays what is in them.
  std::array<std::string_view, kLooks> looks = {"dark", "grey", "board"};
  // The same for sentences.
  std::array<std::string_view, kLooks> look_names = {"dark parts", "grey parts", "parts of the board's colour"};
  bool in_mm = false;                        // without a scale sizes are in pixels of the reference
  std::vector<SizeSensitivity> sizes = {};   // from the smallest to the largest
  std::optional<std::size_t> smallest = {};  // of `sizes`: on the board itself this and every larger one was found in
                                             // 95 % of the places
  std::array<std::optional<std::size_t>, kLooks> smallest_by_look = {};  // the same of one look each
  double share_of_board = 0;              // where that holds: inspected, with no part on it, less what was missed
  std::vector<imaging::Box> missed = {};  // in the reference, on parts as well: where virtual parts of that size or
                                          // larger were not found; of the largest size where none is that certain
  std::vector<FoundPart> found = {};      // of photographs: some of those that were, a few of each size, to be shown
};

// Plants virtual parts of known sizes into copies of the aligned sample, where there is room for them on the inspected
// board or on its parts, and runs the evidence and the findings on them. What lies on top of another part is found less
// often (it hides no structure and is displaced with it), so that this is told apart. `called`: what is at or
// above the threshold without them, advisory or not; `inspected_share`: of the board. Into X-rays it plants what
// absorbs, on the board and on what absorbs by itself. All boxes of the result are in the reference's frame: of `found`
// the boxes in the sample, too. Empty where there is no room.
[[nodiscard]] std::optional<Sensitivity> measure_sensitivity(const Comparison& compared,
                                                             const std::optional<double>& reference_px_per_mm,
                                                             const std::vector<Finding>& called, double inspected_share,
                                                             const InspectionOptions& options,
                                                             const imaging::Execution& execution = {});

// "Virtual parts of 1.6 x 0.8 mm and larger are found in 95 % of the places on the board itself (57 of 58) ..."
[[nodiscard]] std::string sentence_on(const Sensitivity& sensitivity);

}  // namespace boarddiff::compare
