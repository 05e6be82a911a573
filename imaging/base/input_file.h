// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace boarddiff::imaging {

// The first bytes of a regular file, opened read-only; fewer when it has fewer. Throws Error{unreadable_file} with the
// system's reason.
[[nodiscard]] std::vector<std::byte> read_start(const std::filesystem::path& path, std::size_t most_bytes);

// All bytes of a regular file, opened read-only and read once. `check` is given the first ones (`start_bytes`, or fewer
// when the file has fewer) and the size before the rest is read, and throws to refuse the file. Throws
// Error{unreadable_file} with the system's reason, also for a file that changes meanwhile.
[[nodiscard]] std::vector<std::byte> read_file(
    const std::filesystem::path& path, std::size_t start_bytes,
    const std::function<void(std::span<const std::byte> start, std::uint64_t size)>& check);

// The same as a string, which need not be text, of a file of at most so many megabytes (of 2^20 bytes). Throws
// Error{unreadable_file, too_large}.
[[nodiscard]] std::string read_string(const std::filesystem::path& path, std::uint64_t most_megabytes);

}  // namespace boarddiff::imaging
