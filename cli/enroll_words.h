// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/board_check.h"
#include "compare/reference_file.h"
#include "imaging/registration.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// What `boarddiff enroll` says, in lines; empty when there is nothing of the kind. `registrations` are those of the
// boards from `begin` on, each on the first.

// "enrolled 3 known-good boards, see golden.bdref", and how well each board lies.
[[nodiscard]] std::string enrolled_words(const compare::ReferenceFile& file, const std::filesystem::path& output,
                                         std::size_t begin, const std::vector<imaging::Registration>& registrations);

// Which boards do not lie on the first, and why.
[[nodiscard]] std::string not_laid_words(const compare::ReferenceFile& file, std::size_t begin,
                                         const std::vector<imaging::Registration>& registrations);

// Which boards could not be compared with the others.
[[nodiscard]] std::string not_compared_words(const compare::ReferenceFile& file,
                                             const std::vector<compare::BoardCheck>& checks);

// The findings, with the boards that have them.
[[nodiscard]] std::string difference_words(const compare::ReferenceFile& file,
                                           const std::vector<compare::BoardCheck>& checks);

// The place below the threshold that varies most among the boards.
[[nodiscard]] std::string varying_words(const compare::ReferenceFile& file,
                                        const std::vector<compare::BoardCheck>& checks);

}  // namespace boarddiff::cli
