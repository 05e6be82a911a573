// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_store.h"

#include <cstdint>
#include <filesystem>

namespace boarddiff::cli {

struct Merged {
  std::int64_t added = 0;      // samples that the target did not have
  std::int64_t completed = 0;  // that it had, without an inspection
  std::int64_t known = 0;      // that it had as they are
};

// Brings the samples of a case file, with all that belongs to them, into another one; what that has already stays as it
// is, so that the same file can be merged again. All or nothing. The other file is only read. Throws Error as the store
// does, and invalid_option where both are one file.
[[nodiscard]] Merged merge_case(CaseStore& target, const std::filesystem::path& target_path,
                                const std::filesystem::path& source_path);

}  // namespace boarddiff::cli
