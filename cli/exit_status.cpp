// SPDX-License-Identifier: Apache-2.0
#include "cli/exit_status.h"

namespace boarddiff::cli {

ExitStatus exit_status_of(compare::Outcome outcome) {
  switch (outcome) {
    case compare::Outcome::nothing_found:
      return ExitStatus::nothing_found;
    case compare::Outcome::needs_review:
      return ExitStatus::needs_review;
    case compare::Outcome::not_comparable:
      return ExitStatus::not_comparable;
  }
  return ExitStatus::not_comparable;
}

std::string exit_status_help() {
  return "Exit status:\n"
         "  0  the pictures were compared and nothing was found\n"
         "  1  the pictures were compared and there are findings to review\n"
         "  2  trouble: arguments, files, or an error inside the program\n"
         "  3  the pictures could not be compared with each other\n";
}

}  // namespace boarddiff::cli
