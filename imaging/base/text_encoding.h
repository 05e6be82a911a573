// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace boarddiff::imaging {

// The text of a file as UTF-8 without a byte order mark: from UTF-16 where its mark says so, as it is where it is
// UTF-8, else from Windows-1252, in which the design programs of that system wrote a "µ". What has no meaning there
// either becomes "?".
[[nodiscard]] std::string as_utf8(std::string bytes);

}  // namespace boarddiff::imaging
