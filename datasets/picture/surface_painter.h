// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/surface.h"

#include <opencv2/core.hpp>

#include <string>

namespace boarddiff::datasets {

// A soft-edged stamp: 0 to 255 over a small window of a map.
struct Stamp {
  cv::Rect window = {};
  cv::Mat1b cover = {};
};

// `centre` and outlines are in pixels of the map that has this size.
[[nodiscard]] Stamp polygon_stamp(const imaging::Polygon& outline_px, const cv::Size& size);
[[nodiscard]] Stamp disc_stamp(const imaging::Point& centre_px, double radius_px, const cv::Size& size);

// Lines of text in strokes, fitted into a box of this size, turned about its middle.
struct TextPlace {
  imaging::Point centre_px = imaging::Point::Zero();
  double width_px = 0;
  double height_px = 0;
  double angle_deg = 0;
  double boldness = 0.12;  // stroke width by letter height
};
[[nodiscard]] Stamp text_stamp(const std::string& text, const TextPlace& place, const cv::Size& size);

// A picture (255: ink), stretched into the same box.
[[nodiscard]] Stamp picture_stamp(const cv::Mat1b& picture, const TextPlace& place, const cv::Size& size);

// The outline of a solid of a part as it sits on the board.
[[nodiscard]] Stamp solid_stamp(const Part& part, const Solid& solid, const Raster& raster);

// Covers the map with 255 where the stamp covers it.
void press(cv::Mat1b& map, const Stamp& stamp);

// Lays a finish over the surface, `opacity` 0 to 1; heights stay.
void lay(Surface& surface, const Stamp& stamp, const Finish& finish, double opacity);

// Raises the surface to `top_mm` within the stamp, rounded off over `bevel_mm` along its edge.
void raise(Surface& surface, const Stamp& stamp, double top_mm, double bevel_mm);

}  // namespace boarddiff::datasets
