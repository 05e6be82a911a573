// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/virtual_places.h"
#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

#include <array>
#include <string_view>
#include <vector>

// Private to the sensitivity: what is planted into X-rays.
namespace boarddiff::compare {

// Bodies whose moulding no X-ray shows, by what is in them: 0.3 mm of silicon alone, or on a frame of copper as thick
// as a track (35 um) or as usual lead frames are (125 um), that takes the middle three fifths of either side.
struct InsertMaterial {
  std::string_view name = {};
  std::string_view in_words = {};
  double silicon = 0;  // attenuation, natural logarithm, at about 80 kV
  double frame = 0;    // besides, in its middle
};
inline constexpr std::array kInsertMaterials = {InsertMaterial{"silicon", "silicon alone", 0.04, 0},
                                                InsertMaterial{"thin_frame", "silicon on a thin frame", 0.04, 0.075},
                                                InsertMaterial{"frame", "silicon on a frame", 0.04, 0.27}};

// Where they may lie: wherever nothing is called anyway and both pictures were compared, between the parts of the board
// and, since X-rays go through, on what absorbs by itself: parts, pins, joints.
[[nodiscard]] RoomForParts room_for_inserts(const Comparison& compared, const std::vector<imaging::Box>& taken);

// The share of what is inspected where little absorbs besides the board.
[[nodiscard]] double share_of_bare_board(const Comparison& compared);

// Adds what the insert absorbs, with edges as blurred as a usual picture's.
void plant_insert(cv::Mat1f& attenuation, const imaging::Box& outline, const InsertMaterial& material);

// The evidence as it was, and the planted sample's around the outlines: what is measured of the picture as a whole
// stays, and so does what several known-good boards say of the rest.
[[nodiscard]] AttenuationEvidence with_planted_windows(const AttenuationEvidence& before,
                                                       const AttenuationEvidence& planted,
                                                       const std::vector<imaging::Box>& outlines);

}  // namespace boarddiff::compare
