// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/evaluation_compare.h"

#include <optional>
#include <string>
#include <vector>

namespace boarddiff::datasets {

// One self-contained page without a script: figures with bounds, curves, recall by group, kinds, the worst cases as
// pictures, all cases. The pictures are read from the cases of the same names; without them it goes without pictures.
[[nodiscard]] std::string evaluation_html(const Evaluation& evaluation, const std::optional<Comparison>& comparison,
                                          const std::vector<Case>& cases);

}  // namespace boarddiff::datasets
