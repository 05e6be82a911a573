// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/changes.h"
#include "datasets/render_photo.h"
#include "imaging/board_image.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::datasets {

// How far the second picture's circumstances are from the first's.
enum class Severity { easy, usual, hard };

// What the sample shows.
enum class SampleBoard { same_unit, other_unit, other_design, other_side };

struct BoardPairSettings {
  BoardStyle style = BoardStyle::controller;
  imaging::Modality modality = imaging::Modality::photo;
  double megapixels = 1.5;  // of each picture
  Severity severity = Severity::usual;
  SampleBoard sample_board = SampleBoard::other_unit;
  double rotation_deg = 0;              // of the sample against the reference, besides what the severity draws
  std::optional<double> tilt_deg = {};  // of the sample's camera; nothing: as the severity draws
  double scale = 1;                     // sample pixels per millimetre and picture size, against the reference
  bool part_view = false;               // the sample shows a part of the board, enlarged
  std::vector<WantedChange> changes = {};
};

// A change as a box in either picture's pixels.
struct TrueChange {
  std::string id = {};
  compare::FindingKind kind = compare::FindingKind::extra_component;
  imaging::Box sample_box = {};
  imaging::Box reference_box = {};  // where it is, or would be, in the reference
  std::vector<imaging::Box> also_in_sample = {};
  imaging::Point size_mm = imaging::Point::Zero();
};

struct PointPair {  // one point of the board's plane in both pictures
  imaging::Point in_reference = imaging::Point::Zero();
  imaging::Point in_sample = imaging::Point::Zero();
};

struct BoardPair {
  imaging::BoardImage reference = {};
  imaging::BoardImage sample = {};
  imaging::Modality modality = imaging::Modality::photo;
  bool same_board = true;                // false: the pictures must be refused
  std::vector<TrueChange> changes = {};  // whose middle the sample shows
  std::vector<PointPair> points = {};    // inside both pictures
};

// Same settings and seed, same bytes.
[[nodiscard]] BoardPair make_board_pair(const BoardPairSettings& settings, std::uint64_t seed);

}  // namespace boarddiff::datasets
