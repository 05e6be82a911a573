// SPDX-License-Identifier: Apache-2.0
#include "compare/kicad_board.h"

#include "compare/curve.h"
#include "compare/kicad_items.h"
#include "compare/kicad_outline.h"
#include "compare/s_expression.h"
#include "imaging/base/error.h"
#include "imaging/base/input_file.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>

namespace boarddiff::compare {
namespace {

using imaging::Error;
using imaging::ErrorCode;
using imaging::Point;
using imaging::Polygon;

constexpr std::uint64_t kMostMegabytes = 256;
constexpr double kLargest_mm = 2000;
constexpr std::size_t kMostEdges = 20'000;  // joining them takes time with their square
constexpr std::size_t kMostPoints = 20'000'000;

int whole_number(const std::string& text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

class BoardReader {
 public:
  explicit BoardReader(const SExpression& root) : root_(root), names_(layer_names(root)) {}

  KicadBoard read() {
    if (const auto version = root_.find("version")) board_.version = whole_number(version->text_at(0));
    if (const auto general = root_.find("general")) {
      if (const auto thickness = general->find("thickness")) board_.thickness_mm = thickness->number_at(0);
    }
    read_stackup();
    for (const SExpression& item : root_.elements()) {
      read_item(item);
    }
    join_outline();
    return std::move(board_);
  }

 private:
  void read_stackup() {
    const auto setup = root_.find("setup");
    const auto stackup = setup ? setup->find("stackup") : std::nullopt;
    if (!stackup) return;
    for (const SExpression& layer : stackup->elements()) {
      const auto colour = layer.find("color");
      if (layer.head() == "copper_finish") board_.finish = layer.text_at(0);
      if (!colour) continue;
      if (layer.text_at(0) == "F.Mask") board_.front_mask = colour->text_at(0);
      if (layer.text_at(0) == "B.Mask") board_.back_mask = colour->text_at(0);
    }
  }

  void read_item(const SExpression& item) {
    const std::string_view head = item.head();
    if (head == "footprint" || head == "module") {
      board_.footprints.push_back(footprint_from(item, names_));
      for (const KicadGraphic& graphic : board_.footprints.back().graphics) {
        count(item, graphic.points_mm.size());
      }
    } else if (head == "segment" || head == "arc") {
      read_track(item);
    } else if (head == "via") {
      read_via(item);
    } else if (head == "zone") {
      read_zone(item);
    } else if (head == "gr_text") {
      board_.texts.push_back(text_from(item, item.text_at(0), names_));
    } else if (auto graphic = graphic_from(item, names_)) {
      count(item, graphic->points_mm.size());
      board_.graphics.push_back(std::move(*graphic));
    }
  }

  void read_track(const SExpression& item) {
    KicadTrack track;
    track.layer = layer_of(item, names_);
    const Point start = point_in(item, "start");
    const Point end = point_in(item, "end");
    track.points_mm = item.head() == "arc" ? arc_through(start, point_in(item, "mid"), end) : Polygon{start, end};
    count(item, track.points_mm.size());
    const auto width = item.find("width");
    track.width_mm = width ? width->number_at(0) : 0.25;
    board_.tracks.push_back(std::move(track));
  }

  void read_via(const SExpression& item) {
    KicadVia via;
    via.centre_mm = point_in(item, "at");
    const auto size = item.find("size");
    const auto drill = item.find("drill");
    via.diameter_mm = size ? size->number_at(0) : 0.6;
    via.drill_mm = drill ? drill->number_at(0) : via.diameter_mm / 2;
    const auto layers = item.find("layers");
    via.first_layer = layers ? standard(layers->text_at(0)) : "F.Cu";
    via.last_layer = layers ? standard(layers->text_at(1)) : "B.Cu";
    board_.vias.push_back(std::move(via));
  }

  void read_zone(const SExpression& item) {
    const std::string layer = layer_of(item, names_);
    for (const SExpression& element : item.elements()) {
      if (element.head() != "filled_polygon") continue;
      KicadFill fill;
      fill.layer = element.find("layer") ? layer_of(element, names_) : layer;
      fill.outline_mm = points_in(element);
      count(element, fill.outline_mm.size());
      if (fill.outline_mm.size() > 2) board_.fills.push_back(std::move(fill));
    }
  }

  [[nodiscard]] std::string standard(const std::string& layer) const {
    const auto known = names_.find(layer);
    return known != names_.end() ? known->second : layer;
  }

  // Curves have many more points than letters in the file.
  void count(const SExpression& item, std::size_t points) {
    points_ += points;
    if (points_ > kMostPoints) item.fail("has more than 20 million points");
  }

  void join_outline() {
    std::vector<Polygon> pieces;
    std::vector<Polygon> closed;
    const auto take = [&](const KicadGraphic& graphic, const KicadFootprint* owner) {
      if (graphic.layer != "Edge.Cuts" || graphic.points_mm.size() < 2) return;
      Polygon points = graphic.points_mm;
      for (Point& point : points) {
        if (owner != nullptr) point = owner->on_board(point);
      }
      (graphic.closed ? closed : pieces).push_back(std::move(points));
    };
    for (const KicadGraphic& graphic : board_.graphics) {
      take(graphic, nullptr);
    }
    for (const KicadFootprint& footprint : board_.footprints) {
      for (const KicadGraphic& graphic : footprint.graphics) {
        take(graphic, &footprint);
      }
    }
    if (pieces.size() + closed.size() > kMostEdges) root_.fail("has more than 20000 lines of an outline");
    ClosedShapes shapes = joined_outline(pieces, std::move(closed));
    if (shapes.open > 0) board_.notes.push_back(std::to_string(shapes.open) + " lines of the outline do not close");
    if (shapes.outside > 0) {
      board_.notes.push_back(std::to_string(shapes.outside) + " outlines of other boards left out");
    }
    if (shapes.outer.empty()) {
      shapes.outer = around_everything();
      board_.notes.emplace_back("has no closed outline; a rectangle around all copper stands for it");
    }
    board_.outline_mm = std::move(shapes.outer);
    board_.cutouts_mm = std::move(shapes.inside);
    std::erase_if(board_.graphics, [](const KicadGraphic& graphic) { return graphic.layer == "Edge.Cuts"; });
    move_to_corner();
  }

  [[nodiscard]] Polygon around_everything() const {
    std::vector<Point> points;
    for (const KicadTrack& track : board_.tracks) {
      points.insert(points.end(), track.points_mm.begin(), track.points_mm.end());
    }
    for (const KicadFootprint& footprint : board_.footprints) {
      for (const KicadPad& pad : footprint.pads) {
        points.push_back(footprint.on_board(pad.position_mm));
      }
    }
    if (points.empty()) root_.fail("holds neither an outline nor pads nor tracks");
    return imaging::corners(imaging::grown(imaging::bounding_box(points), 2));
  }

  void move_to_corner() {
    const imaging::Box box = imaging::bounding_box(board_.outline_mm);
    const Point corner(box.x, box.y);
    if (std::max(box.width, box.height) > kLargest_mm) root_.fail("has an outline of more than 2 m");
    board_.width_mm = box.width;
    board_.depth_mm = box.height;
    const auto move = [&corner](Polygon& points) {
      for (Point& point : points) {
        point -= corner;
      }
    };
    move(board_.outline_mm);
    for (Polygon& cutout : board_.cutouts_mm) move(cutout);
    for (KicadTrack& track : board_.tracks) move(track.points_mm);
    for (KicadFill& fill : board_.fills) move(fill.outline_mm);
    for (KicadGraphic& graphic : board_.graphics) move(graphic.points_mm);
    for (KicadFootprint& footprint : board_.footprints) footprint.position_mm -= corner;
    for (KicadVia& via : board_.vias) via.centre_mm -= corner;
    for (KicadText& text : board_.texts) text.anchor_mm -= corner;
  }

  SExpression root_;
  KicadLayerNames names_;
  KicadBoard board_ = {};
  std::size_t points_ = 0;
};

}  // namespace

bool covers(const std::vector<std::string>& layers, std::string_view layer) {
  const std::size_t dot = layer.find('.');
  const std::string_view kind = layer.substr(std::min(dot, layer.size()));
  const bool outer = layer.substr(0, 2) == "F." || layer.substr(0, 2) == "B.";
  return std::any_of(layers.begin(), layers.end(), [&](std::string_view one) {
    if (one == layer) return true;
    const std::size_t own_dot = std::min(one.find('.'), one.size());
    if (one.substr(own_dot) != kind) return false;
    return one.substr(0, own_dot) == "*" || (outer && one.substr(0, own_dot) == "F&B");
  });
}

KicadBoard parse_kicad_board(std::string text, const std::string& name) {
  if (text.find("(kicad_pcb") == std::string::npos || text.find("(kicad_pcb") > 1000) {
    throw Error(ErrorCode::unsupported_format, name + ": is not a board of KiCad (.kicad_pcb)");
  }
  const SExpressionText parsed(std::move(text), name);
  if (parsed.root().head() != "kicad_pcb") {
    throw Error(ErrorCode::unsupported_format, name + ": is not a board of KiCad (.kicad_pcb)");
  }
  return BoardReader(parsed.root()).read();
}

KicadBoard read_kicad_board(const std::filesystem::path& path) {
  return parse_kicad_board(imaging::read_string(path, kMostMegabytes), path.string());
}

}  // namespace boarddiff::compare
