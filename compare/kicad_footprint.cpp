// SPDX-License-Identifier: Apache-2.0
#include "compare/kicad_items.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>
#include <utility>

namespace boarddiff::compare {
namespace {

using imaging::Point;

KicadPad::Kind kind_of(const std::string& word) {
  if (word == "thru_hole") return KicadPad::Kind::plated_hole;
  if (word == "np_thru_hole") return KicadPad::Kind::bare_hole;
  return KicadPad::Kind::surface;  // smd, connect
}

KicadPad::Shape shape_of(const std::string& word) {
  if (word == "circle") return KicadPad::Shape::circle;
  if (word == "oval") return KicadPad::Shape::oval;
  if (word == "roundrect") return KicadPad::Shape::round_rectangle;
  if (word == "trapezoid") return KicadPad::Shape::trapezoid;
  if (word == "custom") return KicadPad::Shape::custom;
  return KicadPad::Shape::rectangle;
}

// (drill 0.8), (drill oval 0.8 1.2), (drill 0.8 (offset 0.1 0)), (drill (offset 0.1 0)).
void read_drill(const SExpression& drill, KicadPad& pad) {
  std::vector<double> sizes;
  for (const SExpression& element : drill.elements()) {
    if (!element.is_list() && element.text() != "oval") sizes.push_back(element.number());
  }
  if (!sizes.empty()) pad.drill_mm = {sizes.front(), sizes.back()};
  if (drill.find("offset")) pad.offset_mm = point_in(drill, "offset");
}

KicadPad pad_from(const SExpression& item, double footprint_deg, const KicadLayerNames& names) {
  KicadPad pad;
  pad.number = item.text_at(0);
  pad.kind = kind_of(item.text_at(1));
  pad.shape = shape_of(item.text_at(2));
  pad.position_mm = point_in(item, "at");
  // The file keeps the angle on the board.
  pad.angle_deg = std::remainder(angle_in(item) - footprint_deg, 360.0);
  pad.size_mm = point_in(item, "size").cwiseAbs();
  if (const auto drill = item.find("drill")) read_drill(*drill, pad);
  if (const auto layers = item.find("layers")) {
    for (const SExpression& layer : layers->elements()) {
      pad.layers.push_back(layer.text());
    }
  }
  for (std::string& layer : pad.layers) {
    const auto known = names.find(layer);
    if (known != names.end()) layer = known->second;
  }
  if (const auto primitives = item.find("primitives")) {
    for (const SExpression& primitive : primitives->elements()) {
      const auto graphic = graphic_from(primitive, names);
      if (graphic && graphic->closed && graphic->points_mm.size() > 2) pad.areas_mm.push_back(graphic->points_mm);
    }
  }
  return pad;
}

void read_attributes(const SExpression& attributes, KicadFootprint& footprint) {
  footprint.surface_mount = attributes.has_word("smd");
  footprint.through_hole = attributes.has_word("through_hole");
  footprint.do_not_populate = attributes.has_word("dnp");
  const bool drawing = attributes.has_word("virtual") || attributes.has_word("board_only");
  footprint.not_in_bom = drawing || attributes.has_word("exclude_from_bom");
  footprint.not_in_position_files = drawing || attributes.has_word("exclude_from_pos_files");
}

void read_name(const SExpression& item, KicadFootprint& footprint) {
  const std::string whole = item.text_at(0);
  const std::size_t colon = whole.find(':');
  footprint.library = colon == std::string::npos ? std::string() : whole.substr(0, colon);
  footprint.name = colon == std::string::npos ? whole : whole.substr(colon + 1);
}

// What stands for itself in texts: the reference, the value.
std::string filled_in(std::string text, const KicadFootprint& footprint) {
  const std::vector<std::pair<std::string_view, const std::string*>> fields = {{"${REFERENCE}", &footprint.reference},
                                                                               {"%R", &footprint.reference},
                                                                               {"${VALUE}", &footprint.value},
                                                                               {"%V", &footprint.value}};
  for (const auto& [mark, value] : fields) {
    const std::size_t at = text.find(mark);
    if (at != std::string::npos) text.replace(at, mark.size(), *value);
  }
  return text;
}

void read_text(const SExpression& item, KicadFootprint& footprint, const KicadLayerNames& names) {
  const std::string kind = item.text_at(0);
  const std::string text = item.text_at(1);
  const bool is_property = item.head() == "property";
  if (kind == "reference" || (is_property && kind == "Reference")) footprint.reference = text;
  if (kind == "value" || (is_property && kind == "Value")) footprint.value = text;
  if (is_property && !item.find("layer")) return;  // a note without a place
  KicadText read = text_from(item, text, names);
  read.angle_deg -= footprint.angle_deg;
  footprint.texts.push_back(std::move(read));
}

bool lies_on(const std::string& layer, std::string_view name) {
  return layer.size() == name.size() + 2 && (layer[0] == 'F' || layer[0] == 'B') && layer.compare(2, 99, name) == 0;
}

std::optional<imaging::Box> box_on(const std::vector<KicadGraphic>& graphics, std::string_view name) {
  std::vector<Point> points;
  for (const KicadGraphic& graphic : graphics) {
    if (lies_on(graphic.layer, name)) points.insert(points.end(), graphic.points_mm.begin(), graphic.points_mm.end());
  }
  if (points.empty()) return {};
  return imaging::bounding_box(points);
}

}  // namespace

Point KicadFootprint::on_board(const Point& in_footprint) const {
  const double angle = angle_deg * std::numbers::pi / 180;
  return position_mm + Point(std::cos(angle) * in_footprint.x() - std::sin(angle) * in_footprint.y(),
                             std::sin(angle) * in_footprint.x() + std::cos(angle) * in_footprint.y());
}

KicadFootprint footprint_from(const SExpression& item, const KicadLayerNames& names) {
  KicadFootprint footprint;
  read_name(item, footprint);
  footprint.side = layer_of(item, names) == "B.Cu" ? KicadSide::back : KicadSide::front;
  footprint.position_mm = item.find("at") ? point_in(item, "at") : Point(0, 0);
  footprint.angle_deg = angle_in(item);
  for (const SExpression& element : item.elements()) {
    const std::string_view head = element.head();
    if (head == "attr") {
      read_attributes(element, footprint);
    } else if (head == "pad") {
      footprint.pads.push_back(pad_from(element, footprint.angle_deg, names));
    } else if (head == "fp_text" || head == "property") {
      read_text(element, footprint, names);
    } else if (auto graphic = graphic_from(element, names)) {
      footprint.graphics.push_back(std::move(*graphic));
    }
  }
  for (KicadText& text : footprint.texts) {
    text.text = filled_in(text.text, footprint);
  }
  footprint.courtyard_mm = box_on(footprint.graphics, "CrtYd");
  footprint.body_mm = box_on(footprint.graphics, "Fab");
  return footprint;
}

}  // namespace boarddiff::compare
