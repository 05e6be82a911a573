// SPDX-License-Identifier: Apache-2.0
#include "cli/export/annotated_copies.h"

#include "cli/case/reading_options.h"
#include "cli/export/kinds.h"
#include "cli/export/picture_names.h"
#include "cli/marked_jpeg.h"
#include "cli/output_targets.h"
#include "compare/display_image.h"
#include "compare/overlay_marks.h"
#include "imaging/base/error.h"
#include "imaging/load.h"

#include <optional>

namespace boarddiff::cli {
namespace {

using compare::MarkGroup;
using compare::MarkSizes;

MarkGroup group_of_kind(const std::string& kind) {
  const auto known = kind_named(kind);
  return known ? compare::group_of(*known) : MarkGroup::changed;
}

// Why there is no copy; empty when it was written.
std::string write_copy(compare::Database& database, const AnnotatedCopy& copy, const std::filesystem::path& folder,
                       imaging::Replace replace) {
  const CaseBoard& board = copy.board->board;
  const ReadingOptions reading = reading_options_in(options_of(database, board.id));
  std::optional<imaging::BoardImage> sample;
  try {
    sample = imaging::load_board_image(board.path, reading.load);
  } catch (const imaging::Error& error) {
    return error.what();
  }
  if (sample->source.sha256 != board.sha256) return board.path + ": has changed since it was inspected";
  const cv::Mat3b drawn = drawn_findings(*copy.board, *sample, reading.modality);
  write_outputs({{folder / copy.file, marked_jpeg(drawn)}}, replace);
  return {};
}

}  // namespace

std::vector<AnnotatedCopy> annotated_copies(const CaseExport& exported) {
  const std::vector<ExportedPicture> pictures = pictures_of(exported);
  const std::vector<std::size_t> of_board = picture_indices(exported, pictures);
  std::vector<AnnotatedCopy> copies;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < exported.boards.size(); ++i) {
    const ExportedBoard& board = exported.boards[i];
    if (board.board.state != "inspected" || board.board.outcome == "not_comparable") continue;
    copies.push_back({.board = &board});
    names.push_back(pictures[of_board[i]].name);
  }
  const std::vector<std::string> files = file_names(names, ".jpg");
  for (std::size_t i = 0; i < copies.size(); ++i) copies[i].file = files[i];
  return copies;
}

cv::Mat3b drawn_findings(const ExportedBoard& board, const imaging::BoardImage& sample, imaging::Modality modality) {
  cv::Mat3b picture = compare::display_pixels(sample.pixels, compare::display_range(sample, modality));
  const MarkSizes sizes = compare::mark_sizes(picture.size());
  std::vector<cv::Rect> frames;
  std::vector<cv::Rect> taken;
  for (const ExportedFinding& one : board.findings) {
    frames.push_back(compare::frame_around(one.found.sample_box, sizes, picture.size()));
    if (!one.counts()) compare::draw_candidate(picture, frames.back(), sizes);
    if (one.counts()) taken.push_back(frames.back());
  }
  // Badges come last, so that no frame runs through a number.
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const ExportedFinding& one = board.findings[i];
    if (one.counts()) compare::draw_frame(picture, frames[i], group_of_kind(one.found.kind), sizes);
  }
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const ExportedFinding& one = board.findings[i];
    if (!one.counts() || frames[i].empty()) continue;
    const std::string number = std::to_string(one.found.number);
    const cv::Rect badge = compare::badge_beside(frames[i], compare::badge_size(number, sizes), picture.size(), taken);
    compare::draw_badge(picture, badge, number, group_of_kind(one.found.kind), sizes);
    taken.push_back(badge);
  }
  return picture;
}

std::vector<std::string> write_annotated(compare::Database& database, const std::vector<AnnotatedCopy>& copies,
                                         const std::filesystem::path& folder, imaging::Replace replace) {
  std::vector<std::string> troubles;
  for (const AnnotatedCopy& copy : copies) {
    std::string trouble = write_copy(database, copy, folder, replace);
    if (!trouble.empty()) troubles.push_back(std::move(trouble));
  }
  return troubles;
}

}  // namespace boarddiff::cli
