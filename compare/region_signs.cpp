// SPDX-License-Identifier: Apache-2.0
#include "compare/region_signs.h"

namespace boarddiff::compare {

std::string_view region_sign_name(int index) {
  const auto at = static_cast<std::size_t>(index);
  return index < kEvidenceSigns ? kEvidenceSignNames.at(at) : kLookSignNames.at(at - kEvidenceSignNames.size());
}

RegionSigns signs_of(const EvidenceRegion& region, const RegionView& view, const Evidence& evidence,
                     const LayoutComparison& layouts, const imaging::NormalizedPair& pair) {
  RegionSigns signs;
  signs << evidence_signs_of(region, view, evidence), look_signs_of(region, view, layouts, pair);
  return signs;
}

}  // namespace boarddiff::compare
