// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace boarddiff::cli {

// Whether the file, or the folder that it would be made in, lies on another machine: shared memory and locks are not
// to be relied on there. False where the system does not say.
[[nodiscard]] bool is_on_network(const std::filesystem::path& path);

}  // namespace boarddiff::cli
