// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/design_place.h"
#include "compare/extra_part.h"
#include "compare/marking_difference.h"
#include "imaging/base/frames.h"
#include "imaging/read_marking.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

// Spelt as in report.json.
enum class FindingKind {
  extra_component,
  missing_component,
  replaced_component,
  moved_component,  // turned counts as moved
  extra_wire,
  changed_trace,
  changed_interior,  // X-ray
  changed_marking,
  changed_surface,
};
[[nodiscard]] std::string_view name_of(FindingKind kind);

// What is printed on the part that a finding lies on.
struct MarkingPair {
  imaging::Marking reference = {};  // boxes in reference pixels
  imaging::Marking sample = {};     // the same: it was read in the reference's frame
  MarkingDifference difference = MarkingDifference::unknown;
};

// "The marking reads XK4071 in the reference and MA2210 in the sample."; empty unless they are known to differ.
[[nodiscard]] std::string sentence_on(const MarkingPair& pair);

// Whether both hold the same lines at the same places: the print of one part.
[[nodiscard]] bool is_same_print(const MarkingPair& one, const MarkingPair& other);

// Where to look in both pictures, in pixels of each.
struct PlaceInBoth {
  imaging::Box in_sample = {};
  imaging::Box in_reference = {};
};

// What the X-rays show of a place that photographs were compared at as well. Boxes in pixels of the X-rays.
struct XraySight {
  FindingKind kind = FindingKind::changed_interior;
  double score = 0;
  imaging::Box sample_box = {};
  imaging::Box reference_box = {};
  std::string reason = {};
  std::vector<PlaceInBoth> also_at = {};  // weaker ones of the same place, such as other leads of a chip
};

// One place for a person to look at.
struct Finding {
  int id = 0;  // 1, 2, ... best first, through findings and candidates
  FindingKind kind = FindingKind::changed_surface;
  double score = 0;  // 0 to 1, orders the review
  imaging::Box sample_box = {};
  imaging::Box reference_box = {};
  std::optional<imaging::Box> board_box_mm = {};
  std::string near = {};   // "2.3 mm right of C221, 3.1 mm below U14"; empty: there is no design that fits
  std::string watch = {};  // what the watched region is watched for in which it lies; empty: it lies in none
  std::string reason =
      {};  // for the reviewer, one sentence; then one on the marking, the added part and the design each
  std::vector<PlaceInBoth> also_at = {};     // other places with the same change, for the same reason
  std::optional<DesignPlace> design = {};    // what the design has there, where one fits
  std::optional<MarkingPair> marking = {};   // where the print was read
  std::optional<ExtraPart> extra_part = {};  // of extra components whose outline is seen
  std::optional<XraySight> xray = {};        // where X-rays were compared besides photographs, and show it
  bool in_xray_alone = false;                // and no photograph does: its boxes are where it lies in these
  bool above_threshold = false;              // its score is at or above the threshold of its place
  bool advisory = false;                     // good boards differ like this too: a candidate whatever its score
};

}  // namespace boarddiff::compare
