// SPDX-License-Identifier: Apache-2.0
#include "cli/layout_input.h"

#include "cli/load_reference.h"
#include "compare/placement_file.h"
#include "compare/reference_file.h"
#include "imaging/base/error.h"

#include <utility>

namespace boarddiff::cli {

std::vector<imaging::OptionProblem> problems(const LayoutReading& reading) {
  std::vector<imaging::OptionProblem> all = problems(reading.load);
  append(all, problems(reading.parts));
  append(all, problems(reading.fit));
  return all;
}

bool shows_a_board(const std::filesystem::path& path, const imaging::LoadOptions& load) {
  return compare::is_reference_file(path) || imaging::is_picture_file(path, load);
}

LayoutInput read_layout_input(const std::filesystem::path& path, const imaging::ScaleOptions& scale,
                              const imaging::LoadOptions& load) {
  if (!shows_a_board(path, load)) {
    return {.design = compare::read_placement(path)};
  }
  LoadedReference loaded = load_reference(path, imaging::Modality::photo, scale, load, ReferenceBoards::first);
  if (loaded.modality == imaging::Modality::xray) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         path.string() + ": holds X-rays; parts are listed from photographs alone");
  }
  return {.photo = std::move(loaded.known_good.boards.front()), .enrolled = std::move(loaded.design)};
}

void refuse_without_scale(const std::filesystem::path& path) {
  throw imaging::Error(imaging::ErrorCode::invalid_option,
                       path.string() +
                           ": its scale is not known; give --pixels-per-mm or another of the scale's flags, "
                           "or lay the board's design on it (boarddiff layout --cad)");
}

}  // namespace boarddiff::cli
