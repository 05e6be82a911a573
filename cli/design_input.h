// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/known_design.h"
#include "compare/reference_file.h"
#include "imaging/base/options.h"
#include "imaging/board_image.h"

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// The bytes of a design file. Throws Error{unreadable_file} and too_large.
[[nodiscard]] std::string bytes_of_design(const std::filesystem::path& path);

// A design of which the pictures show that side; `shown_name` stands for it in messages, `name` in reports. Throws as
// placement_in_bytes does.
[[nodiscard]] compare::DesignFile design_in_bytes(const std::string& bytes, const std::string& shown_name,
                                                  const std::string& name, compare::BoardSide side);
[[nodiscard]] compare::DesignFile read_design(const std::filesystem::path& path, compare::BoardSide side);

// The design that a reference file holds.
[[nodiscard]] compare::DesignFile enrolled_design(const compare::EnrolledDesign& design,
                                                  const std::filesystem::path& reference);

// Flags that speak of a design, though none is given.
[[nodiscard]] std::vector<imaging::OptionProblem> problems_without_design(const std::filesystem::path& cad,
                                                                          compare::BoardSide side, bool places_given);

// Throws Error{invalid_option}, with the flag, where the pictures are X-rays: parts are found in photographs alone.
void require_photographs(const std::string& flag, imaging::Modality modality);

}  // namespace boarddiff::cli
