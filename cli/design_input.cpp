// SPDX-License-Identifier: Apache-2.0
#include "cli/design_input.h"

#include "compare/placement_file.h"
#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/digest.h"

#include <cstddef>
#include <span>

namespace boarddiff::cli {

std::string bytes_of_design(const std::filesystem::path& path) {
  return imaging::read_string(path, compare::kMostDesignMegabytes);
}

compare::DesignFile design_in_bytes(const std::string& bytes, const std::string& shown_name, const std::string& name,
                                    compare::BoardSide side) {
  return {.name = name,
          .sha256 = imaging::sha256_hex(std::as_bytes(std::span(bytes))),
          .side = side,
          .placement = compare::placement_in_bytes(bytes, shown_name)};
}

compare::DesignFile read_design(const std::filesystem::path& path, compare::BoardSide side) {
  return design_in_bytes(bytes_of_design(path), path.string(), path.filename().string(), side);
}

compare::DesignFile enrolled_design(const compare::EnrolledDesign& design, const std::filesystem::path& reference) {
  compare::DesignFile file =
      design_in_bytes(design.bytes, reference.string() + ": " + design.file, design.file, design.side);
  file.places = design.places;
  return file;
}

std::vector<imaging::OptionProblem> problems_without_design(const std::filesystem::path& cad, compare::BoardSide side,
                                                            bool places_given) {
  std::vector<imaging::OptionProblem> found;
  const std::string rule = "must be given together with --cad";
  if (cad.empty() && places_given) {
    found.push_back({"--cad.places", rule, "missing"});
  }
  if (cad.empty() && side != compare::BoardSide::top) {
    found.push_back({"--side", rule, std::string(name_of(side))});
  }
  return found;
}

void require_photographs(const std::string& flag, imaging::Modality modality) {
  if (modality == imaging::Modality::xray) {
    throw imaging::Error(imaging::ErrorCode::invalid_option, flag + ": designs are laid on photographs, not on X-rays");
  }
}

}  // namespace boarddiff::cli
