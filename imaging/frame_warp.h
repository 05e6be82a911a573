// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"
#include "imaging/plane_map.h"

#include <opencv2/core.hpp>

#include <array>
#include <functional>
#include <string_view>
#include <vector>

namespace boarddiff::imaging {

// Which picture's pixels a point or a picture is in.
enum class Frame { reference, sample };
inline constexpr std::array kFrames = {Frame::reference, Frame::sample};
[[nodiscard]] std::string_view name_of(Frame frame);

// Where the pixels of a picture lie in another one. The map is asked at every `step_px`-th pixel only, and in between
// the places are interpolated; the step is halved, from 8 down to 1, until that is within 0.005 pixels wherever it was
// tried, so that it stays within 0.01 pixels everywhere.
class PositionGrid {
 public:
  PositionGrid(const cv::Size& size, const std::function<Point(const Point&)>& position_of);

  [[nodiscard]] const cv::Size& size() const { return size_; }
  [[nodiscard]] int step_px() const { return step_px_; }
  // NaN where the map has no place for one of the points around.
  [[nodiscard]] Point at(int x, int y) const;

 private:
  void fill(const std::function<Point(const Point&)>& position_of);

  cv::Size size_ = {};
  int step_px_ = 8;
  cv::Mat2d places_ = {};
};

struct WarpedPicture {
  cv::Mat pixels = {};   // type of the source; 0 where it shows nothing
  cv::Mat1b shown = {};  // 255 where the source is shown, else 0
};

// The picture seen from another frame; the grid says where the frame's pixels lie in it. Bilinear, so that no value
// appears that the source does not have, on a source that was low-pass filtered to the result's resolution first.
[[nodiscard]] WarpedPicture warp_onto(const BoardImage& source, const PositionGrid& grid);

// The other picture in the frame of this one, at full size: the sample in the reference's frame or the reference in
// the sample's.
[[nodiscard]] WarpedPicture warp_into(Frame frame, const BoardImage& reference, const BoardImage& sample,
                                      const PlaneMap& map);

}  // namespace boarddiff::imaging
