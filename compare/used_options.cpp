// SPDX-License-Identifier: Apache-2.0
#include "compare/used_options.h"

#include "imaging/base/text.h"

#include <algorithm>

namespace boarddiff::compare {

namespace {

using Flags = std::vector<std::pair<std::string, std::string>>;

void append(Flags& list, const std::string& flag, const RegionSet& set) {
  std::string files;
  for (const RegionSource& source : set.sources) {
    files += (files.empty() ? "" : ", ") + source.name + " sha256:" + source.sha256;
  }
  if (!files.empty()) {
    list.emplace_back(flag, files);
  }
}

}  // namespace

std::vector<std::pair<std::string, std::string>> used_options(const InspectionOptions& options) {
  using imaging::number_text;
  Flags list = {
      {"modality", std::string(imaging::name_of(options.modality))},
      {"registration.max-side-px", std::to_string(options.registration.max_side_px)},
      {"registration.max-features", std::to_string(options.registration.max_features)},
      {"registration.min-inliers", std::to_string(options.registration.min_inliers)},
      {"registration.max-tilt-deg", number_text(options.registration.max_tilt_deg)},
      {"registration.seed", std::to_string(options.registration.seed)},
      {"normalization.max-side-px", std::to_string(options.normalization.max_side_px)},
      {"quality.smallest-part-mm", number_text(options.quality.smallest_part_mm)},
      {"evidence.cell-px", std::to_string(options.evidence.cell_px)},
      {"evidence.colour-weight", number_text(options.evidence.colour_weight)},
      {"layout.min-side-px", std::to_string(options.layout.min_side_px)},
      {"layout.max-side-share", number_text(options.layout.max_side_share)},
      {"parts.min-confidence", number_text(options.parts.min_confidence)},
      {"cad.max-distance-mm", number_text(options.design.max_distance_mm)},
      {"cad.min-matched-share", number_text(options.design.min_matched_share)},
      {"false-calls-per-board", number_text(options.finding.false_calls_per_board)},
      {"watch.false-calls-per-board", number_text(options.finding.watch_false_calls_per_board)},
      {"finding.candidates-per-board", number_text(options.finding.candidates_per_board)},
      {"marking.max-places", std::to_string(options.marking.max_places)},
      {"sensitivity.copies", std::to_string(options.sensitivity.copies)},
      {"sensitivity.seed", std::to_string(options.sensitivity.seed)},
      {"finding.max-candidates", std::to_string(options.finding.max_candidates)},
  };
  if (!options.design.places.empty()) {
    list.emplace_back("cad.places", text_of(options.design.places));
  }
  append(list, "ignore", options.regions.ignored);
  append(list, "watch", options.regions.watched);
  std::sort(list.begin(), list.end());
  return list;
}

}  // namespace boarddiff::compare
