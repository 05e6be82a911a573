// SPDX-License-Identifier: Apache-2.0
#include "compare/joined_findings.h"

#include <algorithm>
#include <optional>

namespace boarddiff::compare {
namespace {

using imaging::Box;

std::vector<Finding> all_of(const SortedFindings& sorted) {
  std::vector<Finding> all = sorted.findings;
  all.insert(all.end(), sorted.candidates.begin(), sorted.candidates.end());
  return all;
}

// The box around an X-ray's box on the photograph; nothing beyond the horizon of a tilted one.
std::optional<Box> on_photo(const Box& box, const imaging::PlaneMap& xray_from_photo) {
  imaging::Polygon outline = imaging::corners(box);
  for (imaging::Point& corner : outline) {
    corner = to_reference(xray_from_photo, corner);
    if (!corner.allFinite()) {
      return {};
    }
  }
  return imaging::bounding_box(outline);
}

bool is_line(FindingKind kind) { return kind == FindingKind::extra_wire || kind == FindingKind::changed_trace; }

// The finding of the photographs, best first, that the X-rays' belongs to, which lies in this box of theirs.
Finding* same_place(std::vector<Finding>& photographs, FindingKind kind, const Box& box) {
  constexpr double kMargin_px = 3;  // how far the frames may be apart
  const auto place = std::find_if(photographs.begin(), photographs.end(), [&](const Finding& finding) {
    const Box around = imaging::grown(finding.reference_box, kMargin_px);
    const imaging::Point off = (box.centre() - around.centre()).cwiseAbs();
    const bool holds = 2 * off.x() <= around.width && 2 * off.y() <= around.height;
    return holds && (!is_line(finding.kind) || is_line(kind));
  });
  return place == photographs.end() ? nullptr : &*place;
}

XraySight sight_of(const Finding& xray) {
  return {.kind = xray.kind,
          .score = xray.score,
          .sample_box = xray.sample_box,
          .reference_box = xray.reference_box,
          .reason = xray.reason};
}

bool contradict(FindingKind one, FindingKind other) {
  return (one == FindingKind::extra_component && other == FindingKind::missing_component) ||
         (one == FindingKind::missing_component && other == FindingKind::extra_component);
}

void add_sight(Finding& finding, const Finding& xray) {
  finding.advisory = finding.advisory && (xray.advisory || !xray.above_threshold);
  finding.above_threshold = finding.above_threshold || xray.above_threshold;
  if (finding.watch.empty()) finding.watch = xray.watch;
  if (finding.xray) {  // a better one
    finding.xray->also_at.push_back({.in_sample = xray.sample_box, .in_reference = xray.reference_box});
    return;
  }
  finding.xray = sight_of(xray);
  finding.score = std::max(finding.score, xray.score);
  if (contradict(finding.kind, xray.kind)) {
    finding.kind = xray.kind;
    finding.extra_part.reset();
    finding.reason = "In the X-rays: " + xray.reason + " In the photographs: " + finding.reason;
  } else {
    finding.reason.append(" In the X-rays: ").append(xray.reason);
  }
}

Finding seen_in_xray_alone(const Finding& xray, const Box& on_photo, const imaging::PlaneMap& sample_from_photo) {
  Finding finding = xray;
  finding.reference_box = on_photo;
  finding.sample_box = to_sample(sample_from_photo, on_photo);
  finding.xray = sight_of(xray);
  finding.in_xray_alone = true;
  finding.reason.append(" The photographs do not show it.");
  return finding;
}

}  // namespace

SortedFindings joined_findings(const SortedFindings& photographs, const SortedFindings& xrays,
                               const JointFrames& frames) {
  std::vector<Finding> of_photographs = all_of(photographs);
  std::vector<Finding> all;
  for (const Finding& xray : all_of(xrays)) {
    const std::optional<Box> box = on_photo(xray.reference_box, frames.xray_from_photo);
    if (!box) {
      continue;
    }
    if (Finding* same = same_place(of_photographs, xray.kind, *box)) {
      add_sight(*same, xray);
    } else {
      all.push_back(seen_in_xray_alone(xray, *box, frames.sample_from_photo));
    }
  }
  all.insert(all.end(), of_photographs.begin(), of_photographs.end());
  std::stable_sort(all.begin(), all.end(), [](const Finding& a, const Finding& b) { return a.score > b.score; });
  SortedFindings joined;
  for (const Finding& finding : all) {
    (finding.above_threshold && !finding.advisory ? joined.findings : joined.candidates).push_back(finding);
  }
  int id = 0;
  for (auto* list : {&joined.findings, &joined.candidates}) {
    for (Finding& finding : *list) finding.id = ++id;
  }
  return joined;
}

}  // namespace boarddiff::compare
