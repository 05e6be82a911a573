// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

// Private to the loader.
namespace boarddiff::imaging::load {

// All bytes of a regular file, opened read-only and read once. Throws Error: unreadable_file with the system's reason,
// also for a file that changes meanwhile; unless `any_format`, unsupported_format when its first bytes are none of
// ours, before the rest is read; too_large above `max_bytes`.
[[nodiscard]] std::vector<std::byte> read_picture_file(const std::filesystem::path& path, std::uint64_t max_bytes,
                                                       bool any_format);

}  // namespace boarddiff::imaging::load
