// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/case_result.h"

#include <string>
#include <vector>

namespace boarddiff::test {

// Eight cases small enough to work out every figure by hand: a changed board; one whose further differences are not
// known; unchanged ones without and with a false call; a board refused; strangers refused and compared; a failure.
[[nodiscard]] std::vector<datasets::CaseResult> evaluation_set();

// An unchanged board of this name that was compared and on which nothing was found.
[[nodiscard]] datasets::CaseResult quiet_case(const std::string& name);

[[nodiscard]] datasets::CaseChange change_of(const std::string& id, const std::string& kind,
                                             const std::vector<double>& size_mm);
[[nodiscard]] datasets::CaseFinding finding_of(double score, const std::string& kind,
                                               const std::vector<std::string>& hits, bool shown = true);

}  // namespace boarddiff::test
