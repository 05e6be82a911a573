// SPDX-License-Identifier: Apache-2.0
#include "cli/login_name.h"

#include <cstdlib>

namespace boarddiff::cli {

std::string login_name() {
  for (const char* variable : {"LOGNAME", "USER"}) {
    if (const char* name = std::getenv(variable); name != nullptr && *name != '\0') return name;
  }
  return "reviewer";
}

}  // namespace boarddiff::cli
