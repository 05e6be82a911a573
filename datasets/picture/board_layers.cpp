// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/board_layers.h"

#include "datasets/picture/surface_painter.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using imaging::Point;

class LayerPainter {
 public:
  LayerPainter(const BoardDesign& design, const Raster& raster) : design_(design), raster_(raster) {
    for (cv::Mat1b* layer :
         {&layers_.pour, &layers_.gap, &layers_.copper, &layers_.pads, &layers_.silk, &layers_.drilled}) {
      *layer = cv::Mat1b(raster.size, static_cast<unsigned char>(0));
    }
  }

  BoardLayers paint() {
    for (const imaging::Polygon& outline : design_.pours_mm) {
      press(layers_.pour, polygon_stamp(in_pixels(outline), size()));
    }
    for (const Trace& trace : design_.traces) {
      line(layers_.gap, trace.points_mm, trace.width_mm + 0.3);
      line(layers_.copper, trace.points_mm, trace.width_mm);
    }
    for (const Disc& via : design_.vias) {
      disc(layers_.gap, via.centre_mm, via.diameter_mm + 0.2);
      disc(layers_.copper, via.centre_mm, via.diameter_mm);
      disc(layers_.drilled, via.centre_mm, 0.45 * via.diameter_mm);
      if (via.diameter_mm > 0.7) disc(layers_.pads, via.centre_mm, via.diameter_mm);
    }
    for (const Disc& hole : design_.holes) {
      disc(layers_.gap, hole.centre_mm, hole.diameter_mm + 2);
      disc(layers_.pads, hole.centre_mm, hole.diameter_mm + 1.5);
    }
    for (const Part& part : design_.parts) {
      if (part.has_footprint) paint_footprint(part, shape_of(part));
    }
    for (const Trace& printed : design_.silk_lines) {
      line(layers_.silk, printed.points_mm, printed.width_mm);
    }
    for (const Lettering& text : design_.lettering) {
      const Point centre = raster_.pixel_at(text.centre_mm);
      const double height = 1.4 * text.height_mm * raster_.pixels_per_mm;
      press(layers_.silk, text_stamp(text.text, {centre, 40 * height, height, text.angle_deg, 0.13}, size()));
    }
    if (design_.pours_are_final) layers_.gap.setTo(0);
    return layers_;
  }

 private:
  [[nodiscard]] cv::Size size() const { return raster_.size; }

  [[nodiscard]] imaging::Polygon in_pixels(const imaging::Polygon& outline_mm) const {
    imaging::Polygon outline;
    for (const Point& corner : outline_mm) {
      outline.push_back(raster_.pixel_at(corner));
    }
    return outline;
  }

  void disc(cv::Mat1b& layer, const Point& centre_mm, double diameter_mm) {
    press(layer, disc_stamp(raster_.pixel_at(centre_mm), diameter_mm / 2 * raster_.pixels_per_mm, size()));
  }

  void line(cv::Mat1b& layer, const imaging::Polygon& points_mm, double width_mm) {
    std::vector<cv::Point> points;
    for (const Point& point : in_pixels(points_mm)) {
      points.emplace_back(static_cast<int>(std::lround(point.x() * 64)), static_cast<int>(std::lround(point.y() * 64)));
    }
    const int thickness = std::max(1, static_cast<int>(std::lround(width_mm * raster_.pixels_per_mm)));
    cv::polylines(layer, points, false, cv::Scalar(255), thickness, cv::LINE_AA, 6);
  }

  void paint_footprint(const Part& part, const PartShape& shape) {
    for (const Pad& pad : shape.pads) {
      if (pad.round) {
        disc(layers_.gap, on_footprint(part, pad.centre_mm), pad.width_mm + 0.3);
        disc(layers_.pads, on_footprint(part, pad.centre_mm), pad.width_mm);
        continue;
      }
      press(layers_.gap, rectangle(part, pad.centre_mm, pad.width_mm + 0.3, pad.depth_mm + 0.3));
      press(layers_.pads, rectangle(part, pad.centre_mm, pad.width_mm, pad.depth_mm));
    }
    if (part.own_shape) return;  // its design file says what is printed
    if (shape.pads.size() == 2 && design_.boxed_silk) return print_box(part, shape.courtyard_mm);
    if (shape.courtyard_mm.area() > 2.4) print_outline(part, shape.courtyard_mm);
    if (shape.letter == 'U') print_first_pin(part, shape.courtyard_mm);
  }

  void print_box(const Part& part, const imaging::Box& courtyard) {
    imaging::Polygon box;
    for (const Point& corner : imaging::corners(imaging::grown(courtyard, 0.15))) {
      box.push_back(on_footprint(part, corner));
    }
    box.push_back(box.front());
    line(layers_.silk, box, 0.1);
  }

  void print_first_pin(const Part& part, const imaging::Box& courtyard) {
    disc(layers_.silk, on_footprint(part, Point(courtyard.x - 0.1, courtyard.y + courtyard.height + 0.35)), 0.4);
  }

  // Angles at the corners of square parts, lines along the longer sides of the others.
  void print_outline(const Part& part, const imaging::Box& courtyard) {
    const double x = courtyard.width / 2 + 0.2;
    const double y = courtyard.height / 2 + 0.2;
    const Point middle = courtyard.centre();
    const bool square = std::max(x, y) < 1.3 * std::min(x, y);
    const double share_x = square ? 0.3 : (x > y ? 1.0 : 0.08);
    const double share_y = square ? 0.3 : (x > y ? 0.08 : 1.0);
    for (const double u : {-1.0, 1.0}) {
      for (const double v : {-1.0, 1.0}) {
        imaging::Polygon angle;
        for (const Point& corner :
             {Point(u * x * (1 - share_x), v * y), Point(u * x, v * y), Point(u * x, v * y * (1 - share_y))}) {
          angle.push_back(on_footprint(part, middle + corner));
        }
        line(layers_.silk, angle, 0.1);
      }
    }
  }

  [[nodiscard]] Stamp rectangle(const Part& part, const Point& centre, double width, double depth) const {
    imaging::Polygon outline;
    for (const Point& corner : imaging::corners({centre.x() - width / 2, centre.y() - depth / 2, width, depth})) {
      outline.push_back(on_footprint(part, corner));
    }
    return polygon_stamp(in_pixels(outline), size());
  }

  const BoardDesign& design_;
  const Raster& raster_;
  BoardLayers layers_ = {};
};

}  // namespace

Raster raster_of(const BoardDesign& design, double pixels_per_mm, double margin_mm) {
  return {pixels_per_mm, margin_mm,
          cv::Size(static_cast<int>(std::ceil((design.width_mm + 2 * margin_mm) * pixels_per_mm)),
                   static_cast<int>(std::ceil((design.depth_mm + 2 * margin_mm) * pixels_per_mm)))};
}

BoardLayers paint_layers(const BoardDesign& design, const Raster& raster) {
  return LayerPainter(design, raster).paint();
}

}  // namespace boarddiff::datasets
