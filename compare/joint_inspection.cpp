// SPDX-License-Identifier: Apache-2.0
#include "compare/joint_inspection.h"

#include "compare/finding_places.h"
#include "compare/joined_findings.h"
#include "compare/used_options.h"
#include "imaging/base/error.h"
#include "imaging/base/text.h"
#include "imaging/prepare_xray.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace boarddiff::compare {
namespace {

using imaging::Modality;

// The region as it lies on the X-ray; without the rings that do not.
MarkedRegion on_xray(MarkedRegion region, const imaging::PlaneMap& xray_from_photo) {
  for (imaging::Polygon& ring : region.reference_rings) {
    for (imaging::Point& point : ring) point = to_sample(xray_from_photo, point);
  }
  std::erase_if(region.reference_rings, [](const imaging::Polygon& ring) {
    return std::any_of(ring.begin(), ring.end(), [](const imaging::Point& point) { return !point.allFinite(); });
  });
  return region;
}

RegionSet on_xray(RegionSet regions, const imaging::PlaneMap& xray_from_photo) {
  for (MarkedRegion& region : regions.regions) region = on_xray(std::move(region), xray_from_photo);
  std::erase_if(regions.regions, [](const MarkedRegion& region) { return region.reference_rings.empty(); });
  return regions;
}

InspectionOptions photo_options(const JointOptions& options) {
  InspectionOptions inspection = options.inspection;
  inspection.modality = Modality::photo;
  return inspection;
}

InspectionOptions xray_options(const JointOptions& options, const imaging::PlaneMap& xray_from_photo) {
  InspectionOptions inspection = options.inspection;
  inspection.modality = Modality::xray;
  const MarkedRegions& marked = options.inspection.regions;
  inspection.regions = {.ignored = joined(on_xray(marked.ignored, xray_from_photo), options.xray_regions.ignored),
                        .watched = joined(on_xray(marked.watched, xray_from_photo), options.xray_regions.watched)};
  return inspection;
}

// With the places that decide how the X-ray lies.
void note_places(InspectionReport& report, const std::vector<imaging::PointPair>& places) {
  if (places.empty()) {
    return;
  }
  const auto spelt = [](const imaging::Point& point) {
    return imaging::number_text(point.x()) + "," + imaging::number_text(point.y());
  };
  std::string text;
  for (const imaging::PointPair& place : places) {
    text.append(text.empty() ? "" : ";").append(spelt(place.reference)).append("=").append(spelt(place.sample));
  }
  report.options.emplace_back("xray-places", text);
  std::sort(report.options.begin(), report.options.end());
}

imaging::XrayOnPhoto laid(const imaging::BoardImage& photo, const imaging::BoardImage& xray,
                          const JointOptions& options) {
  return options.xray_places.empty() ? lay_xray_on_photo(photo, imaging::prepared(xray, Modality::xray))
                                     : imaging::lay_xray_by_places(options.xray_places, photo.size(), xray.size());
}

// With the scale that follows from the photograph's, where it has none of its own.
KnownGood with_scale_of(KnownGood xrays, const imaging::BoardImage& photo, const imaging::PlaneMap& xray_from_photo) {
  if (photo.pixels_per_mm && !xrays.boards.front().pixels_per_mm) {
    const imaging::Point middle(photo.size().width / 2.0, photo.size().height / 2.0);
    const double step = std::sqrt(std::abs(sample_step(xray_from_photo, middle).determinant()));
    for (imaging::BoardImage& board : xrays.boards) {
      board.pixels_per_mm = *photo.pixels_per_mm * step;
      board.pixels_per_mm_origin = "photograph";
    }
  }
  return xrays;
}

std::string places_that_differ(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " place differs" : " places differ");
}

// The photographs' outcome stands where they cannot be compared: their findings could not be placed.
void settle_outcome(JointReport& joint) {
  InspectionReport& report = joint.report;
  const bool compared = joint.xrays.outcome != Outcome::not_comparable;
  const std::size_t found = report.findings.size();
  if (!compared) {
    const std::string why = "the X-rays could not be compared: " + joint.xrays.reason;
    report.notes.push_back("T" + why.substr(1) + ".");
    if (found == 0) {
      report.outcome = Outcome::not_comparable;
      report.reason = why + "; the photographs alone show nothing at or above the threshold";
    }
    return;
  }
  report.outcome = found > 0 ? Outcome::needs_review : Outcome::nothing_found;
  const auto hidden = std::count_if(report.findings.begin(), report.findings.end(),
                                    [](const Finding& finding) { return finding.in_xray_alone; });
  report.reason = found == 0 ? "Nothing at or above the threshold was seen in the part that was inspected, in the "
                               "photographs and in the X-rays."
                             : places_that_differ(found) + " and should be looked at; " + std::to_string(hidden) +
                                   " of them in the X-rays alone.";
}

void join(JointReport& joint, const KnownGood& photographs) {
  InspectionReport& report = joint.report;
  SortedFindings both =
      joined_findings({report.findings, report.candidates}, {joint.xrays.findings, joint.xrays.candidates},
                      {.xray_from_photo = joint.laid.plane, .sample_from_photo = report.registration.plane});
  for (std::vector<Finding>* list : {&both.findings, &both.candidates}) {
    set_millimetres(*list, report.reference.pixels_per_mm);
    if (report.design && report.design->fits) name_by_design(*list, *photographs.design);
  }
  report.findings = std::move(both.findings);
  report.candidates = std::move(both.candidates);
  for (const std::string& note : joint.xrays.notes) report.notes.push_back("Of the X-rays: " + note);
}

}  // namespace

JointReport inspect_both(const BoardPictures& photographs, const BoardPictures& xrays, const JointOptions& options,
                         const imaging::Execution& execution) {
  imaging::require(!photographs.known_good.boards.empty() && !xrays.known_good.boards.empty(),
                   "inspect_both: at least one known-good board in either modality");
  const imaging::BoardImage& photo = photographs.known_good.boards.front();
  const imaging::BoardImage& xray = xrays.known_good.boards.front();
  JointReport joint;
  execution.begin("laying the X-ray on the photograph");
  joint.laid = laid(photo, xray, options);
  if (!joint.laid.found) {
    joint.report = {.reason = "the X-ray " + xray.source.name + " could not be laid on the photograph " +
                              photo.source.name + ": " + joint.laid.reason +
                              "; name four places that both show (--xray-places), or inspect them one by one",
                    .reference = described(photo),
                    .sample = described(photographs.sample),
                    .notes = notes_on(photo, photographs.sample),
                    .options = used_options(photo_options(options))};
    joint.xrays = {.reason = "they were not compared",
                   .modality = Modality::xray,
                   .reference = described(xray),
                   .sample = described(xrays.sample)};
    note_places(joint.report, options.xray_places);
    return joint;
  }
  joint.report = inspect(photographs.known_good, photographs.sample, photo_options(options), execution);
  note_places(joint.report, options.xray_places);
  joint.xrays = inspect(with_scale_of(xrays.known_good, photo, joint.laid.plane), xrays.sample,
                        xray_options(options, joint.laid.plane), execution);
  if (joint.report.outcome == Outcome::not_comparable) {
    joint.report.reason += "; the X-rays alone: " + joint.xrays.reason;
    return joint;
  }
  join(joint, photographs.known_good);
  settle_outcome(joint);
  return joint;
}

}  // namespace boarddiff::compare
