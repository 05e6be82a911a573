// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_boards.h"
#include "cli/case/decisions.h"
#include "cli/case/virtual_parts.h"
#include "compare/database.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// A virtual part that a review shows among the findings of a board.
struct SlippedPart {
  CaseVirtualPart part = {};
  int number = 0;                       // as the page counts: those of the case from there on count one more
  bool is_listed = true;                // false: it was decided about or cannot be shown; its number stays free
  std::vector<Decision> comments = {};  // on it, which no case file holds
};

struct SlippedChoice {
  double share = 1;           // of the boards that can show one, 0 to 1
  std::string reviewer = {};  // who is shown no part twice
  std::uint64_t seed = 0;     // decides which boards, and which part of each
};

// The virtual parts of one review. Safe to call from one thread at a time.
class SlippedParts {
 public:
  SlippedParts() = default;  // none, and none asked for
  // Of boards whose pictures are there, that nobody has decided anything about and this reviewer was shown no part on:
  // a part on a board that is done would stand alone.
  SlippedParts(compare::Database& database, const std::vector<CaseBoard>& boards, const SlippedChoice& choice);

  // Whether some were asked for.
  [[nodiscard]] bool any() const { return any_; }
  // Listed or not; null: that board has none.
  [[nodiscard]] SlippedPart* at(std::int64_t sample);
  [[nodiscard]] const SlippedPart* listed_at(std::int64_t sample) const;
  // From the numbers of the case to those of the page.
  [[nodiscard]] int shown_number(std::int64_t sample, int number) const;
  // The board with its part counted among its findings.
  [[nodiscard]] CaseBoard shown(CaseBoard board) const;

 private:
  bool any_ = false;
  std::map<std::int64_t, SlippedPart> parts_ = {};  // by sample
};

}  // namespace boarddiff::cli
