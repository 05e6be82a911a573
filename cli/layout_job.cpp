// SPDX-License-Identifier: Apache-2.0
#include "cli/layout_job.h"

#include "cli/design_input.h"
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
         " are not, of " + of_design(Sighting::unclear, true) + " that is unclear, and " +
         of_design(Sighting::none, true) + " lie outside the picture; " + of_design(Sighting::seen, false) +
         " are seen that are not to be fitted, and " + count([](const PlacedPart& part) { return !part.in_design; }) +
         " that the design does not have.";
}

ListedParts list_picture(const LayoutJob& job, const imaging::BoardImage& photo, const std::optional<Placement>& design,
                         const imaging::Execution& execution) {
  const BoardSide side = job.side.value_or(BoardSide::top);
  ListedParts listed{.source = {photo.source.name, photo.size()}, .design = job.cad.string()};
  if (!design) {
    if (!photo.pixels_per_mm) refuse_without_scale(job.file);
    listed.placement = placement_of(find_parts(photo, job.reading.parts, execution), side);
  } else {
    const compare::LaidDesign laid = lay_design(photo, *design, side, job.reading.parts, job.reading.fit, execution);
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
    if (!shows_a_board(job.file, job.reading.load)) {
      throw imaging::Error(imaging::ErrorCode::invalid_option,
                           "--cad: " + job.file.string() + " is no picture that a design could be laid on");
    }
    design = compare::read_placement(job.cad);
  }
  LayoutInput input = read_layout_input(job.file, job.reading.scale, job.reading.load);
  if (input.photo) {
    LayoutJob of_picture = job;
    if (!design && input.enrolled) {
      compare::DesignFile enrolled = enrolled_design(*input.enrolled, job.file);
      of_picture.cad = enrolled.name;
      of_picture.side = job.side.value_or(enrolled.side);
      if (of_picture.side == enrolled.side && job.reading.fit.places.empty()) {
        of_picture.reading.fit.places = std::move(enrolled.places);
      }
      design = std::move(enrolled.placement);
    }
    return list_picture(of_picture, *input.photo, design, execution);
  }
  return {.placement = on_side(*std::move(input.design), job.side), .source = {job.file.filename().string(), {}}};
}

}  // namespace boarddiff::cli
