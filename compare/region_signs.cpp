// SPDX-License-Identifier: Apache-2.0
#include "compare/region_signs.h"

namespace boarddiff::compare {

std::string_view region_sign_name(int index) {
  if (index < kEvidenceSigns) {
    return kEvidenceSignNames.at(static_cast<std::size_t>(index));
  }
  if (index < kSignsWithoutParts) {
    return kLookSignNames.at(static_cast<std::size_t>(index - kEvidenceSigns));
  }
  return kPartSignNames.at(static_cast<std::size_t>(index - kSignsWithoutParts));
}

RegionSigns signs_of(const EvidenceRegion& region, const RegionView& view, const Evidence& evidence,
                     const LayoutComparison& layouts, const imaging::NormalizedPair& pair) {
  RegionSigns signs;
  signs << evidence_signs_of(region, view, evidence), look_signs_of(region, view, layouts, pair),
      part_signs_of(view.body, layouts.parts);
  return signs;
}

}  // namespace boarddiff::compare
