// SPDX-License-Identifier: Apache-2.0
#include "compare/finding_places.h"

namespace boarddiff::compare {

void set_millimetres(std::vector<Finding>& findings, const std::optional<double>& pixels_per_mm) {
  if (!pixels_per_mm) {
    return;
  }
  for (Finding& finding : findings) {
    finding.board_box_mm = imaging::scaled(finding.reference_box, 1 / *pixels_per_mm);
  }
}

void describe_extra_parts(std::vector<Finding>& findings, const imaging::NormalizedPair& pair,
                          const BoardSurface& surface, const std::optional<double>& pixels_per_mm) {
  for (Finding& finding : findings) {
    if (finding.kind != FindingKind::extra_component) {
      continue;
    }
    finding.extra_part = describe_extra_part(pair, surface, finding.reference_box);
    if (!finding.extra_part) {
      continue;
    }
    if (pixels_per_mm) {
      finding.extra_part->size_mm =
          imaging::Point(finding.extra_part->length_px, finding.extra_part->width_px) / *pixels_per_mm;
    }
    finding.reason.append(" ").append(sentence_on(*finding.extra_part));
  }
}

void name_by_design(std::vector<Finding>& findings, const KnownDesign& design) {
  const DesignPlaces places(design);
  for (Finding& finding : findings) {
    if (!finding.design) name_by_design(finding, places);
  }
}

void name_by_design(Finding& finding, const DesignPlaces& places) {
  finding.design = places.at(finding.reference_box);
  finding.near = near_text(*finding.design);
  finding.reason.append(" ").append(sentence_on(*finding.design));
}

}  // namespace boarddiff::compare
