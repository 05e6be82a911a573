// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/acceptance/trials/trial_picture.h"

#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::trials {

// alignable: must be accepted, and rightly. stranger: must be refused. ambiguous: pictures of one board in which
// nothing says which of several fits is right; a refusal is right, and so is the true fit, but no other.
enum class Sort { alignable, stranger, ambiguous };
[[nodiscard]] std::string_view name_of(Sort sort);

struct Trial {
  std::string name = {};  // "usual/server-5101"
  Sort sort = Sort::alignable;
  std::string group = {};
  std::string reference = {};  // pictures of the album
  std::string sample = {};
};

// development: styles of boards that are looked at while developing. held_back: other styles, and other boards of the
// first.
enum class TrialSet { development, held_back };

// Fills the album with recipes; nothing is drawn yet. The same list each time.
[[nodiscard]] std::vector<Trial> make_trials(TrialSet set, Album& album);

}  // namespace boarddiff::trials
