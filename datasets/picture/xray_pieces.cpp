// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/xray_pieces.h"

#include "datasets/design/interior.h"
#include "datasets/picture/surface.h"
#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using imaging::Point;
using imaging::Random;

constexpr double kJoint = 0.5;
constexpr double kFilledHole = 0.9;  // solder and pin through the whole board
constexpr double kShellWall_mm = 0.35;
constexpr double kWireByWidth = 1.5;  // of copper, a millimetre thick

// Solder cools differently on each unit; how its parts slipped tells units apart.
Random solder_of(const Part& part) {
  const auto x = std::bit_cast<std::uint64_t>(part.slip_mm.x());
  const auto y = std::bit_cast<std::uint64_t>(part.slip_mm.y());
  const auto place = std::bit_cast<std::uint64_t>(part.centre_mm.x() + 1024 * part.centre_mm.y());
  return Random(imaging::mixed(imaging::mixed(x, y), place)).stream("solder");
}

Part on_its_footprint(const Part& part) { return {.centre_mm = part.centre_mm, .angle_deg = part.angle_deg}; }

Solid flat(const Point& centre, double width, double depth, bool round) {
  Solid solid;
  solid.form = round ? Solid::Form::cylinder : Solid::Form::box;
  solid.centre_mm = centre;
  solid.width_mm = width;
  solid.depth_mm = depth;
  return solid;
}

// As thick as a ball is at each place.
void make_ball(Stamp& stamp) {
  const double radius = std::max(1.0, (std::min(stamp.window.width, stamp.window.height) - 3) / 2.0);
  const double cx = (stamp.window.width - 1) / 2.0;
  const double cy = (stamp.window.height - 1) / 2.0;
  for (int y = 0; y < stamp.cover.rows; ++y) {
    for (int x = 0; x < stamp.cover.cols; ++x) {
      const double off = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (radius * radius);
      stamp.cover(y, x) = cv::saturate_cast<unsigned char>(stamp.cover(y, x) * std::sqrt(std::max(0.08, 1 - off)));
    }
  }
}

class PieceMaker {
 public:
  PieceMaker(const Raster& raster, bool below) : raster_(raster), below_(below) {}

  void add_part(const Part& part) {
    const PartShape shape = shape_of(part);
    Random solder = solder_of(part);
    if (part.has_footprint) add_joints(part, shape, solder);
    for (const Solid& solid : shape.solids) {
      if (solid.xray > 0) add_solid(part, solid);
    }
    const Interior interior = interior_of(shape);
    for (const Solid& solid : interior.solids) {
      const bool ball = solid.form == Solid::Form::cylinder && solid.width_mm < 1.2;
      add_inner(part, solid, ball, solder);
    }
    for (const InnerLine& line : interior.lines) {
      add_line(part, line);
    }
  }

  // A wire is round: thickest in its middle.
  void add_wire(const Wire& wire) {
    for (const double share : {1.0, 0.8, 0.5}) {
      cv::Mat1b map(raster_.size, static_cast<unsigned char>(0));
      std::vector<cv::Point> points;
      for (const Point& at_mm : wire.points_mm) {
        const Point at = raster_.pixel_at(at_mm);
        points.emplace_back(static_cast<int>(std::lround(at.x() * 64)), static_cast<int>(std::lround(at.y() * 64)));
      }
      const int thickness =
          std::max(1, static_cast<int>(std::lround(share * wire.diameter_mm * raster_.pixels_per_mm)));
      cv::polylines(map, points, false, cv::Scalar(255), thickness, cv::LINE_AA, 6);
      const cv::Rect window = cv::boundingRect(map);
      add({window, cv::Mat1b(map, window).clone()}, 0, wire.diameter_mm, kWireByWidth * wire.diameter_mm / 3);
    }
  }

  void add_blob(const Patch& patch) {
    Part frame;
    frame.centre_mm = patch.centre_mm;
    frame.angle_deg = patch.angle_deg;
    Stamp stamp = solid_stamp(frame, flat({0, 0}, patch.width_mm, patch.depth_mm, false), raster_);
    add(stamp, 0, patch.thickness_mm, (patch.finish.metal > 100 ? 2.2 : 0.05) * patch.thickness_mm);
  }

  std::vector<XrayPiece> take() { return std::move(pieces_); }

 private:
  void add(Stamp stamp, double low, double high, double attenuation) {
    if (stamp.window.empty() || attenuation == 0) return;
    if (below_) {
      const double top = -kBoardThickness_mm - low;
      low = -kBoardThickness_mm - high;
      high = top;
    }
    pieces_.push_back({std::move(stamp), low, high, attenuation});
  }

  void add_joints(const Part& part, const PartShape& shape, Random& solder) {
    const Part footprint = on_its_footprint(part);
    for (const Pad& pad : shape.pads) {
      if (has_ball(shape, pad)) continue;
      const double amount = solder.uniform(0.8, 1.2);
      Stamp stamp = solid_stamp(footprint, flat(pad.centre_mm, pad.width_mm, pad.depth_mm, pad.round), raster_);
      if (stamp.window.empty()) continue;
      if (pad.round) {
        const double pin = 0.62 * pad.width_mm;
        add(solid_stamp(footprint, flat(pad.centre_mm, pin, pin, true), raster_), -kBoardThickness_mm, 0, kFilledHole);
      }
      // Thin at the rim.
      cv::GaussianBlur(stamp.cover, stamp.cover, {},
                       0.12 * std::min(pad.width_mm, pad.depth_mm) * raster_.pixels_per_mm);
      add(std::move(stamp), 0, 0.25, amount * kJoint);
      add_voids(footprint, pad, solder);
    }
  }

  // Bubbles: many in large joints, seldom one in a small one.
  void add_voids(const Part& footprint, const Pad& pad, Random& solder) {
    const double area = pad.width_mm * pad.depth_mm;
    const int most = area > 4 ? 14 : (solder.chance(0.25) ? 2 : 0);
    for (int i = 0; i < most; ++i) {
      const double diameter = solder.uniform(0.08, 0.28) * std::sqrt(std::min(area, 4.0));
      const Point at =
          pad.centre_mm + Point(solder.uniform(-0.36, 0.36) * pad.width_mm, solder.uniform(-0.36, 0.36) * pad.depth_mm);
      const double share = solder.uniform(0.15, 0.5);
      Stamp stamp = solid_stamp(footprint, flat(at, diameter, diameter, true), raster_);
      if (stamp.window.empty()) continue;
      make_ball(stamp);
      add(std::move(stamp), 0, 0.25, -share * kJoint);
    }
  }

  // Sheet metal around something is darkest where it stands upright.
  void add_solid(const Part& part, const Solid& solid) {
    const double low = part.base_mm;
    const double high = part.base_mm + solid.top_mm;
    const bool shell = solid.finish.metal > 100 && std::min(solid.width_mm, solid.depth_mm) > 4;
    if (!shell) {
      add(solid_stamp(part, solid, raster_), low, high, solid.xray);
      return;
    }
    Solid inside = solid;
    inside.width_mm -= 2 * kShellWall_mm;
    inside.depth_mm -= 2 * kShellWall_mm;
    add(solid_stamp(part, solid, raster_), low, high, solid.xray);
    add(solid_stamp(part, inside, raster_), low, high, -0.55 * solid.xray);
  }

  void add_inner(const Part& part, const Solid& solid, bool ball, Random& solder) {
    const double high = part.base_mm + solid.top_mm;
    Stamp stamp = solid_stamp(part, solid, raster_);
    if (stamp.window.empty()) return;
    if (!ball) {
      add(std::move(stamp), high - std::min(0.3, solid.top_mm), high, solid.xray);
      return;
    }
    make_ball(stamp);
    const double amount = solder.uniform(0.92, 1.08);
    add(std::move(stamp), part.base_mm, high, 1.6 * amount * solid.xray);
    if (!solder.chance(0.15)) return;
    const double diameter = solder.uniform(0.15, 0.4) * solid.width_mm;
    const Point off(solder.uniform(-0.2, 0.2) * solid.width_mm, solder.uniform(-0.2, 0.2) * solid.width_mm);
    Stamp bubble = solid_stamp(part, flat(solid.centre_mm + off, diameter, diameter, true), raster_);
    if (bubble.window.empty()) return;
    make_ball(bubble);
    add(std::move(bubble), part.base_mm, high, -0.4 * solid.xray);
  }

  void add_line(const Part& part, const InnerLine& line) {
    const Point way = line.to_mm - line.from_mm;
    if (way.norm() < 1e-6) return;
    const Point across = Point(-way.y(), way.x()).normalized();
    // A wire thinner than a pixel darkens it in part.
    const double pixel = 1 / raster_.pixels_per_mm;
    const double from = std::max(line.from_width_mm, pixel);
    const double to = std::max(line.to_width_mm, pixel);
    imaging::Polygon outline;
    for (const Point& corner : {Point(line.from_mm + from / 2 * across), Point(line.to_mm + to / 2 * across),
                                Point(line.to_mm - to / 2 * across), Point(line.from_mm - from / 2 * across)}) {
      outline.push_back(raster_.pixel_at(on_board(part, corner)));
    }
    const double height = part.base_mm + line.height_mm;
    add(polygon_stamp(outline, raster_.size), height, height, line.attenuation * std::min(1.0, line.to_width_mm / to));
  }

  const Raster& raster_;
  bool below_;
  std::vector<XrayPiece> pieces_ = {};
};

}  // namespace

std::vector<XrayPiece> pieces_of(const BoardDesign& design, const Raster& raster, bool below) {
  PieceMaker maker(raster, below);
  for (const Part& part : design.parts) {
    if (part.populated) maker.add_part(part);
  }
  for (const Wire& wire : design.wires) {
    if (!wire.points_mm.empty()) maker.add_wire(wire);
  }
  for (const Patch& patch : design.patches) {
    if (patch.form == Patch::Form::blob) maker.add_blob(patch);
  }
  return maker.take();
}

}  // namespace boarddiff::datasets
