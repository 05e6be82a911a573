// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_text.h"

#include "imaging/base/text.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <numbers>
#include <utility>

namespace boarddiff::compare {

namespace {

using Json = nlohmann::ordered_json;
using imaging::Point;

constexpr double kDigits = 1e4;  // of a millimetre: finer than any file

double rounded(double value) { return std::round(value * kDigits) / kDigits + 0.0; }

// Quoted where it has to be.
std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    quoted.append(c == '"' ? "\"\"" : std::string(1, c));
  }
  return quoted + "\"";
}

std::string csv_text(const Placement& placement) {
  std::string text = std::string(kPlacementCsvHead) + "\n";
  const auto number = [](double value) { return imaging::number_text(rounded(value)); };
  for (const PlacedPart& part : placement.parts) {
    text += csv_cell(part.designator) + "," + csv_cell(part.value) + "," + csv_cell(part.package) + "," +
            std::string(name_of(part.side)) + "," + number(part.centre_mm.x()) + "," + number(part.centre_mm.y()) +
            "," + number(part.angle_deg) + "," + (part.size_mm ? number(part.size_mm->x()) : "") + "," +
            (part.size_mm ? number(part.size_mm->y()) : "") + "," + (part.populated ? "yes" : "no") + "\n";
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

imaging::Polygon body_of(const PlacedPart& part, const Point& size_mm) {
  const double angle = part.angle_deg * std::numbers::pi / 180;
  imaging::Polygon body =
      imaging::corners({.x = -size_mm.x() / 2, .y = -size_mm.y() / 2, .width = size_mm.x(), .height = size_mm.y()});
  for (Point& corner : body) {
    corner = part.centre_mm + Point(std::cos(angle) * corner.x() - std::sin(angle) * corner.y(),
                                    std::sin(angle) * corner.x() + std::cos(angle) * corner.y());
  }
  return body;
}

std::string geojson_text(const Placement& placement, const std::string& source) {
  Json features = Json::array();
  for (const PlacedPart& part : placement.parts) {
    const Json geometry =
        part.size_mm ? Json{{"type", "Polygon"}, {"coordinates", Json::array({ring_of(body_of(part, *part.size_mm))})}}
                     : Json{{"type", "Point"}, {"coordinates", json_of(part.centre_mm)}};
    features.push_back({{"type", "Feature"}, {"properties", facts_of(part)}, {"geometry", geometry}});
  }
  return Json{{"type", "FeatureCollection"}, {"source", source}, {"features", features}}.dump(
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
  }
  return "csv";
}

std::string placement_text(const Placement& placement, LayoutFormat format, const std::string& source) {
  switch (format) {
    case LayoutFormat::csv:
      return csv_text(placement);
    case LayoutFormat::json:
      return json_text(placement, source);
    case LayoutFormat::geojson:
      return geojson_text(placement, source);
  }
  return {};
}

}  // namespace boarddiff::compare
