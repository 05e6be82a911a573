// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/reference_file.h"

#include <filesystem>
#include <functional>
#include <string>

namespace boarddiff::cli {

// SHA-256 of a reference file, of all its bytes.
struct ReferenceHashes {
  std::string before = {};
  std::string after = {};
};

// Reads the reference file, lets `change` work on it, writes the result beside it and renames it into place: whoever
// opens the file finds the old one or the new one, both whole. Programs that do so at the same time take turns, so that
// none loses another's change; what else replaced the file meanwhile is noticed, and kept.
// Throws Error, and the file is as it was: unwritable_output where it may not be
// written, is being written for too long, or was replaced meanwhile; and what read_reference_file, reference_file_bytes
// and `change` throw, damaged_file also for a result that could not be read again.
ReferenceHashes update_reference_file(const std::filesystem::path& path,
                                      const std::function<void(compare::ReferenceFile&)>& change);

}  // namespace boarddiff::cli
