// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_store.h"
#include "cli/case/decisions.h"
#include "cli/case/virtual_parts.h"
#include "compare/database.h"

#include <string>
#include <vector>

namespace boarddiff::cli {

// What reviewers made of virtual parts that they took for findings (table `vigilance`): apart from all decisions.

// Adds the row, with the time of now, and writes it into the trail; only the first answer of a reviewer about a part
// counts, and later ones are left out. `decision`: verdict, reason, comment and reviewer; it passes check_words and is
// no comment.
void record_answer(CaseStore& store, const CaseVirtualPart& part, const Decision& decision);

// What one reviewer made of the parts of one size.
struct SizeRate {
  std::string size = {};  // "1.6 x 0.8 mm"
  int hit = 0;            // marked as unexpected
  int missed = 0;         // dismissed
  int unsure = 0;
};
// Over all that is in the file, from the smallest size to the largest.
[[nodiscard]] std::vector<SizeRate> hit_rates(compare::Database& database, const std::string& reviewer);

// "3 of 4 virtual parts of 1.6 x 0.8 mm, unsure about 1 more", a line each and one for all together, then, where it is
// so, that they are too few to say much. Empty for no rates.
[[nodiscard]] std::vector<std::string> words_on(const std::vector<SizeRate>& rates);

}  // namespace boarddiff::cli
