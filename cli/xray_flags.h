// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/flag.h"
#include "cli/inspection_job.h"
#include "imaging/base/options.h"

#include <string>
#include <vector>

namespace boarddiff::cli {

// Of X-rays that are inspected besides photographs. The pointers live as long as what they point to.
[[nodiscard]] FlagGroup xray_flags(XrayFiles& files, std::string& places);

struct ParsedXrayPlaces {
  std::vector<imaging::PointPair> places = {};
  std::vector<imaging::OptionProblem> problems = {};
};
// "120,80=610,95;...": pixels of the photograph, then of the X-ray; four and more. Empty: not given.
[[nodiscard]] ParsedXrayPlaces parse_xray_places(const std::string& text);

// Both X-rays or none, and with photographs alone.
[[nodiscard]] std::vector<imaging::OptionProblem> problems_with_xrays(const InspectionJob& job,
                                                                      const std::string& places);

}  // namespace boarddiff::cli
