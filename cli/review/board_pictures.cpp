// SPDX-License-Identifier: Apache-2.0
#include "cli/review/board_pictures.h"

#include "cli/case/reading_options.h"
#include "cli/case/sample_identity.h"
#include "cli/load_reference.h"
#include "compare/shown_pair.h"
#include "imaging/base/error.h"

#include <filesystem>

namespace boarddiff::cli {
namespace {

void check_is_as_it_was(const std::string& path, const std::string& sha256) {
  const FileHash now = hash_of_file(path);
  if (!now.trouble.empty()) throw imaging::Error(imaging::ErrorCode::unreadable_file, now.trouble);
  if (now.sha256 != sha256) {
    throw imaging::Error(imaging::ErrorCode::unreadable_file, path + ": has changed since it was inspected");
  }
}

bool is_told_by_its_picture(const PictureRequest& request) {
  return !request.reference_picture.empty() && compare::is_reference_file(request.board.reference_path);
}

void paint_part(BoardPictures& pictures, const CaseVirtualPart& part) {
  compare::paint(pictures.sample, part.painted);
  const auto crop = compare::crop_around(part.finding.reference_box, {}, {.image = {.pixels = pictures.reference}},
                                         {.image = {.pixels = pictures.sample}});
  if (!crop) return;
  pictures.reference_crop = compare::display_jpeg(crop->reference);
  pictures.sample_crop = compare::display_jpeg(crop->sample);
}

}  // namespace

PictureRequest picture_request(compare::Database& database, const CaseBoard& board) {
  return {.board = board,
          .options = options_of(database, board.id),
          .reference_picture = reference_picture_of(database, board.id),
          .alignment = alignment_of(database, board.id)};
}

BoardPictures load_board_pictures(const PictureRequest& request) {
  const CaseBoard& board = request.board;
  const ReadingOptions reading = reading_options_in(request.options);
  check_is_as_it_was(board.path, board.sha256);
  const bool by_picture = is_told_by_its_picture(request);
  if (!by_picture) check_is_as_it_was(board.reference_path, board.reference_sha256);
  const LoadedReference reference =
      load_reference(board.reference_path, reading.modality, {}, reading.load, ReferenceBoards::first);
  if (by_picture) {
    check_is_same_reference(board.reference_path, request.reference_picture,
                            reference.known_good.boards.front().source.sha256);
  }
  const imaging::BoardImage sample = imaging::load_board_image(board.path, reading.load);
  const compare::ShownPicture shown_reference =
      compare::shown_picture(reference.known_good.boards.front(), reference.modality);
  const compare::ShownPicture shown_sample = compare::shown_picture(sample, reference.modality);
  const cv::Size size = shown_reference.image.size();
  BoardPictures pictures{.reference = shown_reference.drawn(shown_reference.image.pixels)};
  pictures.sample = request.alignment ? compare::drawn_on_reference(shown_sample, *request.alignment, size,
                                                                    std::max(size.width, size.height))
                                      : shown_sample.drawn(shown_sample.image.pixels);
  if (request.painted && request.alignment) paint_part(pictures, *request.painted);
  return pictures;
}

}  // namespace boarddiff::cli
