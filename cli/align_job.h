// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/streams.h"
#include "compare/alignment_view.h"
#include "compare/mapping.h"
#include "imaging/board_scale.h"
#include "imaging/frame_warp.h"
#include "imaging/load.h"

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// Two picture files to one aligned picture, and what else is asked for; an empty path is not asked for.
struct AlignJob {
  std::filesystem::path reference = {};
  std::filesystem::path sample = {};
  std::filesystem::path output = {};                        // the other picture in the chosen frame
  imaging::Frame frame = imaging::Frame::reference;         // of the outputs that are pictures
  std::filesystem::path config = {};                        // only so that it is never replaced
  std::filesystem::path points = {};                        // to map
  std::filesystem::path points_output = {};                 // given exactly when `points` is
  imaging::Frame points_frame = imaging::Frame::reference;  // of `points`; they are mapped into the other one
  std::filesystem::path mapping = {};
  std::filesystem::path view = {};
  compare::ViewKind view_kind = compare::ViewKind::checkerboard;
  imaging::Modality modality = imaging::Modality::photo;
  imaging::ScaleOptions scale = {};
  imaging::LoadOptions load = {};
  imaging::RegistrationOptions registration = {};
  bool force = false;
  bool quiet = false;
};

// What is wrong with the job before a file is touched.
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const AlignJob& job);

// Aligns and writes. What can be refused is refused before the pictures are aligned, and all files are made in memory
// before the first is written. Of pictures that cannot be aligned only the mapping is written, which says so; with
// `force`, no output of an earlier run stays beside it. Throws Error.
[[nodiscard]] compare::Mapping run_alignment(AlignJob job, const Streams& streams);

// "aligned: 532 details agree, 0.31 px median; see out.png", and a line for each warning.
[[nodiscard]] std::string alignment_lines(const compare::Mapping& mapping, const std::filesystem::path& output);

}  // namespace boarddiff::cli
