// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_diff_text.h"

#include "compare/name_list.h"
#include "compare/nearest_part.h"
#include "imaging/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::csv_cell;
using Json = nlohmann::ordered_json;

double rounded(double value) { return std::round(value * 1e3) / 1e3 + 0.0; }

const PlacedPart& part_of(const PlacementChange& change) { return change.before ? *change.before : *change.after; }

// Where the change is, by the nearest named part besides itself.
std::string near_text(const PlacementChange& change, const Placement& neighbours) {
  const PlacedPart& part = part_of(change);
  const auto near = nearest_parts(neighbours, part.side, part.centre_mm, 1, part.designator);
  return near.empty() ? std::string() : place_beside(neighbours.parts[near.front().part], part.centre_mm);
}

std::string size_text(const PlacedPart& part) {
  if (!part.size_mm) return {};
  return imaging::fixed_text(part.size_mm->x(), 1) + " x " + imaging::fixed_text(part.size_mm->y(), 1) + " mm";
}

std::string name_text(const PlacedPart& part) {
  std::string name = part.designator;
  const std::string what = part.package.empty() ? size_text(part) : part.package;
  return what.empty() ? name : name.append(" (").append(what).append(")");
}

std::string sentence_on(const PlacementChange& change, const Placement& neighbours) {
  std::string line(name_of(change.kind));
  line.append(": ").append(name_text(part_of(change)));
  switch (change.kind) {
    case PlacementChangeKind::moved:
      line.append(change.before->side == change.after->side ? ", by " + imaging::fixed_text(change.moved_mm, 2) + " mm"
                                                            : ", to the " + std::string(name_of(change.after->side)));
      break;
    case PlacementChangeKind::turned:
      line.append(", by ").append(imaging::fixed_text(change.turned_deg, 0)).append(" degrees");
      break;
    case PlacementChangeKind::resized:
      line.append(", then ").append(size_text(*change.after));
      break;
    case PlacementChangeKind::missing:
    case PlacementChangeKind::extra:
      break;
  }
  const std::string near = near_text(change, neighbours);
  if (!near.empty()) line.append("; ").append(near);
  return line + "\n";
}

// ", and of R3, R7 and 4 more that is unclear"
std::string unclear_text(const PlacementDiff& diff) {
  std::vector<std::string> names;
  for (const PlacedPart& part : diff.unclear) {
    names.push_back(part.designator);
  }
  return names.empty() ? "" : std::string(", and of ").append(name_list(names)).append(" that is unclear");
}

std::string text_of(const PlacementDiff& diff, const Placement& neighbours, const DiffNames& names) {
  std::string text;
  for (const PlacementChange& change : diff.changes) {
    text += sentence_on(change, neighbours);
  }
  return text + std::to_string(diff.changes.size()) + (diff.changes.size() == 1 ? " part differs" : " parts differ") +
         " between " + names.first + " and " + names.second + ", " + std::to_string(diff.same) +
         (diff.same == 1 ? " is" : " are") + " the same" + unclear_text(diff) + "\n";
}

std::string csv_of(const PlacementDiff& diff, const Placement& neighbours) {
  std::string text = "change,designator,package,side,x_mm,y_mm,new_x_mm,new_y_mm,moved_mm,turned_deg,near\n";
  const auto number = [](double value) { return imaging::number_text(rounded(value)); };
  const auto place = [&](const std::optional<PlacedPart>& part) {
    return part ? number(part->centre_mm.x()) + "," + number(part->centre_mm.y()) : std::string(",");
  };
  for (const PlacementChange& change : diff.changes) {
    const PlacedPart& part = part_of(change);
    const bool both = change.before && change.after;
    text += std::string(name_of(change.kind)) + "," + csv_cell(part.designator) + "," + csv_cell(part.package) + "," +
            std::string(name_of(part.side)) + "," + place(change.before) + "," + place(change.after) + "," +
            (both ? number(change.moved_mm) : "") + "," + (both ? number(change.turned_deg) : "") + "," +
            csv_cell(near_text(change, neighbours)) + "\n";
  }
  return text;
}

Json json_of(const PlacedPart& part) {
  Json json = {{"designator", part.designator},
               {"value", part.value},
               {"package", part.package},
               {"side", name_of(part.side)},
               {"centre_mm", {rounded(part.centre_mm.x()), rounded(part.centre_mm.y())}},
               {"angle_deg", rounded(part.angle_deg)}};
  json["size_mm"] = part.size_mm ? Json{rounded(part.size_mm->x()), rounded(part.size_mm->y())} : Json();
  return json;
}

std::string json_of(const PlacementDiff& diff, const Placement& neighbours, const DiffNames& names) {
  Json changes = Json::array();
  for (const PlacementChange& change : diff.changes) {
    Json json = {{"change", name_of(change.kind)}};
    json["before"] = change.before ? json_of(*change.before) : Json();
    json["after"] = change.after ? json_of(*change.after) : Json();
    if (change.before && change.after) {
      json["moved_mm"] = rounded(change.moved_mm);
      json["turned_deg"] = rounded(change.turned_deg);
    }
    json["near"] = near_text(change, neighbours);
    changes.push_back(std::move(json));
  }
  Json unclear = Json::array();
  for (const PlacedPart& part : diff.unclear) unclear.push_back(json_of(part));
  return Json{{"schema", "boarddiff.layout-diff/1"},
              {"first", names.first},
              {"second", names.second},
              {"same", diff.same},
              {"unclear", unclear},
              {"changes", changes}}
             .dump(2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

}  // namespace

std::string_view name_of(DiffFormat format) {
  switch (format) {
    case DiffFormat::text:
      return "text";
    case DiffFormat::csv:
      return "csv";
    case DiffFormat::json:
      return "json";
  }
  return "text";
}

std::string diff_text(const PlacementDiff& diff, const Placement& neighbours, DiffFormat format,
                      const DiffNames& names) {
  switch (format) {
    case DiffFormat::text:
      return text_of(diff, neighbours, names);
    case DiffFormat::csv:
      return csv_of(diff, neighbours);
    case DiffFormat::json:
      return json_of(diff, neighbours, names);
  }
  return {};
}

}  // namespace boarddiff::compare
