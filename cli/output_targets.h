// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/output_file.h"

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

struct OutputFile {
  std::filesystem::path path = {};
  std::string bytes = {};
};

// Refuses, before any work, what could not or must not be written later: a target that exists (with Replace::refuse),
// is a folder, lies below a file or in a folder that cannot be written, is named twice, or is one of the inputs; an
// input is never replaced, whatever is allowed. Throws Error: output_exists, unwritable_output, invalid_option.
void check_targets(const std::vector<std::filesystem::path>& targets, const std::vector<std::filesystem::path>& inputs,
                   imaging::Replace replace);

// The same for many files of a folder, whose names differ: quick enough for thousands beside as many inputs.
void check_targets_in(const std::filesystem::path& folder, const std::vector<std::string>& names,
                      const std::vector<std::filesystem::path>& inputs, imaging::Replace replace);

// With the folders above it; does nothing when it is there. Throws Error{unwritable_output}.
void create_folder(const std::filesystem::path& folder);

// Those that exist; an empty path is passed over. Throws Error{unwritable_output}.
void remove_outputs(const std::vector<std::filesystem::path>& targets);

// Creates the folders that are missing, then writes the files in their order. Throws like imaging::write_file.
void write_outputs(const std::vector<OutputFile>& files, imaging::Replace replace);

}  // namespace boarddiff::cli
