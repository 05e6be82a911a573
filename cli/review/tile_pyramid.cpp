// SPDX-License-Identifier: Apache-2.0
#include "cli/review/tile_pyramid.h"

#include "compare/shown_pair.h"
#include "imaging/base/error.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <utility>

namespace boarddiff::cli {
namespace {

// Tiles that a length of that many pixels is cut into.
int tiles_along(int length) { return (length + TileLevels::kTileSide - 1) / TileLevels::kTileSide; }

}  // namespace

TileLevels TileLevels::of(const cv::Size& picture) {
  TileLevels levels;
  for (int side = 1; side < std::max(picture.width, picture.height); side *= 2) ++levels.last;
  levels.first = levels.last;
  for (int side = kTileSide; levels.first > 0 && side < std::max(picture.width, picture.height); side *= 2) {
    --levels.first;
  }
  return levels;
}

TilePyramid::TilePyramid(cv::Mat3b picture) : numbers_(TileLevels::of(picture.size())) {
  imaging::require(!picture.empty(), "TilePyramid: a picture");
  levels_.push_back(std::move(picture));
  for (int level = numbers_.last; level > numbers_.first; --level) {
    const cv::Mat3b& larger = levels_.back();
    cv::Mat3b half;
    cv::resize(larger, half, {(larger.cols + 1) / 2, (larger.rows + 1) / 2}, 0, 0, cv::INTER_AREA);
    levels_.push_back(half);
  }
  std::reverse(levels_.begin(), levels_.end());
}

cv::Size TilePyramid::tiles_of(int level) const {
  if (level < numbers_.first || level > numbers_.last) {
    return {};
  }
  const cv::Mat3b& picture = levels_[static_cast<std::size_t>(level - numbers_.first)];
  return {tiles_along(picture.cols), tiles_along(picture.rows)};
}

std::optional<std::string> TilePyramid::tile(const TilePlace& place) const {
  if (!cv::Rect({}, tiles_of(place.level)).contains({place.column, place.row})) {
    return {};
  }
  const cv::Mat3b& picture = levels_[static_cast<std::size_t>(place.level - numbers_.first)];
  const cv::Rect own(place.column * TileLevels::kTileSide, place.row * TileLevels::kTileSide, TileLevels::kTileSide,
                     TileLevels::kTileSide);
  const cv::Rect with_neighbours(own.x - TileLevels::kOverlap, own.y - TileLevels::kOverlap,
                                 own.width + 2 * TileLevels::kOverlap, own.height + 2 * TileLevels::kOverlap);
  return compare::display_jpeg(picture(with_neighbours & cv::Rect({}, picture.size())).clone());
}

}  // namespace boarddiff::cli
