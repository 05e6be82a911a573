// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"
#include "imaging/frame_warp.h"

#include <opencv2/core.hpp>

#include <array>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

// Pictures in which the eye sees at once whether an alignment is right.
enum class ViewKind { checkerboard, flicker };
inline constexpr std::array kViewKinds = {ViewKind::checkerboard, ViewKind::flicker};
[[nodiscard]] std::string_view name_of(ViewKind kind);

// Both pictures in one frame, 8 bits BGR, with the light of the other one brought to that of the picture whose frame
// it is: one gain a channel, by the means of what both show. For the eye, not for a measure.
struct PicturesInOneFrame {
  cv::Mat3b reference = {};
  cv::Mat3b sample = {};
  cv::Mat1b shown = {};  // 255 where both show something
};
[[nodiscard]] PicturesInOneFrame pictures_in_one_frame(const imaging::BoardImage& owner,
                                                       const imaging::WarpedPicture& other, imaging::Frame frame,
                                                       imaging::Modality modality);

// Squares alternately from either picture, the reference's first: lines that run on over the squares' borders are
// aligned. 24 squares along the longer side. What only one picture shows is taken from that one.
[[nodiscard]] cv::Mat3b checkerboard(const PicturesInOneFrame& pictures);

// The two pictures to show in turn, shrunk to 1600 pixels with all that is around them. Each says which it is three
// times, by word, colour and pattern of its border, so that nobody has to tell colours apart: REFERENCE is blue and
// plain, SAMPLE orange and striped. What only one of them shows is black in both: only differences blink.
[[nodiscard]] std::vector<cv::Mat3b> flicker_frames(const PicturesInOneFrame& pictures);

// Two changes a second: below the three flashes a second that can harm people with photosensitive epilepsy.
inline constexpr int kFlicker_ms = 500;

}  // namespace boarddiff::compare
