// SPDX-License-Identifier: Apache-2.0
#include "compare/kicad_items.h"

#include "compare/curve.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

namespace boarddiff::compare {
namespace {

using imaging::Point;
using imaging::Polygon;

Point point_of(const SExpression& list) {
  const std::vector<SExpression> all = list.elements();
  if (all.size() < 2) list.fail("'" + std::string(list.head()) + "' lacks two numbers");
  return {all[0].number(), all[1].number()};
}

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

double width_in(const SExpression& item) {
  if (const auto width = item.find("width")) return width->number_at(0);
  if (const auto stroke = item.find("stroke")) {
    if (const auto width = stroke->find("width")) return width->number_at(0);
  }
  return 0;
}

bool is_filled(const SExpression& item, bool unless_said) {
  const auto fill = item.find("fill");
  if (!fill) return unless_said;
  const auto type = fill->find("type");
  const std::string how = type ? type->text_at(0) : fill->text_at(0);
  return how != "none" && how != "no" && !how.empty();
}

Polygon rectangle(const Point& a, const Point& b) { return {a, {b.x(), a.y()}, b, {a.x(), b.y()}}; }

Polygon arc_in(const SExpression& item) {
  if (item.find("mid")) return arc_through(point_in(item, "start"), point_in(item, "mid"), point_in(item, "end"));
  // KiCad 5: `start` is the centre and `end` where the arc begins.
  const auto angle = item.find("angle");
  if (!angle) item.fail("an arc has neither 'mid' nor 'angle'");
  return arc_about(point_in(item, "start"), point_in(item, "end"), angle->number_at(0));
}

Polygon bezier_in(const SExpression& item) {
  const Polygon points = points_in(item);
  if (points.size() != 4) item.fail("a curve has not four points");
  return bezier({points[0], points[1], points[2], points[3]});
}

// Upright as KiCad draws it: read from the bottom or from the right.
double kept_upright(double angle_deg) {
  double angle = std::remainder(angle_deg, 360.0);
  if (angle >= 90) angle -= 180;
  if (angle < -90) angle += 180;
  return angle;
}

void read_effects(const SExpression& effects, KicadText& text) {
  text.hidden = text.hidden || is_set(effects, "hide");
  const auto font = effects.find("font");
  const auto size = font ? font->find("size") : std::nullopt;
  if (size) text.height_mm = std::clamp(size->number_at(0), 0.01, 1000.0);
  if (const auto justify = effects.find("justify")) {
    text.mirrored = justify->has_word("mirror");
    text.align_x = justify->has_word("left") ? -1 : (justify->has_word("right") ? 1 : 0);
    text.align_y = justify->has_word("top") ? -1 : (justify->has_word("bottom") ? 1 : 0);
  }
}

}  // namespace

KicadLayerNames layer_names(const SExpression& board) {
  KicadLayerNames names;
  const auto layers = board.find("layers");
  if (!layers) return names;
  for (const SExpression& layer : layers->elements()) {
    const std::string name = layer.text_at(0);
    int id = -1;
    const std::string_view number = layer.head();
    std::from_chars(number.data(), number.data() + number.size(), id);
    // Since KiCad 9 the numbers are others, but names are standard there.
    const bool standard = name.size() > 3 && name.compare(name.size() - 3, 3, ".Cu") == 0;
    if (standard || id < 0 || id > 31) continue;
    names[name] = id == 0 ? "F.Cu" : (id == 31 ? "B.Cu" : "In" + std::to_string(id) + ".Cu");
  }
  return names;
}

std::string layer_of(const SExpression& item, const KicadLayerNames& names) {
  auto layer = item.find("layer");
  if (!layer) layer = item.find("layers");
  if (!layer) return {};
  std::string name = layer->text_at(0);
  const auto known = names.find(name);
  return known != names.end() ? known->second : name;
}

Point point_in(const SExpression& item, std::string_view head) {
  const auto list = item.find(head);
  if (!list) item.fail("'" + std::string(item.head()) + "' lacks '" + std::string(head) + "'");
  return point_of(*list);
}

double angle_in(const SExpression& item) {
  const auto at = item.find("at");
  if (!at) return 0;
  const std::vector<SExpression> all = at->elements();
  if (all.size() < 3 || all[2].is_list() || all[2].text() == "unlocked") return 0;
  return -all[2].number();
}

Polygon points_in(const SExpression& item) {
  Polygon points;
  const auto list = item.find("pts");
  if (!list) return points;
  for (const SExpression& element : list->elements()) {
    if (element.head() == "xy") {
      points.push_back(point_of(element));
    } else if (element.head() == "arc") {
      const Polygon arc = arc_in(element);
      points.insert(points.end(), arc.begin(), arc.end());
    }
  }
  return points;
}

bool is_set(const SExpression& item, std::string_view name) {
  if (item.has_word(name)) return true;
  const auto list = item.find(name);
  if (!list) return false;
  const std::string value = list->text_at(0);
  return value != "no" && value != "false";
}

std::optional<KicadGraphic> graphic_from(const SExpression& item, const KicadLayerNames& names) {
  const std::string_view head = item.head();
  if (!starts_with(head, "gr_") && !starts_with(head, "fp_")) return {};
  const std::string_view kind = head.substr(3);
  KicadGraphic graphic;
  if (kind == "line") {
    graphic.points_mm = {point_in(item, "start"), point_in(item, "end")};
  } else if (kind == "arc") {
    graphic.points_mm = arc_in(item);
  } else if (kind == "curve" || kind == "bezier") {
    graphic.points_mm = bezier_in(item);
  } else if (kind == "circle") {
    const Point centre = point_in(item, "center");
    graphic.points_mm = circle(centre, (point_in(item, "end") - centre).norm());
    graphic.closed = true;
  } else if (kind == "rect") {
    graphic.points_mm = rectangle(point_in(item, "start"), point_in(item, "end"));
    graphic.closed = true;
  } else if (kind == "poly") {
    graphic.points_mm = points_in(item);
    graphic.closed = true;
  } else {
    return {};
  }
  graphic.filled = graphic.closed && is_filled(item, kind == "poly");
  graphic.width_mm = width_in(item);
  graphic.layer = layer_of(item, names);
  return graphic;
}

KicadText text_from(const SExpression& item, std::string text, const KicadLayerNames& names) {
  KicadText read;
  read.text = std::move(text);
  read.layer = layer_of(item, names);
  const auto at = item.find("at");
  read.anchor_mm = at ? point_of(*at) : Point(0, 0);
  read.angle_deg = angle_in(item);
  read.height_mm = 1;
  read.hidden = is_set(item, "hide");
  const bool of_footprint = starts_with(item.head(), "fp_") || item.head() == "property";
  const bool unlocked = is_set(item, "unlocked") || (at && at->has_word("unlocked"));
  if (of_footprint && !unlocked) read.angle_deg = kept_upright(read.angle_deg);
  if (const auto effects = item.find("effects")) read_effects(*effects, read);
  return read;
}

}  // namespace boarddiff::compare
