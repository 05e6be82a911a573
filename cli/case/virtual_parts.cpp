// SPDX-License-Identifier: Apache-2.0
#include "cli/case/virtual_parts.h"

#include "imaging/base/text.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstddef>

namespace boarddiff::cli {
namespace {

using compare::PaintedPart;
using Json = nlohmann::ordered_json;

constexpr std::string_view kNumbers[] = {"length_mm", "width_mm", "height_mm", "x",           "y",     "px_per_mm",
                                         "blue",      "green",    "red",       "local_light", "white", "shadow_x",
                                         "shadow_y",  "shadow",   "blur_px",   "noise"};
constexpr std::size_t kCount = std::size(kNumbers);

// In the order of kNumbers.
template <class Painted>
auto fields_of(Painted& painted) {
  return std::array{
      &painted.part.length_mm,      &painted.part.width_mm,   &painted.part.height_mm, &painted.place.centre_px.x(),
      &painted.place.centre_px.y(), &painted.place.px_per_mm, &painted.ground[0],      &painted.ground[1],
      &painted.ground[2],           &painted.local_light,     &painted.white_level,    &painted.shadow.x(),
      &painted.shadow.y(),          &painted.shadow_depth,    &painted.blur_px,        &painted.noise};
}

}  // namespace

std::string CaseVirtualPart::size_text() const { return part_size_text(length, width, unit); }

std::string part_size_text(double length, double width, const std::string& unit) {
  const bool in_mm = unit == "mm";
  const auto side = [&](double value) { return in_mm ? imaging::number_text(value) : imaging::fixed_text(value, 0); };
  return side(length) + " x " + side(width) + (in_mm ? " mm" : " px");
}

std::vector<CaseVirtualPart> virtual_parts_of(compare::Database& database, std::int64_t sample) {
  compare::Statement rows(database,
                          "SELECT number, length, width, unit, look, kind, score, sample_x, sample_y, sample_width, "
                          "sample_height, reference_x, reference_y, reference_width, reference_height, near, watch, "
                          "reason, painting FROM virtual_part WHERE sample = ? ORDER BY number");
  rows.bind(0, sample);
  std::vector<CaseVirtualPart> parts;
  while (rows.step()) {
    const std::optional<PaintedPart> painted = painting_in(rows.bytes(18));
    if (!painted) continue;
    parts.push_back({.sample = sample,
                     .number = static_cast<int>(rows.integer(0)),
                     .length = rows.number(1).value_or(0),
                     .width = rows.number(2).value_or(0),
                     .unit = rows.bytes(3),
                     .look = rows.bytes(4),
                     .finding = {.kind = rows.bytes(5),
                                 .score = rows.number(6).value_or(0),
                                 .above_threshold = true,
                                 .sample_box = box_in(rows, 7),
                                 .reference_box = box_in(rows, 11),
                                 .near = rows.bytes(15),
                                 .watch = rows.bytes(16),
                                 .reason = rows.bytes(17),
                                 .has_crops = true},
                     .painted = *painted});
  }
  return parts;
}

std::string painting_text(const PaintedPart& painted) {
  Json json;
  const auto fields = fields_of(painted);
  for (std::size_t i = 0; i < kCount; ++i) json[std::string(kNumbers[i])] = *fields.at(i);
  json["colour"] = std::string(name_of(painted.part.colour));
  json["upright"] = painted.place.upright;
  json["seed"] = painted.seed;
  return json.dump();
}

std::optional<PaintedPart> painting_in(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) {
    return {};
  }
  PaintedPart painted;
  const auto fields = fields_of(painted);
  for (std::size_t i = 0; i < kCount; ++i) {
    const auto number = json.find(std::string(kNumbers[i]));
    if (number == json.end() || !number->is_number()) return {};
    *fields.at(i) = number->get<double>();
  }
  bool is_colour = false;
  for (const imaging::BodyColour colour : imaging::kBodyColours) {
    if (json.value("colour", Json()) == std::string(name_of(colour))) {
      painted.part.colour = colour;
      is_colour = true;
    }
  }
  if (!is_colour || !json.value("upright", Json()).is_boolean() || !json.value("seed", Json()).is_number_unsigned()) {
    return {};
  }
  painted.place.upright = json["upright"].get<bool>();
  painted.seed = json["seed"].get<std::uint64_t>();
  return can_be_painted(painted) ? std::optional(painted) : std::nullopt;
}

}  // namespace boarddiff::cli
