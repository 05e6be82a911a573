// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace boarddiff::imaging {

// Text that pictures hold, safe for a terminal and for a page: valid UTF-8 without line breaks, without what moves a
// cursor or turns the direction of writing. ASCII control characters become their pictures (U+2400 and following), so
// that separators inside codes stay visible; what else is not printable becomes U+FFFD. What goes beyond `most`
// characters is cut, with "..." behind.
[[nodiscard]] std::string printable_text(std::string_view untrusted, std::size_t most = 200);

}  // namespace boarddiff::imaging
