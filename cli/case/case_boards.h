// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/database.h"
#include "imaging/base/frames.h"
#include "imaging/plane_map.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// A row of the table `sample` with its reference, as pages and exports read it. Texts are as the file has them: they
// may hold anything.
struct CaseBoard {
  std::int64_t id = 0;
  std::string path = {};
  std::string file = {};
  std::string sha256 = {};
  std::string reference_path = {};
  std::string reference_file = {};
  std::string reference_sha256 = {};
  std::string serial = {};
  std::string lot = {};
  std::string side = {};
  std::string stage = {};
  std::string performer = {};
  std::string station = {};
  std::string taken = {};
  std::string state = {};    // "inspected", "unreadable", "failed", "waiting"
  std::string outcome = {};  // of inspected ones
  std::string reason = {};
  double score = 0;
  std::int64_t findings = 0;
  std::int64_t candidates = 0;
  std::string inspected_at = {};
  std::string earlier_stage = {};  // whose picture is its reference; empty: the known-good board is
  bool is_against_earlier = false;

  // The serial, or else the file.
  [[nodiscard]] const std::string& name() const { return serial.empty() ? file : serial; }
};

// All but repeated pictures, as they were listed.
[[nodiscard]] std::vector<CaseBoard> boards_as_listed(compare::Database& database);

// The most alarming first: boards with findings by their highest score, then what could not be compared or read, then
// the rest; rows of one serial stand together.
[[nodiscard]] std::vector<CaseBoard> by_concern(std::vector<CaseBoard> as_listed);
[[nodiscard]] std::vector<CaseBoard> boards_by_concern(compare::Database& database);
[[nodiscard]] std::optional<CaseBoard> board_with(compare::Database& database, std::int64_t id);

// A row of the table `finding`.
struct CaseFinding {
  int number = 0;
  std::string kind = {};
  double score = 0;
  bool above_threshold = false;
  std::int64_t advisory = 0;
  imaging::Box sample_box = {};
  imaging::Box reference_box = {};
  std::string near = {};
  std::string watch = {};
  std::string reason = {};
  bool has_crops = false;
};
// Four columns from there on: x, y, width, height.
[[nodiscard]] imaging::Box box_in(const compare::Statement& row, int column);

// Of a sample, by number.
[[nodiscard]] std::vector<CaseFinding> findings_of(compare::Database& database, std::int64_t sample);

// Bytes of JPEG files; empty where there are none.
enum class CasePicture { reference, sample };
[[nodiscard]] std::string crop_of(compare::Database& database, std::int64_t sample, int number, CasePicture which);
[[nodiscard]] std::string thumbnail_of(compare::Database& database, std::int64_t sample, CasePicture which);

// report.json of a sample; empty where it was not inspected.
[[nodiscard]] std::string report_of(compare::Database& database, std::int64_t sample);

// SHA-256 of the reference's picture as its report has it, of several boards the first; empty where it was not
// inspected.
[[nodiscard]] std::string reference_picture_of(compare::Database& database, std::int64_t sample);

// Other regions and variations make another reference file of the same boards: what tells whether it is still the one
// that a board was compared with is its first picture. Throws Error{unreadable_file} where that was `recorded` and is
// `found` now.
void check_is_same_reference(const std::string& path, const std::string& recorded, const std::string& found);

// Everything that decided what its inspection computed, as JSON.
[[nodiscard]] std::string options_of(compare::Database& database, std::int64_t sample);

// How it lies on its reference; nothing where it does not, or where the file is of the first schema.
[[nodiscard]] std::optional<imaging::PlaneMap> alignment_of(compare::Database& database, std::int64_t sample);

}  // namespace boarddiff::cli
