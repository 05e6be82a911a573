// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/change/changes.h"
#include "datasets/picture/circumstances.h"
#include "datasets/xray_visibility.h"
#include "imaging/board_image.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::datasets {

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
  bool mirrored = false;                // left and right of the sample are exchanged
  bool among_others = false;  // the sample's board lies anyhow beside two others of the style; photographs only
  std::vector<WantedChange> changes = {};
  int specimens = 1;  // known-good units that are pictured
};

// A change in either picture's pixels.
struct TrueChange {
  std::string id = {};
  compare::FindingKind kind = compare::FindingKind::extra_component;
  imaging::Box sample_box = {};     // of the polygon
  imaging::Box reference_box = {};  // where it is, or would be, in the reference
  std::vector<imaging::Box> also_in_sample = {};
  imaging::Point size_mm = imaging::Point::Zero();
  Ground background = Ground::in_place;
  imaging::Polygon sample_polygon = {};  // the body as the camera sees it, base and top
  imaging::Polygon reference_polygon = {};
  imaging::Polygon board_polygon_mm = {};
  std::optional<XrayVisibility> visibility = {};  // of X-rays
};

// A part of the design, as the reference unit has it.
struct TrueComponent {
  std::string designator = {};
  std::string package = {};                         // empty: a shape from a design file
  std::optional<compare::ComponentKind> kind = {};  // of the package
  bool populated = true;
  imaging::Point centre_mm = imaging::Point::Zero();
  double angle_deg = 0;
  imaging::Point size_mm = imaging::Point::Zero();
  imaging::Polygon reference_polygon = {};
  imaging::Polygon sample_polygon = {};
};

struct PointPair {  // one point of the board's plane in both pictures
  imaging::Point in_reference = imaging::Point::Zero();
  imaging::Point in_sample = imaging::Point::Zero();
};

// A picture as a file: JPEG for photographs, PNG with 16 bits for X-rays.
struct PictureFile {
  std::string name = {};
  std::string bytes = {};
};

struct BoardPair {
  imaging::BoardImage reference = {};  // decoded from their files, so that memory and disk agree
  imaging::BoardImage sample = {};
  std::vector<imaging::BoardImage> further_references = {};  // other known-good units
  std::vector<PictureFile> files = {};                       // reference, sample, further references
  imaging::Modality modality = imaging::Modality::photo;
  bool same_board = true;                      // false: the pictures must be refused
  std::vector<TrueChange> changes = {};        // which the sample shows, at least in part
  std::vector<PointPair> points = {};          // inside both pictures
  std::vector<imaging::Point> points_mm = {};  // the same on the board, in the same order
  std::vector<TrueComponent> components = {};  // none of strangers
  std::string board = {};                      // "server-101": pairs of one design are not independent of each other
  std::string style = {};                      // empty: a design from outside
  Severity severity = Severity::usual;
  std::uint64_t seed = 0;
};

// Same settings and seed, same bytes, for any number of threads.
[[nodiscard]] BoardPair make_board_pair(const BoardPairSettings& settings, std::uint64_t seed);

// Of a design from outside, which `name` says for `board`; the style in the settings is that of strangers.
[[nodiscard]] BoardPair make_board_pair(const BoardDesign& design, const std::string& name,
                                        const BoardPairSettings& settings, std::uint64_t seed);

}  // namespace boarddiff::datasets
