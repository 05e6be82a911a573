// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// How a large picture is cut into tiles for a viewer: level L is the picture at 1/2^(last - L) of its size, each tile
// a square of kTileSide pixels with one pixel of its neighbours around it, as in Deep Zoom.
struct TileLevels {
  static constexpr int kTileSide = 512;
  static constexpr int kOverlap = 1;

  int first = 0;  // the level that is one tile
  int last = 0;   // full size

  [[nodiscard]] static TileLevels of(const cv::Size& picture);
};

struct TilePlace {
  int level = 0;
  int column = 0;
  int row = 0;
};

// A picture at all levels. Levels are made once.
class TilePyramid {
 public:
  explicit TilePyramid(cv::Mat3b picture);

  [[nodiscard]] cv::Size size() const { return levels_.back().size(); }
  [[nodiscard]] const TileLevels& levels() const { return numbers_; }

  // Columns and rows of a level.
  [[nodiscard]] cv::Size tiles_of(int level) const;
  // A JPEG file; nothing for a place that there is not.
  [[nodiscard]] std::optional<std::string> tile(const TilePlace& place) const;

 private:
  TileLevels numbers_ = {};
  std::vector<cv::Mat3b> levels_ = {};  // from the first to the last
};

}  // namespace boarddiff::cli
