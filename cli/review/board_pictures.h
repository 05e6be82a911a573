// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_boards.h"
#include "cli/case/virtual_parts.h"
#include "imaging/load.h"
#include "imaging/plane_map.h"

#include <opencv2/core.hpp>

#include <optional>
#include <string>

namespace boarddiff::cli {

// What it takes to show a board's pictures in full.
struct PictureRequest {
  CaseBoard board = {};
  std::string options = {};                         // of its inspection, as JSON
  std::string reference_picture = {};               // SHA-256, of several boards of the first
  std::optional<imaging::PlaneMap> alignment = {};  // nothing: each picture as its file shows it
  std::optional<CaseVirtualPart> painted = {};      // what is painted into the sample; of aligned ones
};
[[nodiscard]] PictureRequest picture_request(compare::Database& database, const CaseBoard& board);

struct BoardPictures {
  cv::Mat3b reference = {};
  cv::Mat3b sample = {};  // in the reference's frame, where the two are aligned
  // JPEG files of both around the part that was painted, as those of findings.
  std::string reference_crop = {};
  std::string sample_crop = {};
};

// Reads both files again, as they were read for the inspection. Throws Error as the loader does, and unreadable_file
// for a file that is not what it was then; a reference file may hold other regions and variations by now, and has to
// hold the same first board.
[[nodiscard]] BoardPictures load_board_pictures(const PictureRequest& request);

}  // namespace boarddiff::cli
