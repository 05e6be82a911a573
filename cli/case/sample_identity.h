// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/batch_list.h"

#include <filesystem>
#include <string>

namespace boarddiff::cli {

// What makes an inspection another one than all others, as one hash: the hashes of picture, reference and options, the
// board and its stage, and `more`, for rows that are no inspection of their own.
[[nodiscard]] std::string identity_of(const BatchSample& sample, const std::string& picture,
                                      const std::string& reference, const std::string& options,
                                      const std::string& more = {});

// Of a file, or why it cannot be read.
struct FileHash {
  std::string sha256 = {};
  std::string trouble = {};
};
[[nodiscard]] FileHash hash_of_file(const std::filesystem::path& path);

// SHA-256 of a text.
[[nodiscard]] std::string hash_of(const std::string& text);

}  // namespace boarddiff::cli
