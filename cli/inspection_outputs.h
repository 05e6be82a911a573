// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/inspection_job.h"
#include "compare/inspection.h"
#include "imaging/base/frames.h"
#include "imaging/board_image.h"

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// Refuses what could not or must not be written. The list of parts is written where there is a design; a list of an
// earlier run goes with --force. Throws as check_targets does.
void check_inspection_paths(const InspectionJob& job, bool lists_parts);

// What one inspection came to, as texts.
struct InspectionTexts {
  std::string json = {};
  std::string page = {};
};

// All files of an inspection, report.json last. `points`: of the reference, to be mapped.
void write_inspection(const InspectionJob& job, const compare::InspectionReport& report,
                      const imaging::BoardImage& sample, const InspectionTexts& texts,
                      const std::vector<imaging::Point>& points);

[[nodiscard]] std::filesystem::path page_in(const std::filesystem::path& folder);

}  // namespace boarddiff::cli
