// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/execution.h"
#include "imaging/base/options.h"
#include "imaging/board_image.h"
#include "imaging/plane_map.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::imaging {

struct RegistrationOptions {
  int max_side_px = 1600;    // longer side of the pictures that features are taken from
  int max_features = 8000;   // in each picture
  int min_inliers = 24;      // fewer consistent matches are never a fit
  double max_tilt_deg = 50;  // between the two views of the board
  std::uint64_t seed = 1;    // of the robust estimator
};
[[nodiscard]] std::vector<OptionProblem> problems(const RegistrationOptions& options);

enum class RegistrationStatus { aligned, not_comparable };
[[nodiscard]] std::string_view name_of(RegistrationStatus status);

// How the sample lies on the reference, and how good that is. The numbers are valid when ok().
struct Registration {
  RegistrationStatus status = RegistrationStatus::not_comparable;
  std::string reason = {};  // why not comparable, in words for the technician; empty when aligned
  PlaneMap plane = {};
  int inliers = 0;
  double residual_median_px = 0;  // of the corners that the fine fit measured, sample pixels
  double residual_p95_px = 0;
  double overlap = 0;       // share of the reference that the sample shows, 0 to 1
  double rotation_deg = 0;  // of the sample against the reference, counter-clockwise as seen, -180 to 180
  double scale = 1;         // sample pixels per reference pixel, at the middle of the overlap
  double tilt_deg = 0;      // angle between the two lines of sight, from the plane's foreshortening
  bool mirrored = false;

  [[nodiscard]] bool ok() const { return status == RegistrationStatus::aligned; }
};

// Finds the reference's board in the sample, or says why that cannot be. Never throws for what pictures show.
[[nodiscard]] Registration register_to_reference(const BoardImage& reference, const BoardImage& sample,
                                                 Modality modality, const RegistrationOptions& options = {},
                                                 const Execution& execution = {});

}  // namespace boarddiff::imaging
