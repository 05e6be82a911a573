// SPDX-License-Identifier: Apache-2.0
#include "cli/export/export_words.h"
#include "cli/export/formats.h"
#include "cli/export/picture_names.h"
#include "compare/json_numbers.h"

#include <filesystem>

namespace boarddiff::cli {
namespace {

// LabelMe counts from the corner of the first pixel, and not from its middle.
ExportJson point_of(double x, double y) {
  constexpr double kCorner = 0.5;
  return {compare::rounded(x + kCorner, compare::kPixelDigits), compare::rounded(y + kCorner, compare::kPixelDigits)};
}

ExportJson shape_of(const ExportedFinding& one) {
  const imaging::Box& box = one.found.sample_box;
  std::string description = one.found.reason;
  if (one.decided.state() != PlaceState::undecided) description += " [" + decision_words(one.decided) + "]";
  return {{"label", one.found.kind},
          {"points", {point_of(box.x, box.y), point_of(box.x + box.width, box.y + box.height)}},
          {"group_id", nullptr},
          {"description", description},
          {"shape_type", "rectangle"},
          {"flags", ExportJson::object()}};
}

ExportJson flags_of(const ExportedPicture& picture) {
  ExportJson flags = ExportJson::object();
  for (const ExportedBoard* board : picture.boards) {
    const PlaceState state = board->decided.state();
    if (state != PlaceState::undecided) flags[std::string(name_of(state))] = true;
  }
  return flags;
}

}  // namespace

std::vector<OutputFile> labelme_files(const CaseExport& exported) {
  std::vector<ExportedPicture> pictures = pictures_of(exported);
  std::erase_if(pictures, [](const ExportedPicture& one) { return one.size.empty(); });
  std::vector<std::string> names;
  names.reserve(pictures.size());
  for (const ExportedPicture& picture : pictures) names.push_back(picture.name);
  const std::vector<std::string> files = file_paths(names, ".json");
  std::vector<OutputFile> made;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    ExportJson shapes = ExportJson::array();
    for (const ExportedBoard* board : pictures[i].boards) {
      for (const ExportedFinding& one : board->findings) shapes.push_back(shape_of(one));
    }
    made.push_back(
        {files[i], json_file_text({{"version", "5.0.1"},
                                   {"flags", flags_of(pictures[i])},
                                   {"shapes", shapes},
                                   {"imagePath", std::filesystem::path(pictures[i].name).filename().string()},
                                   {"imageData", nullptr},
                                   {"imageHeight", pictures[i].size.height},
                                   {"imageWidth", pictures[i].size.width}})});
  }
  return made;
}

}  // namespace boarddiff::cli
