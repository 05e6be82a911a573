// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace boarddiff::imaging {

// What happens when the target exists.
enum class Replace { refuse, allow };

// Writes bytes so that the target is either absent, old, or complete: a temporary file beside it, every return value
// checked, fsync, then a rename. Throws Error{output_exists} or Error{unwritable_output} naming the path and the
// system's reason; leaves no temporary file behind.
void write_file(const std::filesystem::path& path, std::string_view bytes, Replace replace);

}  // namespace boarddiff::imaging
