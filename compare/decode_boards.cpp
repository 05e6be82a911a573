// SPDX-License-Identifier: Apache-2.0
#include "compare/decode_boards.h"

#include "imaging/base/error.h"
#include "imaging/base/text.h"

#include <algorithm>
#include <span>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::Error;
using imaging::ErrorCode;

// All boards are decoded, and brought to the size of one of them, at once.
void check_memory(const ReferenceFile& file, const std::string& shown_name, const imaging::LoadOptions& options) {
  constexpr double kPictures = 4;  // of the largest that is allowed
  constexpr double kMegapixel = 1e6;
  double largest = 0;
  for (const EnrolledBoard& board : file.boards) {
    largest = std::max(largest, board.size.width * static_cast<double>(board.size.height));
  }
  const double all = largest * static_cast<double>(file.boards.size()) / kMegapixel;
  if (all > kPictures * options.max_megapixels) {
    throw Error(ErrorCode::too_large,
                shown_name + ": its " + std::to_string(file.boards.size()) + " boards have " +
                    imaging::fixed_text(all, 0) +
                    " megapixels in all; more than four times --load.max-megapixels are too many");
  }
}

}  // namespace

LaidBoards decoded_boards(const ReferenceFile& file, const std::string& shown_name,
                          const imaging::LoadOptions& options) {
  check_memory(file, shown_name, options);
  LaidBoards boards;
  for (const EnrolledBoard& board : file.boards) {
    imaging::LoadOptions as_enrolled = options;
    if (!board.raw.empty()) as_enrolled.raw = board.raw;
    as_enrolled.frame = board.frame;
    imaging::BoardImage picture =
        imaging::decode_board_image(std::as_bytes(std::span(board.bytes)), shown_name + ": " + board.file, as_enrolled);
    if (picture.size() != board.size) {
      throw Error(ErrorCode::damaged_file,
                  shown_name + ": is damaged: the picture " + board.file + " has another size than it had");
    }
    picture.source.name = board.file;
    picture.pixels_per_mm = board.pixels_per_mm;
    picture.pixels_per_mm_origin = board.pixels_per_mm_origin;
    boards.pictures.push_back(std::move(picture));
    boards.from_first.push_back(board.from_first);
  }
  return boards;
}

}  // namespace boarddiff::compare
