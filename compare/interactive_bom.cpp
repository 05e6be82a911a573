// SPDX-License-Identifier: Apache-2.0
#include "compare/interactive_bom.h"

#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::Error;
using imaging::ErrorCode;
using imaging::Point;
using Json = nlohmann::json;

constexpr std::string_view kData = "var pcbdata = ";  // in its page
constexpr std::size_t kMostParts = 200'000;
constexpr double kMost_mm = 10'000;
constexpr std::size_t kMostBytes = 64U << 20U;  // as a tree of values it is several times as large

// The fields of one file, with its name in what is wrong.
class Reader {
 public:
  explicit Reader(const std::string& name) : name_(name) {}

  [[noreturn]] void damaged(const std::string& why) const { throw Error(ErrorCode::damaged_file, name_ + ": " + why); }

  // Null where there is none.
  static const Json& field(const Json& object, const char* key) {
    static const Json kNone;
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() ? *found : kNone;
  }

  [[nodiscard]] double number(const Json& value, const std::string& what) const {
    const double number = value.is_number() ? value.get<double>() : NAN;
    if (!std::isfinite(number) || std::abs(number) > kMost_mm) damaged(what + " is no number that a board could have");
    return number;
  }

  [[nodiscard]] Point pair(const Json& value, const std::string& what) const {
    if (!value.is_array() || value.size() != 2) damaged(what + " is no pair of numbers");
    return {number(value[0], what), number(value[1], what)};
  }

 private:
  const std::string& name_;
};

std::string text_of(const Json& value) {
  return value.is_string() ? imaging::printable_text(value.get<std::string>()) : std::string();
}

Json parsed(const std::string& text, const std::string& name) {
  if (text.size() > kMostBytes) throw Error(ErrorCode::too_large, name + ": is larger than 64 MB");
  const std::size_t at = text.find(kData);
  const std::string_view data = std::string_view(text).substr(at == std::string::npos ? 0 : at + kData.size());
  if (data.starts_with("JSON.parse")) {
    throw Error(ErrorCode::unsupported_format,
                name + ": its data are compressed; make the page with --no-compression, or give the board itself");
  }
  std::istringstream stream{std::string(data)};
  try {
    Json document;
    stream >> document;  // the page goes on behind it
    return document;
  } catch (const Json::exception&) {
    throw Error(ErrorCode::damaged_file, name + ": is no whole JSON");
  }
}

// As shown, so counter-clockwise as InteractiveHtmlBom has it.
double clockwise_deg(double angle_deg) {
  const double angle = -angle_deg - 360 * std::floor(-angle_deg / 360);
  return angle < 360 ? angle : 0;
}

PlacedPart placed(const Json& footprint, const Reader& reader) {
  PlacedPart part{.designator = text_of(Reader::field(footprint, "ref"))};
  const std::string of = part.designator.empty() ? "a footprint" : part.designator;
  const std::string layer = text_of(Reader::field(footprint, "layer"));
  if (layer != "F" && layer != "B") reader.damaged("the layer of " + of + " is neither F nor B");
  part.side = layer == "F" ? BoardSide::top : BoardSide::bottom;
  const Json& box = Reader::field(footprint, "bbox");
  const Point position = reader.pair(Reader::field(box, "pos"), "the place of " + of);
  const Point corner = reader.pair(Reader::field(box, "relpos"), "the corner of " + of);
  const Point size = reader.pair(Reader::field(box, "size"), "the size of " + of);
  part.angle_deg = clockwise_deg(reader.number(Reader::field(box, "angle"), "the angle of " + of));
  const double angle = part.angle_deg * std::numbers::pi / 180;
  const Point middle = corner + size / 2;
  part.centre_mm = position + Point(std::cos(angle) * middle.x() - std::sin(angle) * middle.y(),
                                    std::sin(angle) * middle.x() + std::cos(angle) * middle.y());
  if (size.minCoeff() > 0) part.size_mm = size;
  return part;
}

// Numbers of footprints that are not in its list of parts.
std::set<std::size_t> left_out(const Json& board) {
  std::set<std::size_t> numbers;
  for (const Json& number : Reader::field(Reader::field(board, "bom"), "skipped")) {
    if (number.is_number_unsigned()) numbers.insert(number.get<std::size_t>());
  }
  return numbers;
}

// Value and package, where either list of them has the part; they come first unless the page was set up otherwise.
void describe(PlacedPart& part, std::size_t number, const Json& board, const Json& components) {
  const Json& fields =
      Reader::field(Reader::field(Reader::field(board, "bom"), "fields"), std::to_string(number).c_str());
  if (fields.is_array() && fields.size() >= 2) {
    part.value = text_of(fields[0]);
    part.package = text_of(fields[1]);
  }
  if (components.is_array() && number < components.size()) {
    part.value = text_of(Reader::field(components[number], "val"));
    part.package = text_of(Reader::field(components[number], "footprint_name"));
  }
}

imaging::Polygon outline_of(const Json& edges, const Reader& reader) {
  const auto edge = [&](const char* key) { return reader.number(Reader::field(edges, key), "the board's outline"); };
  const double left = edge("minx");
  const double top = edge("miny");
  return imaging::corners({.x = left, .y = top, .width = edge("maxx") - left, .height = edge("maxy") - top});
}

}  // namespace

bool is_interactive_bom(const std::string& text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  return start != std::string::npos && (text[start] == '{' || text.find(kData) != std::string::npos);
}

Placement parse_interactive_bom(const std::string& text, const std::string& name) {
  const Json document = parsed(text, name);
  const Reader reader(name);
  const Json& inner = Reader::field(document, "pcbdata");
  const Json& board = inner.is_object() ? inner : document;
  const bool is_old = !Reader::field(board, "footprints").is_array();
  const Json& footprints = Reader::field(board, is_old ? "modules" : "footprints");
  if (!footprints.is_array()) {
    throw Error(ErrorCode::unsupported_format, name + ": is JSON, but no InteractiveHtmlBom: it has no footprints");
  }
  if (footprints.size() > kMostParts) {
    throw Error(ErrorCode::too_large, name + ": has more than " + std::to_string(kMostParts) + " parts");
  }
  const std::set<std::size_t> skipped = left_out(board);
  Placement placement;
  for (std::size_t i = 0; i < footprints.size(); ++i) {
    PlacedPart part = placed(footprints[i], reader);
    part.populated = skipped.count(i) == 0;
    describe(part, i, board, Reader::field(document, "components"));
    placement.parts.push_back(std::move(part));
  }
  if (const Json& edges = Reader::field(board, "edges_bbox"); edges.is_object()) {
    placement.outline_mm = outline_of(edges, reader);
  }
  placement.notes.push_back(name + " does not say its unit; it was taken to be millimetres.");
  return placement;
}

}  // namespace boarddiff::compare
