// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/known_good_input.h"
#include "cli/streams.h"
#include "compare/inspection.h"
#include "imaging/features.h"
#include "imaging/load.h"

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// X-rays that are inspected besides photographs; without files: none.
struct XrayFiles {
  std::filesystem::path reference = {};
  std::filesystem::path sample = {};            // given exactly when `reference` is
  std::vector<imaging::PointPair> places = {};  // in the reference's photograph and X-ray; none: laid by sight
};

// One inspection from files to files.
struct InspectionJob {
  KnownGoodFiles against = {};
  std::filesystem::path sample = {};
  std::filesystem::path output = {};         // folder for report.json, annotated.jpg, report.html and layout.csv
  std::filesystem::path config = {};         // only so that it is never replaced; empty: none
  std::filesystem::path points = {};         // reference points to map into the sample; empty: none
  std::filesystem::path points_output = {};  // given exactly when `points` is
  XrayFiles xray = {};                       // whose detector the frames are of, where they are given
  imaging::LoadOptions load = {};
  compare::InspectionOptions inspection = {};  // its regions are read from the files above
  bool force = false;
  bool quiet = false;
};

struct InspectionResult {
  compare::InspectionReport report = {};
  std::string json = {};  // as written to report.json
};

// Compares and writes. Everything that can be refused is refused before the pictures are read, and all files are made
// in memory before the first is written, report.json last: where it stands, the others are complete. Throws Error.
[[nodiscard]] InspectionResult run_inspection(const InspectionJob& job, const Streams& streams);

// "needs review: 3 findings; see out/report.html"
[[nodiscard]] std::string outcome_line(const compare::InspectionReport& report, const std::filesystem::path& output);

// What was read, a line each: "codes on the sample: SNQX0417733 (Code128)" and, of findings, "2: the marking reads
// XK4071 in the reference and MA2210 in the sample". Empty where nothing was.
[[nodiscard]] std::string reading_lines(const compare::InspectionReport& report);

// What the report notes, a line each: "note: In the sample glare hides 7 % of the board, ..."
[[nodiscard]] std::string note_lines(const compare::InspectionReport& report);

}  // namespace boarddiff::cli
