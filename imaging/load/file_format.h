// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// Private to the loader: what a file is, from its first bytes alone.
namespace boarddiff::imaging::load {

enum class FileFormat { jpeg, png, tiff, bmp, webp, dicom };
[[nodiscard]] std::string_view name_of(FileFormat format);

// So many bytes of a file are enough for both functions below.
constexpr std::size_t kFirstBytes = 160;

// Empty when the bytes are not those of a format that is decoded here.
[[nodiscard]] std::optional<FileFormat> recognized(std::span<const std::byte> first_bytes);

// For a message about bytes that are not recognized: "looks like a PDF file (first bytes 25 50 44 46)".
[[nodiscard]] std::string likeness(std::span<const std::byte> first_bytes);

}  // namespace boarddiff::imaging::load
