// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace boarddiff::cli {

// Of who runs the program; "reviewer" where the system does not say.
[[nodiscard]] std::string login_name();

}  // namespace boarddiff::cli
