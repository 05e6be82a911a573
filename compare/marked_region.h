// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace boarddiff::compare {

// A part of the reference that somebody marked before the inspection: a polygon with holes.
struct MarkedRegion {
  std::string who = {};  // who marked it; empty: not said
  std::string why = {};  // and what for
  // The outline, then its holes, each of at least three corners, the last of which is joined to the first; finite
  // reference pixels.
  std::vector<imaging::Polygon> reference_rings = {};
};

// A file that regions were read from.
struct RegionSource {
  std::string name = {};    // without folders
  std::string sha256 = {};  // of its bytes
};

// Regions with the files that they were read from.
struct RegionSet {
  std::vector<RegionSource> sources = {};
  std::vector<MarkedRegion> regions = {};
};

// The regions of both.
[[nodiscard]] RegionSet joined(RegionSet one, const RegionSet& other);

struct MarkedRegions {
  RegionSet ignored = {};  // nothing is inspected there
  RegionSet watched = {};  // a looser threshold holds there
};

// What of the region lies in the box, in reference pixels; without rings where nothing does.
[[nodiscard]] MarkedRegion within(MarkedRegion region, const imaging::Box& box);

// The pixels of the reference shrunk by `scale` around the region; empty for a region that lies outside.
[[nodiscard]] cv::Rect window_around(const MarkedRegion& region, const cv::Size& size, double scale);

// 255 where a region holds the pixel's centre, in a window of the reference shrunk by `scale`: pixel (x, y) of it shows
// reference point ((x + 0.5) / scale - 0.5, ...).
[[nodiscard]] cv::Mat1b pixels_of(const MarkedRegion& region, const cv::Rect& window, double scale);

// The same for any of the regions, in all of the shrunk reference.
[[nodiscard]] cv::Mat1b pixels_of(const std::vector<MarkedRegion>& regions, const cv::Size& size, double scale);

// The first region that shares with the box at least a quarter of the smaller one of both; null for none. The box and
// the size are those of the shrunk reference.
[[nodiscard]] const MarkedRegion* region_around(const imaging::Box& box, const std::vector<MarkedRegion>& regions,
                                                const cv::Size& size, double scale);

// What findings in the region are said to be watched for; empty for null.
[[nodiscard]] std::string watched_for(const MarkedRegion* region);

// The region as one polygon in reference pixels, to within a pixel: holes are part of it by cuts of no width and
// run the other way, so that any rule of filling leaves them out.
[[nodiscard]] imaging::Polygon joined_rings(const MarkedRegion& region);

}  // namespace boarddiff::compare
