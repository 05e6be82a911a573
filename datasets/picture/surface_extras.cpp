// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/surface_extras.h"

#include "datasets/picture/bar_code.h"
#include "datasets/picture/bare_board.h"
#include "datasets/picture/surface_painter.h"
#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace boarddiff::datasets {
namespace {

using imaging::Point;
using imaging::Random;

Point on_patch(const Patch& patch, const Point& point) {
  Part frame;
  frame.centre_mm = patch.centre_mm;
  frame.angle_deg = patch.angle_deg;
  return on_board(frame, point);
}

imaging::Polygon in_pixels(const Surface& surface, const Patch& patch, const imaging::Polygon& outline_mm) {
  imaging::Polygon outline;
  for (const Point& corner : outline_mm) {
    outline.push_back(surface.raster.pixel_at(on_patch(patch, corner)));
  }
  return outline;
}

// It follows what is under it: it adds its thickness instead of levelling. `profile` 0 to 255.
void thicken(Surface& surface, const cv::Rect& window, const cv::Mat1b& profile, double thickness_mm) {
  for (int y = 0; y < profile.rows; ++y) {
    for (int x = 0; x < profile.cols; ++x) {
      surface.height_mm(window.tl() + cv::Point(x, y)) += static_cast<float>(thickness_mm * profile(y, x) / 255);
    }
  }
}

void print_on(Surface& surface, const Patch& patch) {
  const double scale = surface.raster.pixels_per_mm;
  const Finish ink{{30, 28, 28}, 30, 0};
  const double text_share = patch.code.empty() ? 0.7 : 0.3;
  const double text_off = patch.code.empty() ? 0 : 0.3 * patch.depth_mm;
  const Point at = surface.raster.pixel_at(on_patch(patch, {0, text_off}));
  lay(surface,
      text_stamp(patch.text,
                 {at, 0.85 * patch.width_mm * scale, text_share * patch.depth_mm * scale, patch.angle_deg, 0.12},
                 surface.colour.size()),
      ink, 0.9);
  if (patch.code.empty()) return;
  const Point bars = surface.raster.pixel_at(on_patch(patch, {0, -0.16 * patch.depth_mm}));
  const bool square = patch.width_mm < 1.6 * patch.depth_mm;
  const cv::Mat1b code = square ? data_matrix(patch.code) : bar_code(patch.code);
  const double width = square ? 0.55 * patch.depth_mm : 0.88 * patch.width_mm;
  lay(surface,
      picture_stamp(code, {bars, width * scale, (square ? 0.55 : 0.52) * patch.depth_mm * scale, patch.angle_deg, 0},
                    surface.colour.size()),
      ink, 0.92);
}

void paint_sheet(Surface& surface, const Patch& patch) {
  const Stamp stamp = polygon_stamp(
      in_pixels(surface, patch,
                imaging::corners({-patch.width_mm / 2, -patch.depth_mm / 2, patch.width_mm, patch.depth_mm})),
      surface.colour.size());
  if (stamp.window.empty()) return;
  lay(surface, stamp, patch.finish, patch.opacity);
  thicken(surface, stamp.window, stamp.cover, patch.thickness_mm);
  print_on(surface, patch);
}

// A rim of a few waves about an ellipse.
imaging::Polygon blob_outline(const Patch& patch) {
  Random random = Random(patch.seed).stream("blob");
  std::array<double, 4> strength = {};
  std::array<double, 4> phase = {};
  for (std::size_t i = 0; i < strength.size(); ++i) {
    strength[i] = random.uniform(0.02, 0.14) / std::sqrt(static_cast<double>(i + 1));
    phase[i] = random.uniform(0, 2 * std::numbers::pi);
  }
  imaging::Polygon outline;
  constexpr int kCorners = 64;
  for (int i = 0; i < kCorners; ++i) {
    const double angle = 2 * std::numbers::pi * i / kCorners;
    double reach = 0.9;
    for (std::size_t wave = 0; wave < strength.size(); ++wave) {
      reach += strength[wave] * std::sin(static_cast<double>(wave + 2) * angle + phase[wave]) - strength[wave] / 2;
    }
    outline.emplace_back(patch.width_mm / 2 * reach * std::cos(angle), patch.depth_mm / 2 * reach * std::sin(angle));
  }
  return outline;
}

void paint_blob(Surface& surface, const Patch& patch) {
  const Stamp stamp = polygon_stamp(in_pixels(surface, patch, blob_outline(patch)), surface.colour.size());
  if (stamp.window.empty()) return;
  lay(surface, stamp, patch.finish, patch.opacity);
  cv::Mat1b dome;
  const double soft = 0.2 * std::min(patch.width_mm, patch.depth_mm) * surface.raster.pixels_per_mm;
  cv::GaussianBlur(stamp.cover, dome, {}, std::max(0.6, soft), 0, cv::BORDER_CONSTANT);
  cv::Mat inside = dome;
  cv::min(inside, cv::Mat(stamp.cover), inside);
  thicken(surface, stamp.window, dome, patch.thickness_mm);
}

// The stamps of the pieces as one, so that their joints count once.
Stamp united(const std::vector<Stamp>& pieces) {
  Stamp whole;
  for (const Stamp& piece : pieces) {
    whole.window = whole.window.empty() ? piece.window : whole.window | piece.window;
  }
  whole.cover = cv::Mat1b(whole.window.size(), static_cast<unsigned char>(0));
  for (const Stamp& piece : pieces) {
    press(whole.cover, {piece.window - whole.window.tl(), piece.cover});
  }
  return whole;
}

void paint_scratch(Surface& surface, const Patch& patch) {
  Random random = Random(patch.seed).stream("scratch");
  const int count = std::max(3, static_cast<int>(patch.width_mm / 0.5));
  double off = 0;
  Point from(-patch.width_mm / 2, 0);
  std::vector<Stamp> pieces;
  for (int i = 1; i <= count; ++i) {
    off = 0.85 * off + 0.12 * patch.depth_mm * random.normal();
    const Point to(patch.width_mm * (static_cast<double>(i) / count - 0.5), off);
    const Point half(0, patch.depth_mm / 2 * random.uniform(0.55, 1.0));
    const Stamp piece = polygon_stamp(in_pixels(surface, patch, {from - half, to - half, to + half, from + half}),
                                      surface.colour.size());
    if (!piece.window.empty()) pieces.push_back(piece);
    from = to;
  }
  const Stamp scratch = united(pieces);
  if (scratch.window.empty()) return;
  lay(surface, scratch, patch.finish, patch.opacity);
  thicken(surface, scratch.window, scratch.cover, -patch.thickness_mm);
}

// The highest of what is under a piece of wire, so that it lies on parts and sags between them only a little.
float ground_under(const Surface& surface, const Point& at_px, int reach) {
  const cv::Rect around =
      cv::Rect(static_cast<int>(at_px.x()) - reach, static_cast<int>(at_px.y()) - reach, 2 * reach + 1, 2 * reach + 1) &
      cv::Rect(cv::Point(0, 0), surface.height_mm.size());
  if (around.empty()) return 0;
  double top = 0;
  cv::minMaxLoc(surface.height_mm(around), nullptr, &top);
  return static_cast<float>(std::max(0.0, top));
}

struct WirePoint {
  Point at_px = Point::Zero();
  double ground_mm = 0;
};

std::vector<WirePoint> course_of(const Surface& surface, const Wire& wire) {
  const double scale = surface.raster.pixels_per_mm;
  const double step_mm = wire.diameter_mm / 4;
  std::vector<WirePoint> course;
  for (std::size_t i = 1; i < wire.points_mm.size(); ++i) {
    const Point way = wire.points_mm[i] - wire.points_mm[i - 1];
    const int steps = std::max(1, static_cast<int>(std::ceil(way.norm() / step_mm)));
    for (int k = 0; k <= steps; ++k) {
      const Point at = surface.raster.pixel_at(wire.points_mm[i - 1] + way * (static_cast<double>(k) / steps));
      course.push_back({at, ground_under(surface, at, std::max(1, static_cast<int>(0.5 * wire.diameter_mm * scale)))});
    }
  }
  // Stiffness: no wire follows a step.
  for (int round = 0; round < 40; ++round) {
    for (std::size_t i = 1; i + 1 < course.size(); ++i) {
      course[i].ground_mm =
          std::max(course[i].ground_mm, (course[i - 1].ground_mm + course[i + 1].ground_mm) / 2 - 0.01);
    }
  }
  return course;
}

}  // namespace

void paint_patch(Surface& surface, const Patch& patch) {
  switch (patch.form) {
    case Patch::Form::sheet:
      return paint_sheet(surface, patch);
    case Patch::Form::blob:
      return paint_blob(surface, patch);
    case Patch::Form::scratch:
      return paint_scratch(surface, patch);
  }
}

void paint_wire(Surface& surface, const Wire& wire) {
  const double scale = surface.raster.pixels_per_mm;
  const double radius = wire.diameter_mm / 2;
  for (const WirePoint& point : course_of(surface, wire)) {
    const Stamp stamp = disc_stamp(point.at_px, radius * scale, surface.colour.size());
    lay(surface, stamp, wire.finish, 1);
    raise(surface, stamp, point.ground_mm + wire.diameter_mm, radius);
  }
  if (wire.points_mm.empty()) return;
  // Bared and soldered at both ends.
  for (const Point& end : {wire.points_mm.front(), wire.points_mm.back()}) {
    const Stamp stamp = disc_stamp(surface.raster.pixel_at(end), 1.6 * radius * scale, surface.colour.size());
    lay(surface, stamp, {{180, 186, 186}, 190, 225}, 1);
    raise(surface, stamp, 0.25 + wire.diameter_mm, 1.3 * radius);
  }
}

}  // namespace boarddiff::datasets
