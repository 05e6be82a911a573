// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_text.h"

#include "imaging/base/error.h"
#include "imaging/base/text.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <utility>

namespace boarddiff::compare {

namespace {

using Json = nlohmann::ordered_json;
using imaging::csv_cell;
using imaging::Point;

constexpr double kDigits = 1e4;  // of a millimetre: finer than any file

double rounded(double value) { return std::round(value * kDigits) / kDigits + 0.0; }

std::string_view word_for(Sighting sighting) {
  switch (sighting) {
    case Sighting::none:
      return "";
    case Sighting::missing:
      return "no";
    case Sighting::unclear:
      return "unclear";
    case Sighting::seen:
      return "yes";
  }
  return "";
}

std::string csv_number(double value) { return imaging::number_text(rounded(value)); }

std::string picture_cells(const PlacedPart& part) {
  std::string cells(",");
  cells.append(word_for(part.sighting));
  if (!part.in_picture) return cells.append(",,,,,,");
  const imaging::Box box = imaging::bounding_box(part.in_picture->outline_px);
  cells.append(",").append(name_of(part.in_picture->kind));
  for (const double number : {part.in_picture->confidence, box.x, box.y, box.width, box.height}) {
    cells.append(",").append(csv_number(number));
  }
  return cells;
}

std::string csv_text(const Placement& placement) {
  std::string text = std::string(kPlacementCsvHead) + std::string(placement.pictured ? kPictureCsvHead : "") + "\n";
  for (const PlacedPart& part : placement.parts) {
    text += csv_cell(part.designator) + "," + csv_cell(part.value) + "," + csv_cell(part.package) + "," +
            std::string(name_of(part.side)) + "," + csv_number(part.centre_mm.x()) + "," +
            csv_number(part.centre_mm.y()) + "," + csv_number(part.angle_deg) + "," +
            (part.size_mm ? csv_number(part.size_mm->x()) : "") + "," +
            (part.size_mm ? csv_number(part.size_mm->y()) : "") + "," + (part.populated ? "yes" : "no") +
            (placement.pictured ? picture_cells(part) : "") + "\n";
  }
  return text;
}

Json json_of(const Point& point) { return {rounded(point.x()), rounded(point.y())}; }

Json ring_of(const imaging::Polygon& polygon) {
  Json ring = Json::array();
  for (const Point& corner : polygon) {
    ring.push_back(json_of(corner));
  }
  if (!polygon.empty()) {
    ring.push_back(json_of(polygon.front()));
  }
  return ring;
}

Json facts_of(const PlacedPart& part) {
  Json facts = {{"designator", part.designator}, {"value", part.value},         {"package", part.package},
                {"side", name_of(part.side)},    {"populated", part.populated}, {"angle_deg", rounded(part.angle_deg)}};
  facts["size_mm"] = part.size_mm ? json_of(*part.size_mm) : Json();
  if (part.sighting == Sighting::unclear) facts["seen"] = nullptr;
  if (part.sighting == Sighting::seen || part.sighting == Sighting::missing) {
    facts["seen"] = part.sighting == Sighting::seen;
  }
  if (part.in_picture) {
    facts["kind"] = name_of(part.in_picture->kind);
    facts["kind_confidence"] = rounded(part.in_picture->kind_confidence);
    facts["confidence"] = rounded(part.in_picture->confidence);
    facts["outline_px"] = Json::array();
    for (const Point& corner : part.in_picture->outline_px) {
      facts["outline_px"].push_back(json_of(corner));
    }
  }
  return facts;
}

std::string json_text(const Placement& placement, const std::string& source) {
  Json parts = Json::array();
  for (const PlacedPart& part : placement.parts) {
    Json facts = facts_of(part);
    facts["centre_mm"] = json_of(part.centre_mm);
    parts.push_back(std::move(facts));
  }
  const Json outline = placement.outline_mm ? ring_of(*placement.outline_mm) : Json();
  return Json{{"schema", "boarddiff.layout/1"},
              {"source", source},
              {"parts", parts},
              {"outline_mm", outline},
              {"notes", placement.notes}}
             .dump(2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

std::string geojson_text(const Placement& placement, const std::string& source) {
  Json features = Json::array();
  for (const PlacedPart& part : placement.parts) {
    const Json geometry = part.size_mm
                              ? Json{{"type", "Polygon"}, {"coordinates", Json::array({ring_of(body_mm(part))})}}
                              : Json{{"type", "Point"}, {"coordinates", json_of(part.centre_mm)}};
    features.push_back({{"type", "Feature"}, {"properties", facts_of(part)}, {"geometry", geometry}});
  }
  return Json{{"type", "FeatureCollection"}, {"source", source}, {"features", features}}.dump(
             2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

// Rows of the list that the picture shows; categories are the kinds. COCO counts from the corner of the first pixel,
// and not from its middle.
std::string coco_text(const Placement& placement, const LayoutSource& source) {
  constexpr double kCorner = 0.5;
  Json categories = Json::array();
  for (const ComponentKind kind : kComponentKinds) {
    categories.push_back({{"id", static_cast<int>(kind) + 1}, {"name", name_of(kind)}});
  }
  Json annotations = Json::array();
  for (const PlacedPart& part : placement.parts) {
    if (!part.in_picture) continue;
    const imaging::Polygon& outline = part.in_picture->outline_px;
    const imaging::Box box = imaging::bounding_box(outline);
    Json corners = Json::array();
    for (const Point& corner : outline) {
      corners.push_back(rounded(corner.x() + kCorner));
      corners.push_back(rounded(corner.y() + kCorner));
    }
    annotations.push_back(
        {{"id", annotations.size() + 1},
         {"image_id", 1},
         {"category_id", static_cast<int>(part.in_picture->kind) + 1},
         {"bbox", {rounded(box.x + kCorner), rounded(box.y + kCorner), rounded(box.width), rounded(box.height)}},
         {"area", rounded((outline[1] - outline[0]).norm() * (outline[3] - outline[0]).norm())},
         {"segmentation", Json::array({corners})},
         {"iscrowd", 0},
         {"score", rounded(part.in_picture->confidence)},
         {"designator", part.designator}});
  }
  const Json image = {
      {"id", 1}, {"file_name", source.name}, {"width", source.size.width}, {"height", source.size.height}};
  return Json{{"images", Json::array({image})}, {"categories", categories}, {"annotations", annotations}}.dump(
             2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

}  // namespace

std::string_view name_of(LayoutFormat format) {
  switch (format) {
    case LayoutFormat::csv:
      return "csv";
    case LayoutFormat::json:
      return "json";
    case LayoutFormat::geojson:
      return "geojson";
    case LayoutFormat::coco:
      return "coco";
  }
  return "csv";
}

std::string placement_text(const Placement& placement, LayoutFormat format, const LayoutSource& source) {
  imaging::require(placement.pictured || format != LayoutFormat::coco, "placement_text: COCO is of a picture");
  switch (format) {
    case LayoutFormat::csv:
      return csv_text(placement);
    case LayoutFormat::json:
      return json_text(placement, source.name);
    case LayoutFormat::geojson:
      return geojson_text(placement, source.name);
    case LayoutFormat::coco:
      return coco_text(placement, source);
  }
  return {};
}

}  // namespace boarddiff::compare
