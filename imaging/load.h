// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/options.h"
#include "imaging/board_image.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace boarddiff::imaging {

inline constexpr int kMostFrames = 32'000;  // of a file; so many whole numbers of 16 bits can be added up in 32

struct LoadOptions {
  double max_megapixels = 250;  // of the decoded picture; checked in the header, before decoding
  bool accept_damaged = false;  // use what is left of a file with missing or corrupt data, with a note

  // WIDTHxHEIGHT:FORMAT[:OFFSET] of files without a format (load/raw.h); empty: these are refused. Files of a known
  // format are read as what they are all the same.
  std::string raw = {};

  // Which one of a file's frames (DICOM) or pages (TIFF), from 1 on; 0: the mean of all frames, the first page. Files
  // with a single one are read as they are.
  int frame = 0;
};
[[nodiscard]] std::vector<OptionProblem> problems(const LoadOptions& options);

// Whether the file begins as a picture does that is decoded here, or has the size that options.raw says. Throws
// Error{unreadable_file}.
[[nodiscard]] bool is_picture_file(const std::filesystem::path& path, const LoadOptions& options = {});

// How many megapixels a picture has, by its header, without decoding it. Nothing where the file cannot be read, is no
// picture, or is refused by what its header says.
[[nodiscard]] std::optional<double> picture_megapixels(const std::filesystem::path& path,
                                                       const LoadOptions& options = {});

// Opens the file read-only, reads it once, and decodes those bytes. Throws Error: unreadable_file,
// unsupported_format, damaged_file, too_large; the message names the path as given and the reason.
[[nodiscard]] BoardImage load_board_image(const std::filesystem::path& path, const LoadOptions& options = {});

// The same, with the bytes that were decoded.
struct LoadedPicture {
  BoardImage image = {};
  std::string bytes = {};
};
[[nodiscard]] LoadedPicture load_picture(const std::filesystem::path& path, const LoadOptions& options = {});

// The same for bytes already in memory; `shown_name` stands in for the path in messages and in source.name.
// The format is taken from the first bytes alone.
[[nodiscard]] BoardImage decode_board_image(std::span<const std::byte> bytes, const std::string& shown_name,
                                            const LoadOptions& options = {});

}  // namespace boarddiff::imaging
