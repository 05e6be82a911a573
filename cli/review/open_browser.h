// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace boarddiff::cli {

// Shows the address in the browser that the desktop has set, and goes on without waiting for it. False where there is
// no desktop, or nothing that opens addresses.
bool open_browser(const std::string& address);

}  // namespace boarddiff::cli
