// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/finding.h"
#include "datasets/evaluation/read_case.h"
#include "imaging/base/frames.h"
#include "imaging/board_image.h"

#include <Eigen/Core>

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace boarddiff::trials {

// A region that was looked at in a case of one board, and which of its changes it hits. Of X-rays every piece of a
// thing is one, and the thing as a whole, as which of them is said depends on the weights.
struct TriedRegion {
  imaging::Box box = {};                     // pixels of the normalised pair
  double weight = 0;                         // as the program weighs it today where nothing is known of parts
  std::vector<std::string> hits = {};        // ids of changes; none: calling it would be false
  std::vector<std::string> true_kinds = {};  // of these changes
  Eigen::VectorXd signs = {};                // RegionSigns of photographs, XraySigns of X-rays
  compare::FindingKind kind = compare::FindingKind::changed_surface;  // likewise
  std::size_t thing = 0;                                              // of X-rays, see compare/xray_pieces.h
  bool is_compact = false;                                            // likewise
};

struct FindingTrial {
  std::string name = {};
  std::string board = {};  // pairs of one design are not independent of each other
  imaging::Modality modality = imaging::Modality::photo;
  std::vector<std::string> changes = {};  // ids
  bool parts_known = false;               // whether the signs of parts say anything
  std::vector<TriedRegion> regions = {};  // none when the pair was refused; without plain bodies
  int false_plain_bodies = 0;             // plain bodies that hit no change
};

// The place in `kinds` of the kind of change that the region hits; -1 where it hits none or several, or one that is not
// there.
[[nodiscard]] int one_kind_of(const TriedRegion& region, std::span<const compare::FindingKind> kinds);

// All regions of a case, whatever their score.
[[nodiscard]] FindingTrial run_finding_trial(const datasets::Case& from);

// Text, a line for each case and each region: trials take minutes, fitting to them seconds.
[[nodiscard]] std::string trials_text(const std::vector<FindingTrial>& trials);
[[nodiscard]] std::vector<FindingTrial> trials_in_text(const std::string& text);

}  // namespace boarddiff::trials
