// SPDX-License-Identifier: Apache-2.0
#include "cli/layout_diff_job.h"

#include "cli/layout_input.h"
#include "cli/progress_line.h"
#include "compare/common_frame.h"
#include "compare/lay_design.h"
#include "compare/pictured_placement.h"

#include <Eigen/LU>

#include <string_view>
#include <utility>

namespace boarddiff::cli {
namespace {

using compare::BoardSide;
using compare::Placement;
using imaging::BoardImage;

void add_notes(std::vector<std::string>& notes, const std::vector<std::string>& more) {
  notes.insert(notes.end(), more.begin(), more.end());
}

// What the photograph shows, in the frame of the placement that is laid on it; nothing where it does not fit, and why.
std::optional<Placement> on_board(const BoardImage& photo, const Placement& placement, BoardSide side,
                                  const LayoutDiffJob& job, const imaging::Execution& execution,
                                  ComparedLayouts& compared) {
  const compare::LaidDesign laid = lay_design(photo, placement, side, job.parts, job.fit, execution);
  compared.reason = laid.fit.reason;
  add_notes(compared.notes, photo.notes);
  Placement shown = placement_of(laid.layout, side, Eigen::Matrix3d(laid.fit.picture_from_board.inverse()));
  add_notes(compared.notes, shown.notes);
  shown.notes.clear();
  return laid.fit.fits ? std::optional(std::move(shown)) : std::nullopt;
}

void keep_side(Placement& placement, const std::optional<BoardSide>& side) {
  if (side) {
    std::erase_if(placement.parts, [&](const compare::PlacedPart& part) { return part.side != *side; });
  }
}

}  // namespace

ComparedLayouts compare_layouts(const LayoutDiffJob& job, const Streams& streams) {
  ProgressLine line(streams, job.quiet);
  const imaging::Execution execution{.progress = [&](std::string_view stage) { line.show(stage); }};
  const LayoutInput first = read_layout_input(job.first, job.scale, job.load);
  const LayoutInput second = read_layout_input(job.second, first.photo ? imaging::ScaleOptions() : job.scale, job.load);
  const BoardSide shown_side = job.side.value_or(BoardSide::top);
  const bool pictured = first.photo || second.photo;
  const std::optional<BoardSide> side = pictured ? std::optional(shown_side) : job.side;
  ComparedLayouts compared;
  std::optional<Placement> one = first.design;
  std::optional<Placement> other = second.design;
  if (!one && !other) {
    if (!first.photo->pixels_per_mm) refuse_without_scale(job.first);
    one = placement_of(find_parts(*first.photo, job.parts, execution), shown_side);
    add_notes(compared.notes, first.photo->notes);
  }
  for (std::optional<Placement>* design : {&one, &other}) {
    if (!*design) continue;
    keep_side(**design, side);
    add_notes(compared.notes, (*design)->notes);
    (*design)->notes.clear();
  }
  if (!one) {
    one = on_board(*first.photo, *other, shown_side, job, execution, compared);
  } else if (!other) {
    other = on_board(*second.photo, *one, shown_side, job, execution, compared);
  } else {
    other = in_frame_of(*one, *std::move(other));
    add_notes(compared.notes, other->notes);
  }
  if (one && other) {
    compared.diff = diff_placements(*one, *other, job.diff);
    compared.neighbours = first.design || !second.design ? *std::move(one) : *std::move(other);
  }
  return compared;
}

}  // namespace boarddiff::cli
