// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"
#include "compare/joint_inspection.h"

#include <string>

namespace boarddiff::compare {

struct PagePictures {
  const imaging::BoardImage& reference;
  const imaging::BoardImage& sample;
};

// One self-contained page: both aligned pictures with a slider and a blink key, each finding with crops side by
// side, the registration's quality, hashes, options. Loads nothing from anywhere; no EXIF.
[[nodiscard]] std::string report_html(const InspectionReport& report, const imaging::BoardImage& reference,
                                      const imaging::BoardImage& sample);

// The same with the X-rays laid on the photographs, to switch between them.
[[nodiscard]] std::string report_html(const JointReport& joint, const PagePictures& photographs,
                                      const PagePictures& xrays);

}  // namespace boarddiff::compare
