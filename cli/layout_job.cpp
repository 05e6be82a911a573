// SPDX-License-Identifier: Apache-2.0
#include "cli/layout_job.h"

#include "cli/layout_input.h"
#include "cli/progress_line.h"
#include "compare/lay_design.h"
#include "compare/pictured_placement.h"
#include "compare/placement_file.h"
#include "imaging/base/error.h"
#include "imaging/base/text.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace boarddiff::cli {
namespace {

using compare::BoardSide;
using compare::Placement;

Placement on_side(Placement placement, const std::optional<BoardSide>& side) {
  if (side) {
    std::erase_if(placement.parts, [&](const compare::PlacedPart& part) { return part.side != *side; });
  }
  return placement;
}

std::string counts_of(const Placement& placement, const compare::DesignFit& fit) {
  const auto count = [&](const auto& is) {
    return std::to_string(std::count_if(placement.parts.begin(), placement.parts.end(), is));
  };
  using compare::PlacedPart;
  using compare::Sighting;
  const auto of_design = [&](Sighting sighting, bool populated) {
    return count([&](const PlacedPart& part) {
      return part.in_design && part.populated == populated && part.sighting == sighting;
    });
  };
  return "Of the parts of the design " + of_design(Sighting::seen, true) + " are seen (half of them within " +
         imaging::fixed_text(fit.median_mm, 2) + " mm of their place), " + of_design(Sighting::missing, true) +
         " are not, and " + of_design(Sighting::none, true) + " lie outside the picture; " +
         of_design(Sighting::seen, false) + " are seen that are not to be fitted, and " +
         count([](const PlacedPart& part) { return !part.in_design; }) + " that the design does not have.";
}

ListedParts list_picture(const LayoutJob& job, const imaging::BoardImage& photo, const std::optional<Placement>& design,
                         const imaging::Execution& execution) {
  const BoardSide side = job.side.value_or(BoardSide::top);
  ListedParts listed{.source = {photo.source.name, photo.size()}};
  if (!design) {
    if (!photo.pixels_per_mm) refuse_without_scale(job.file);
    listed.placement = placement_of(find_parts(photo, job.parts, execution), side);
  } else {
    const compare::LaidDesign laid = lay_design(photo, *design, side, job.parts, job.fit, execution);
    listed.placement = placement_of(*design, side, laid.layout, laid.fit);
    listed.reason = laid.fit.reason;
    if (laid.fit.fits) listed.placement.notes.push_back(counts_of(listed.placement, laid.fit));
  }
  listed.placement.notes.insert(listed.placement.notes.begin(), photo.notes.begin(), photo.notes.end());
  return listed;
}

}  // namespace

ListedParts list_parts(const LayoutJob& job, const Streams& streams) {
  ProgressLine line(streams, job.quiet);
  const imaging::Execution execution{.progress = [&](std::string_view stage) { line.show(stage); }};
  // Before the picture: it is read faster, and may be refused.
  std::optional<Placement> design;
  if (!job.cad.empty()) {
    if (!shows_a_board(job.file)) {
      throw imaging::Error(imaging::ErrorCode::invalid_option,
                           "--cad: " + job.file.string() + " is no picture that a design could be laid on");
    }
    design = compare::read_placement(job.cad);
  }
  LayoutInput input = read_layout_input(job.file, job.scale, job.load);
  if (input.photo) {
    return list_picture(job, *input.photo, design, execution);
  }
  return {.placement = on_side(*std::move(input.design), job.side), .source = {job.file.filename().string(), {}}};
}

}  // namespace boarddiff::cli
