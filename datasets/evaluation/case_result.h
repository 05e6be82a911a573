// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/read_case.h"

#include <Eigen/Core>

#include <optional>
#include <string>
#include <vector>

namespace boarddiff::datasets {

// A finding of the tool that was run, set against the truth.
struct CaseFinding {
  double score = 0;
  imaging::Box box = {};  // sample pixels
  std::string kind = {};
  std::vector<std::string> hits = {};  // ids of changes; empty: a false call
  bool shown = true;                   // a finding; false: a candidate, below the threshold or only advisory
};

// The size of a part's body, in millimetres.
struct StatedSize {
  double length_mm = 0;  // of the longer side
  double width_mm = 0;
  bool operator==(const StatedSize&) const = default;
};

// What a report says of the smallest parts that are found.
struct StatedSensitivity {
  std::optional<StatedSize> smallest =
      {};  // from which on 95 % of virtual parts were found; nothing: no size is certain
};

// One case and what the tool made of it: all that figures are made from.
struct CaseResult {
  // From the case.
  std::string name = {};
  std::string board = {};
  std::string style = {};
  std::string severity = {};
  imaging::Modality modality = imaging::Modality::photo;
  bool same_board = true;
  bool exhaustive = true;
  std::vector<CaseChange> changes = {};
  // From the tool.
  std::optional<int> status = {};                     // its exit status; nothing: it did not end by itself
  std::string trouble = {};                           // why there is no result to count; empty: there is one
  std::vector<CaseFinding> findings = {};             // best first
  std::optional<StatedSensitivity> sensitivity = {};  // nothing: the report says nothing, or nothing in millimetres
  std::vector<double> point_errors_px = {};
  std::optional<Eigen::Matrix3d> sample_from_reference = {};  // as the tool reports it
  double seconds = 0;                                         // by the clock
  double processor_seconds = 0;
  double peak_memory_mb = 0;
};

// Statuses of the tool, as `boarddiff inspect` ends.
inline constexpr int kStatusNothingFound = 0;
inline constexpr int kStatusNeedsReview = 1;
inline constexpr int kStatusNotComparable = 3;

[[nodiscard]] bool was_compared(const CaseResult& result);  // ended with 0 or 1 and left what could be read
[[nodiscard]] bool was_refused(const CaseResult& result);   // ended with 3

// What the case tells, with nothing of a tool yet.
[[nodiscard]] CaseResult result_without_tool(const Case& from);

// With the findings and candidates of a report.json, but for those that hit nothing and whose centre lies in an
// ignored polygon, and the homography and the sensitivity where it has them. Throws Error{damaged_file} that names file
// and key.
[[nodiscard]] CaseResult with_report(CaseResult result, const Case& from, const std::string& report_json,
                                     const std::string& shown_name);

// With the distances of the mapped points from where they should lie, in sample pixels. As many as the case has.
[[nodiscard]] CaseResult with_points(CaseResult result, const Case& from, const std::vector<imaging::Point>& mapped);

}  // namespace boarddiff::datasets
