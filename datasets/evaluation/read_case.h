// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/board_pair.h"
#include "imaging/base/frames.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::datasets {

// One true change as case.json tells it. Texts that it does not tell are empty.
struct CaseChange {
  std::string id = {};                      // what case.json gives twice is numbered: "r0603", "r0603 (2)"
  std::string kind = {};                    // of another set of cases perhaps none of ours
  imaging::Box box = {};                    // sample pixels
  std::vector<imaging::Box> also = {};      // further places that count as well: a moved part's old one
  std::vector<double> size_mm = {};         // nothing, or width, depth and perhaps height
  std::string background = {};              // what it stands on: "bare_mask", "under_part"
  imaging::Polygon reference_polygon = {};  // empty: not told
  std::optional<XrayVisibility> visibility = {};
};

// Two pictures and what is known about them.
struct Case {
  std::string name = {};  // of the folder
  std::filesystem::path folder = {};
  std::filesystem::path reference = {};
  std::filesystem::path sample = {};
  std::vector<std::filesystem::path> known_good = {};  // all known-good units that are pictured, the reference first
  imaging::Modality modality = imaging::Modality::photo;
  bool same_board = true;  // false: the pair must be refused
  bool exhaustive = true;  // false: other real differences exist, so that findings elsewhere are not false calls
  std::string board = {};  // the design; cases of one design are not independent. Not told: the name
  std::string style = {};
  std::string severity = {};
  std::optional<double> pixels_per_mm = {};  // of the reference
  std::vector<CaseChange> changes = {};
  std::vector<imaging::Polygon> ignore = {};  // sample pixels; findings that lie there and hit nothing do not count
  std::vector<PointPair> points = {};         // on the board's plane
};

// Reads FOLDER/case.json; the pictures are named and not opened. Keys that it does not know are passed over. Throws
// Error: unreadable_file, damaged_file with the path and the key ("case.json: changes[1].box must be 4 numbers").
[[nodiscard]] Case read_case(const std::filesystem::path& folder);

// The same for text already in memory; `folder` is where its files lie and `shown_name` what messages call it.
[[nodiscard]] Case case_in_text(const std::string& text, const std::filesystem::path& folder,
                                const std::string& shown_name);

}  // namespace boarddiff::datasets
