// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/reference_file.h"

#include <string>

namespace boarddiff::test {

// A region to ignore, a design of the bottom, a variation and a withdrawn one, and two boards, golden.png with a scale
// and features and second.png, which a shift of (3, -2) px and a slight bow lays on the first.
[[nodiscard]] compare::ReferenceFile small_reference_file();

// The bytes of a database after statements that change it. Throws std::runtime_error when one of them fails.
[[nodiscard]] std::string altered_database(const std::string& bytes, const std::string& sql);

}  // namespace boarddiff::test
