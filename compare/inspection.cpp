// SPDX-License-Identifier: Apache-2.0
#include "compare/inspection.h"

namespace boarddiff::compare {

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::not_comparable:
      return "not_comparable";
    case Outcome::nothing_found:
      return "nothing_found";
    case Outcome::needs_review:
      return "needs_review";
  }
  return "not_comparable";
}

std::vector<imaging::OptionProblem> problems(const InspectionOptions&) { return {}; }

InspectionReport inspect(const imaging::BoardImage&, const imaging::BoardImage&, const InspectionOptions&,
                         const imaging::Execution&) {
  return {.reason = "not built yet"};
}

}  // namespace boarddiff::compare
