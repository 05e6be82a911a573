// SPDX-License-Identifier: Apache-2.0
#include "cli/load_reference.h"

#include "cli/regions_file.h"
#include "compare/decode_boards.h"
#include "imaging/base/error.h"

#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace boarddiff::cli {
namespace {

using imaging::Modality;

bool is_given(const imaging::ScaleOptions& scale) {
  return scale.pixels_per_mm || scale.points || scale.charuco || scale.ruler;
}

imaging::BoardImage scaled(imaging::BoardImage first, Modality modality, const imaging::ScaleOptions& scale) {
  if (first.pixels_per_mm && !is_given(scale)) {
    first.notes.push_back("The scale is what was measured when the boards were enrolled (" +
                          first.pixels_per_mm_origin + ").");
    return first;
  }
  const auto found = imaging::find_board_scale(first, modality, scale);
  return imaging::with_scale(std::move(first), found);
}

compare::RegionSet regions_of(const std::optional<compare::EnrolledRegions>& enrolled, const std::string& shown_name,
                              const cv::Size& frame, const imaging::LoadOptions& options) {
  if (!enrolled) {
    return {};
  }
  return regions_on(regions_in_bytes(enrolled->bytes, shown_name + ": " + enrolled->file, options), frame);
}

}  // namespace

LoadedReference load_reference(const std::filesystem::path& path, Modality given, const imaging::ScaleOptions& scale,
                               const imaging::LoadOptions& options, ReferenceBoards wanted) {
  if (!compare::is_reference_file(path)) {
    imaging::BoardImage picture = imaging::load_board_image(path, options);
    return {.modality = given, .known_good = {.boards = {scaled(std::move(picture), given, scale)}}};
  }
  compare::ReferenceFile file = compare::read_reference_file(path);
  if (given == Modality::xray && file.modality == Modality::photo) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "--modality xray: the boards of " + path.string() + " were enrolled as photographs");
  }
  if (wanted == ReferenceBoards::first) {
    file.boards.resize(1);
  }
  compare::LaidBoards boards = compare::decoded_boards(file, path.string(), options);
  boards.pictures.front() = scaled(std::move(boards.pictures.front()), file.modality, scale);
  const cv::Size frame = boards.pictures.front().size();
  std::vector<std::optional<imaging::PreparedFeatures>> features;
  for (compare::EnrolledBoard& board : file.boards) {
    features.push_back(std::move(board.features));
  }
  std::vector<std::size_t> all(boards.pictures.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return {.modality = file.modality,
          .known_good = {.enrolled = true,
                         .name = file.name,
                         .note = file.note,
                         .boards = in_one_frame(boards, all),
                         .features = std::move(features),
                         .variations = compare::decoded_variations(file.variations, path.string())},
          .regions = {.ignored = regions_of(file.ignored, path.string(), frame, options),
                      .watched = regions_of(file.watched, path.string(), frame, options)},
          .design = std::move(file.design)};
}

}  // namespace boarddiff::cli
