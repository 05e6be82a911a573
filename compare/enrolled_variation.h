// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/database.h"
#include "compare/variation.h"
#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

// What else a place of the first board may look like (see variation.h), as a person accepted it. Once accepted it stays
// in the file; withdrawn, it counts no longer.
struct EnrolledVariation {
  int number = 0;  // 1, 2, 3, ...
  imaging::Box core = {};
  cv::Rect place = {};
  std::string bytes = {};             // the look, a PNG file
  std::string sha256 = {};            // of it
  std::string reference_sha256 = {};  // of the first board's picture, on which the place lies
  std::string sample_sha256 = {};     // of the picture that it was seen in
  std::string who = {};
  std::string why = {};
  std::string when = {};
  std::string withdrawn_by = {};  // empty: it counts
  std::string withdrawn_at = {};
};

inline constexpr std::size_t kMostEnrolledVariations = 1000;
inline constexpr std::string_view kVariationTable =
    "CREATE TABLE variation(number INTEGER PRIMARY KEY, x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height "
    "REAL NOT NULL, place_x INTEGER NOT NULL, place_y INTEGER NOT NULL, place_width INTEGER NOT NULL, place_height "
    "INTEGER NOT NULL, content BLOB NOT NULL, sha256 TEXT NOT NULL, reference_sha256 TEXT NOT NULL, sample_sha256 TEXT "
    "NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL, withdrawn_by TEXT NOT NULL, withdrawn_at TEXT "
    "NOT NULL)";

void write_variations(Database& database, const std::vector<EnrolledVariation>& variations);

// Of a first board with this picture. Throws Error{damaged_file} for what does not hold together: another number than
// its turn, a place outside of the picture or without the core, a look that is not the one that was accepted, or one of
// another board's picture.
[[nodiscard]] std::vector<EnrolledVariation> read_variations(Database& database, const cv::Size& reference,
                                                             const std::string& reference_sha256);

// The look of a prepared picture (cut_look) as the file keeps it.
[[nodiscard]] std::string variation_bytes(const cv::Mat& look);

// Those that count, decoded. Throws Error, with `shown_name` in front, for a look that is no picture of its place's
// size.
[[nodiscard]] std::vector<Variation> decoded_variations(const std::vector<EnrolledVariation>& variations,
                                                        const std::string& shown_name);

}  // namespace boarddiff::compare
