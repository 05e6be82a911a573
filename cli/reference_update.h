// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/reference_file.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// SHA-256 of a reference file, of all its bytes.
struct ReferenceHashes {
  std::string before = {};
  std::string after = {};
};

// Reads the reference file, lets `change` work on it, writes the result beside it and renames it into place: whoever
// opens the file finds the old one or the new one, both whole. Programs that do so at the same time take turns, so that
// none loses another's change; what else replaced the file meanwhile is noticed, and kept. `expected`: the file's hash
// has to be one of these; none given: any will do.
// Throws Error, and the file is as it was: invalid_option for another hash, unwritable_output where it may not be
// written, is being written for too long, or was replaced meanwhile; and what read_reference_file, reference_file_bytes
// and `change` throw, damaged_file also for a result that could not be read again.
ReferenceHashes update_reference_file(const std::filesystem::path& path,
                                      const std::function<void(compare::ReferenceFile&)>& change,
                                      const std::vector<std::string>& expected = {});

}  // namespace boarddiff::cli
