// SPDX-License-Identifier: Apache-2.0
#include "cli/detector_frames.h"

#include "imaging/base/error.h"

#include <utility>

namespace boarddiff::cli {

imaging::DetectorFrames load_frames(const FrameFiles& files, imaging::Modality modality,
                                    const imaging::LoadOptions& options) {
  imaging::DetectorFrames frames;
  if (!files.dark.empty()) frames.dark = imaging::load_board_image(files.dark, options);
  if (!files.flat.empty()) frames.flat = imaging::load_board_image(files.flat, options);
  if (frames.any() && modality != imaging::Modality::xray) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "--dark and --flat correct X-rays; with photographs there is nothing for them to do "
                         "(--modality xray)");
  }
  return frames;
}

compare::KnownGood corrected(compare::KnownGood known_good, const imaging::DetectorFrames& frames) {
  if (frames.any() && !known_good.enrolled) {
    for (imaging::BoardImage& board : known_good.boards) board = imaging::flat_fielded(std::move(board), frames);
  }
  return known_good;
}

imaging::BoardImage corrected(imaging::BoardImage sample, const imaging::DetectorFrames& frames,
                              const compare::KnownGood& known_good) {
  if (!frames.any()) {
    return sample;
  }
  sample = imaging::flat_fielded(std::move(sample), frames);
  if (known_good.enrolled) {
    sample.notes.emplace_back("The boards of the reference file were not corrected: they are as they were enrolled.");
  }
  return sample;
}

}  // namespace boarddiff::cli
