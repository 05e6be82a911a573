// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_boards.h"
#include "cli/case/case_store.h"
#include "cli/case/decisions.h"
#include "compare/enrolled_variation.h"
#include "imaging/base/frames.h"

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// What it takes to make a dismissed finding a variation of its reference file.
struct VariationRequest {
  DecisionPlace place = {};
  CaseBoard board = {};
  std::string options = {};                   // of its inspection, as JSON
  std::string reference_picture_sha256 = {};  // of the first board that it was inspected against
  std::string kind = {};                      // of the finding
  imaging::Box core = {};                     // of it, in reference pixels
  std::vector<imaging::Box> others = {};      // of the other findings at or above the threshold
  std::string who = {};
  std::string why = {};  // "approved alternate: from the second source"
};

// Whether the board was inspected against a file that can hold variations, as far as that file is there.
[[nodiscard]] bool takes_variations(const CaseBoard& board);

// Of a finding that stands as dismissed. Throws Error{invalid_option} where it does not, or its dismissal is no reason:
// a fault of the picture is no look of the board.
[[nodiscard]] VariationRequest variation_request(compare::Database& database, const DecisionPlace& place,
                                                 const std::string& who);

// The look, cut out of the sample, without a number. Reads both pictures again. Throws Error as the loader does;
// unreadable_file where one is not what was inspected, invalid_option where the reference is no file of boarddiff
// enroll, or X-rays were corrected by frames of the detector.
[[nodiscard]] compare::EnrolledVariation cut_variation(const VariationRequest& request);

// Puts the look into the reference file and into the case's trail, and returns its number. Throws Error{invalid_option}
// where the file holds it already.
int keep_variation(CaseStore& store, const VariationRequest& request, compare::EnrolledVariation variation);

// Ignores the finding's box on every board of the reference file instead, and returns the region's id
// (drawn_regions.h): for print that is another on each board, such as lot codes. Throws Error{invalid_option} for a
// finding that is no changed marking: only those leave the part itself to be inspected around the print.
std::string keep_region(CaseStore& store, const VariationRequest& request);

// The variation counts no longer; it stays in the file. `store`: whose trail says so; null: none. Throws
// Error{invalid_option} for a number that there is not, or that is withdrawn already.
void withdraw_variation(const std::filesystem::path& reference, int number, const std::string& who, CaseStore* store);

}  // namespace boarddiff::cli
