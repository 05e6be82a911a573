// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/surface_painter.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>

namespace boarddiff::datasets {
namespace {

using imaging::Point;

constexpr int kShift = 6;  // OpenCV's fixed-point coordinates: 1/64 px
constexpr double kFixed = 1 << kShift;

cv::Point fixed(const Point& point, const cv::Point& origin) {
  return {static_cast<int>(std::lround((point.x() - origin.x) * kFixed)),
          static_cast<int>(std::lround((point.y() - origin.y) * kFixed))};
}

cv::Rect window_around(const imaging::Box& box, const cv::Size& size) {
  const int left = static_cast<int>(std::floor(box.x)) - 1;
  const int top = static_cast<int>(std::floor(box.y)) - 1;
  const int right = static_cast<int>(std::ceil(box.x + box.width)) + 2;
  const int bottom = static_cast<int>(std::ceil(box.y + box.height)) + 2;
  return cv::Rect(left, top, right - left, bottom - top) & cv::Rect(cv::Point(0, 0), size);
}

Stamp empty_stamp(const cv::Rect& window) { return {window, cv::Mat1b(window.size(), static_cast<unsigned char>(0))}; }

unsigned char mix(unsigned char from, unsigned char to, double share) {
  return static_cast<unsigned char>(std::lround(from + (to - from) * share));
}

// All lines at a fixed letter size, centred under each other.
cv::Mat1b drawn_text(const std::string& text, int letter_px, double boldness) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  const int face = cv::FONT_HERSHEY_SIMPLEX;
  const int thickness = std::max(1, static_cast<int>(std::lround(boldness * letter_px)));
  const double scale = cv::getFontScaleFromHeight(face, letter_px, thickness);
  const int pitch = letter_px * 3 / 2;
  int width = 1;
  for (const std::string& line : lines) {
    width = std::max(width, cv::getTextSize(line, face, scale, thickness, nullptr).width);
  }
  cv::Mat1b canvas(pitch * static_cast<int>(lines.size()) + letter_px / 4, width + 2 * thickness,
                   static_cast<unsigned char>(0));
  int base = letter_px + letter_px / 8;
  for (const std::string& line : lines) {
    const int own = cv::getTextSize(line, face, scale, thickness, nullptr).width;
    cv::putText(canvas, line, {(canvas.cols - own) / 2, base}, face, scale, cv::Scalar(255), thickness, cv::LINE_AA);
    base += pitch;
  }
  return canvas;
}

imaging::Polygon chord(double radius) {
  imaging::Polygon outline;
  for (int i = -8; i <= 8; ++i) {
    const double angle = i * 0.13;
    outline.emplace_back(-radius * std::cos(angle), radius * std::sin(angle));
  }
  return outline;
}

}  // namespace

Stamp polygon_stamp(const imaging::Polygon& outline_px, const cv::Size& size) {
  Stamp stamp = empty_stamp(window_around(imaging::bounding_box(outline_px), size));
  if (stamp.window.empty()) return stamp;
  std::vector<cv::Point> corners;
  for (const Point& corner : outline_px) {
    corners.push_back(fixed(corner, stamp.window.tl()));
  }
  cv::fillPoly(stamp.cover, std::vector<std::vector<cv::Point>>{corners}, cv::Scalar(255), cv::LINE_AA, kShift);
  return stamp;
}

Stamp disc_stamp(const Point& centre_px, double radius_px, const cv::Size& size) {
  Stamp stamp = empty_stamp(
      window_around({centre_px.x() - radius_px, centre_px.y() - radius_px, 2 * radius_px, 2 * radius_px}, size));
  if (stamp.window.empty()) return stamp;
  cv::circle(stamp.cover, fixed(centre_px, stamp.window.tl()), static_cast<int>(std::lround(radius_px * kFixed)),
             cv::Scalar(255), cv::FILLED, cv::LINE_AA, kShift);
  return stamp;
}

namespace {

Stamp warped_stamp(const cv::Mat1b& drawn, const TextPlace& place, const Point& scale, const cv::Size& size) {
  const double reach = std::hypot(place.width_px, place.height_px) / 2;
  Stamp stamp = empty_stamp(
      window_around({place.centre_px.x() - reach, place.centre_px.y() - reach, 2 * reach, 2 * reach}, size));
  if (stamp.window.empty()) return stamp;
  // What shrinks much is averaged first, or strokes would fall between the pixels.
  cv::Mat1b source = drawn;
  Point left_to_do = scale;
  if (scale.minCoeff() < 0.6) {
    const Point shrink = (1.2 * scale).cwiseMin(1.0).cwiseMax(Point(2.0 / drawn.cols, 2.0 / drawn.rows));
    cv::resize(drawn, source, {}, shrink.x(), shrink.y(), cv::INTER_AREA);
    left_to_do = {scale.x() * drawn.cols / source.cols, scale.y() * drawn.rows / source.rows};
  }
  const double angle = place.angle_deg * std::numbers::pi / 180;
  const double cosine = std::cos(angle);
  const double sine = std::sin(angle);
  const double cx = (source.cols - 1) / 2.0 * left_to_do.x();
  const double cy = (source.rows - 1) / 2.0 * left_to_do.y();
  const Point to(place.centre_px.x() - stamp.window.x, place.centre_px.y() - stamp.window.y);
  const cv::Matx23d window_from_source(cosine * left_to_do.x(), -sine * left_to_do.y(),
                                       to.x() - cosine * cx + sine * cy, sine * left_to_do.x(), cosine * left_to_do.y(),
                                       to.y() - sine * cx - cosine * cy);
  cv::warpAffine(source, stamp.cover, window_from_source, stamp.window.size(), cv::INTER_LINEAR);
  return stamp;
}

}  // namespace

Stamp text_stamp(const std::string& text, const TextPlace& place, const cv::Size& size) {
  if (text.empty()) return {};
  const cv::Mat1b drawn = drawn_text(text, 24, place.boldness);
  const double scale = std::min(place.width_px / drawn.cols, place.height_px / drawn.rows);
  return warped_stamp(drawn, place, {scale, scale}, size);
}

Stamp picture_stamp(const cv::Mat1b& picture, const TextPlace& place, const cv::Size& size) {
  return warped_stamp(picture, place, {place.width_px / picture.cols, place.height_px / picture.rows}, size);
}

Stamp solid_stamp(const Part& part, const Solid& solid, const Raster& raster) {
  const double radius = solid.width_mm / 2;
  if (solid.form == Solid::Form::cylinder) {
    return disc_stamp(raster.pixel_at(on_board(part, solid.centre_mm)), radius * raster.pixels_per_mm, raster.size);
  }
  const imaging::Polygon own = solid.form == Solid::Form::half_moon
                                   ? chord(radius * 0.93)
                                   : imaging::corners({-radius, -solid.depth_mm / 2, solid.width_mm, solid.depth_mm});
  imaging::Polygon outline;
  for (const Point& corner : own) {
    outline.push_back(raster.pixel_at(on_board(part, corner + solid.centre_mm)));
  }
  return polygon_stamp(outline, raster.size);
}

void press(cv::Mat1b& map, const Stamp& stamp) {
  if (stamp.window.empty()) return;
  cv::Mat target = map(stamp.window);
  cv::max(target, cv::Mat(stamp.cover), target);
}

void lay(Surface& surface, const Stamp& stamp, const Finish& finish, double opacity) {
  for (int y = 0; y < stamp.cover.rows; ++y) {
    for (int x = 0; x < stamp.cover.cols; ++x) {
      const double share = opacity * stamp.cover(y, x) / 255;
      if (share <= 0) continue;
      const cv::Point at = stamp.window.tl() + cv::Point(x, y);
      cv::Vec3b& colour = surface.colour(at);
      for (int c = 0; c < 3; ++c) {
        colour[c] = mix(colour[c], finish.colour[c], share);
      }
      surface.gloss(at) = mix(surface.gloss(at), finish.gloss, share);
      surface.metal(at) = mix(surface.metal(at), finish.metal, share);
    }
  }
}

void raise(Surface& surface, const Stamp& stamp, double top_mm, double bevel_mm) {
  if (stamp.window.empty()) return;
  const double bevel_px = bevel_mm * surface.raster.pixels_per_mm;
  cv::Mat1f depth;
  if (bevel_px > 1) {
    cv::Mat1b solid;
    cv::compare(stamp.cover, 127, solid, cv::CMP_GT);
    cv::distanceTransform(solid, depth, cv::DIST_L2, cv::DIST_MASK_5);
  }
  for (int y = 0; y < stamp.cover.rows; ++y) {
    for (int x = 0; x < stamp.cover.cols; ++x) {
      const double cover = stamp.cover(y, x) / 255.0;
      if (cover <= 0) continue;
      double top = top_mm;
      if (!depth.empty()) {
        const double off = 1 - std::min(1.0, static_cast<double>(depth(y, x)) / bevel_px);
        top -= bevel_mm * off * off;
      }
      float& height = surface.height_mm(stamp.window.tl() + cv::Point(x, y));
      height = static_cast<float>(std::max<double>(height, height + (top - height) * cover));
    }
  }
}

}  // namespace boarddiff::datasets
