// SPDX-License-Identifier: Apache-2.0
#include "cli/known_good_input.h"

#include "cli/design_input.h"
#include "cli/load_reference.h"
#include "cli/regions_file.h"

#include <optional>
#include <utility>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;

// With the design that is given, or the one that was enrolled.
compare::KnownGood with_design_of(LoadedReference loaded, const fs::path& reference,
                                  std::optional<compare::DesignFile> given, const compare::InspectionOptions& options,
                                  const imaging::Execution& execution) {
  if (!given && loaded.design) {
    given = enrolled_design(*loaded.design, reference);
  }
  if (!given) {
    return std::move(loaded.known_good);
  }
  return compare::with_design(std::move(loaded.known_good), *std::move(given), options.parts, options.design,
                              execution);
}

// An empty path gives no regions.
RegionsFile regions_in_file(const fs::path& path, const imaging::LoadOptions& options) {
  return path.empty() ? RegionsFile{} : read_regions(path, options);
}

}  // namespace

PreparedKnownGood prepare_known_good(const KnownGoodFiles& files, const imaging::LoadOptions& load,
                                     const compare::InspectionOptions& given, const imaging::Execution& execution) {
  std::optional<compare::DesignFile> design;
  if (!files.cad.empty()) {
    require_photographs("--cad", given.modality);
    design = read_design(files.cad, files.side);
  }
  const RegionsFile ignored = regions_in_file(files.ignore, load);
  const RegionsFile watched = regions_in_file(files.watch, load);
  LoadedReference loaded = load_reference(files.reference, given.modality, files.scale, load, ReferenceBoards::all);
  PreparedKnownGood prepared{.options = given, .frames = load_frames(files.frames, loaded.modality, load)};
  prepared.options.modality = loaded.modality;
  if (design || loaded.design) {
    require_photographs("--cad", loaded.modality);
  }
  loaded.known_good = corrected(std::move(loaded.known_good), prepared.frames);
  const cv::Size frame = loaded.known_good.boards.front().size();
  prepared.options.regions = {.ignored = joined(loaded.regions.ignored, regions_on(ignored, frame)),
                              .watched = joined(loaded.regions.watched, regions_on(watched, frame))};
  prepared.known_good =
      with_design_of(std::move(loaded), files.reference, std::move(design), prepared.options, execution);
  return prepared;
}

}  // namespace boarddiff::cli
