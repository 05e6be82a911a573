// SPDX-License-Identifier: Apache-2.0
#include "cli/layout_diff_job.h"

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

// What a photograph shows, in the frame of a placement that is laid on it; its notes stand apart.
struct Shown {
  Placement placement = {};
  std::vector<std::string> notes = {};
  std::string reason = {};  // why the placement does not fit; empty where it does
};
Shown shown_on_board(const BoardImage& photo, const Placement& placement, BoardSide side, const LayoutDiffJob& job,
                     const imaging::Execution& execution) {
  const compare::LaidDesign laid = lay_design(photo, placement, side, job.reading.parts, job.reading.fit, execution);
  Shown shown{.notes = photo.notes, .reason = laid.fit.reason};
  if (laid.fit.fits) {
    shown.placement = placement_of(laid.layout, side, Eigen::Matrix3d(laid.fit.picture_from_board.inverse()));
  }
  add_notes(shown.notes, laid.layout.notes);
  shown.placement.notes.clear();
  return shown;
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
  const LayoutInput first = read_layout_input(job.first, job.reading.scale, job.reading.load);
  const LayoutInput second =
      read_layout_input(job.second, first.photo ? imaging::ScaleOptions() : job.reading.scale, job.reading.load);
  const auto& enrolled = first.enrolled ? first.enrolled : second.enrolled;
  const BoardSide shown_side = job.side.value_or(enrolled ? enrolled->side : BoardSide::top);
  const bool pictured = first.photo || second.photo;
  const std::optional<BoardSide> side = pictured ? std::optional(shown_side) : job.side;
  ComparedLayouts compared;
  std::optional<Placement> one = first.design;
  std::optional<Placement> other = second.design;
  if (!one && !other) {
    if (!first.photo->pixels_per_mm) refuse_without_scale(job.first);
    one = placement_of(find_parts(*first.photo, job.reading.parts, execution), shown_side);
    add_notes(compared.notes, first.photo->notes);
  }
  for (std::optional<Placement>* design : {&one, &other}) {
    if (!*design) continue;
    keep_side(**design, side);
    add_notes(compared.notes, (*design)->notes);
    (*design)->notes.clear();
  }
  if (one && other) {
    other = in_frame_of(*one, *std::move(other));
    add_notes(compared.notes, other->notes);
  } else {
    Shown shown = shown_on_board(one ? *second.photo : *first.photo, one ? *one : *other, shown_side, job, execution);
    add_notes(compared.notes, shown.notes);
    compared.reason = shown.reason;
    (one ? other : one) = std::move(shown.placement);
  }
  if (compared.reason.empty()) {
    compared.diff = diff_placements(*one, *other, job.diff);
    compared.neighbours = first.design || !second.design ? *std::move(one) : *std::move(other);
  }
  return compared;
}

}  // namespace boarddiff::cli
