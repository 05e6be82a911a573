// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"
#include "imaging/board_image.h"
#include "imaging/board_scale.h"

#include <Eigen/Core>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Private to board_scale: markers of known size in a picture.
namespace boarddiff::imaging {

// How many different markers a dictionary has, or nothing when there is no such dictionary.
[[nodiscard]] std::optional<int> markers_in(std::string_view dictionary);

// "4X4_50, 4X4_100, ...", for messages.
[[nodiscard]] std::string dictionary_names();

// A marker's four corners from its upper left one clockwise, in the frame that the name says.
struct Marker {
  int id = 0;
  std::array<Point, 4> corners = {};
};

// Looks on a shrunk picture first. Sorted by id; an id that is seen twice is left out.
[[nodiscard]] std::vector<Marker> find_markers(const BoardImage& image, Modality modality, std::string_view dictionary);

// Pixels of the picture from millimetres on the ChArUco board, fitted to the corners of its squares; or nothing when
// too few of the markers are there. `seen` are markers of the picture.
[[nodiscard]] std::optional<Eigen::Matrix3d> fit_charuco(const BoardImage& image, Modality modality,
                                                         const std::vector<Marker>& seen, const CharucoBoard& board);

struct RulerFit {
  double pixels_per_mm = 0;
  double least = 0;  // at one end and at the other
  double most = 0;
};
[[nodiscard]] std::optional<RulerFit> fit_ruler(const std::vector<Marker>& seen, const MarkerRuler& ruler);

// How many markers such a board has at most.
[[nodiscard]] int markers_on(const CharucoBoard& board);

}  // namespace boarddiff::imaging
