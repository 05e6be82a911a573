// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/shape_pieces.h"

#include <algorithm>

namespace boarddiff::datasets {

Solid box(double x, double y, double width, double depth, double top, const Finish& finish) {
  Solid solid;
  solid.centre_mm = {x, y};
  solid.width_mm = width;
  solid.depth_mm = depth;
  solid.top_mm = top;
  solid.bevel_mm = std::min({0.12, width / 4, depth / 4});
  solid.finish = finish;
  solid.xray = finish.metal > 100 ? std::min(1.2, 0.9 * top) : 0.04 * top;
  return solid;
}

Solid bead(double x, double y, double width, double depth, double top, const Finish& finish) {
  Solid solid = box(x, y, width, depth, top, finish);
  solid.bevel_mm = std::min({width / 2, depth / 2, top});
  return solid;
}

Solid cylinder(double x, double y, double diameter, double top, const Finish& finish) {
  Solid solid = box(x, y, diameter, diameter, top, finish);
  solid.form = Solid::Form::cylinder;
  return solid;
}

Solid mark(double x, double y, double width, double depth, const Finish& finish) {
  Solid solid = box(x, y, width, depth, 0, finish);
  solid.xray = 0;
  return solid;
}

void add_wire_end(PartShape& shape, double x, double y, double diameter) {
  shape.pads.push_back({{x, y}, diameter + 1.1, diameter + 1.1, true});
  Solid cone = cylinder(x, y, diameter + 0.9, 0.5, kSolder);
  cone.bevel_mm = 0.45;
  cone.xray = 0.5;
  shape.solids.push_back(cone);
}

void add_pad(PartShape& shape, double x, double y, double width, double depth) {
  shape.pads.push_back({{x, y}, width, depth, false});
}

void set_text(PartShape& shape, double width, double depth, const cv::Vec3b& colour) {
  // Makers print no larger than they need.
  shape.text_width_mm = std::min(width, 9.0);
  shape.text_depth_mm = std::min(depth, 4.4);
  shape.text_colour = colour;
}

}  // namespace boarddiff::datasets
