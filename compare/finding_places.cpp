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

void name_by_design(std::vector<Finding>& findings, const KnownDesign& design) {
  const DesignPlaces places(design);
  for (Finding& finding : findings) {
    if (finding.design) continue;
    finding.design = places.at(finding.reference_box);
    finding.near = near_text(*finding.design);
    finding.reason.append(" ").append(sentence_on(*finding.design));
  }
}

}  // namespace boarddiff::compare
