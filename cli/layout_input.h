// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/design_fit.h"
#include "compare/picture_layout.h"
#include "compare/placement.h"
#include "compare/reference_file.h"
#include "imaging/board_image.h"
#include "imaging/board_scale.h"
#include "imaging/load.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace boarddiff::cli {

// How files that say where parts are are read, looked at and laid on each other.
struct LayoutReading {
  imaging::ScaleOptions scale = {};  // of the first picture
  imaging::LoadOptions load = {};
  compare::PartOptions parts = {};
  compare::DesignFitOptions fit = {};
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const LayoutReading& reading);

// What a file says about where parts are: a design, or a photograph to look at.
struct LayoutInput {
  std::optional<compare::Placement> design = {};
  std::optional<imaging::BoardImage> photo = {};         // exactly one of the two
  std::optional<compare::EnrolledDesign> enrolled = {};  // with the photo, in a reference file
};

// Whether the file is a picture or a reference file, told by its first bytes, or by its size where load.raw says one.
// Throws Error{unreadable_file}.
[[nodiscard]] bool shows_a_board(const std::filesystem::path& path, const imaging::LoadOptions& load);

// A picture, a reference file (its first board), or a design, told by what stands in it. Throws Error as the readers
// do, and invalid_option for X-rays.
[[nodiscard]] LayoutInput read_layout_input(const std::filesystem::path& path, const imaging::ScaleOptions& scale,
                                            const imaging::LoadOptions& load);

// "photo.jpg: its scale is not known; ...".
[[noreturn]] void refuse_without_scale(const std::filesystem::path& path);

}  // namespace boarddiff::cli
