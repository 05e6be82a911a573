// SPDX-License-Identifier: Apache-2.0
#include "datasets/write_case.h"

#include "imaging/base/error.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <system_error>

namespace boarddiff::datasets {
namespace {

using nlohmann::ordered_json;

// Without a negative zero, which is not the same text.
double rounded(double value) { return std::round(value * 1000) / 1000 + 0.0; }

ordered_json json_of(const imaging::Box& box) {
  return {rounded(box.x), rounded(box.y), rounded(box.width), rounded(box.height)};
}

ordered_json json_of(const imaging::Point& point) { return {rounded(point.x()), rounded(point.y())}; }

ordered_json json_of(const imaging::Polygon& polygon) {
  ordered_json json = ordered_json::array();
  for (const imaging::Point& corner : polygon) {
    json.push_back(json_of(corner));
  }
  return json;
}

ordered_json json_of(const TrueChange& change) {
  ordered_json json = {{"id", change.id}, {"kind", compare::name_of(change.kind)}, {"box", json_of(change.sample_box)}};
  if (!change.also_in_sample.empty()) {
    json["also"] = ordered_json::array();
    for (const imaging::Box& box : change.also_in_sample) {
      json["also"].push_back(json_of(box));
    }
  }
  json["size_mm"] = json_of(change.size_mm);
  json["background"] = name_of(change.background);
  if (change.visibility) {
    json["contrast_to_noise"] = rounded(change.visibility->contrast_to_noise);
    json["changed_px"] = change.visibility->changed_px;
  }
  json["sample_polygon"] = json_of(change.sample_polygon);
  json["reference_polygon"] = json_of(change.reference_polygon);
  json["board_polygon_mm"] = json_of(change.board_polygon_mm);
  return json;
}

ordered_json json_of(const TrueComponent& component) {
  ordered_json json = {{"designator", component.designator},
                       {"package", component.package},
                       {"populated", component.populated},
                       {"centre_mm", json_of(component.centre_mm)},
                       {"angle_deg", rounded(component.angle_deg)},
                       {"size_mm", json_of(component.size_mm)},
                       {"reference_polygon", json_of(component.reference_polygon)}};
  if (component.kind) json["kind"] = compare::name_of(*component.kind);
  if (!component.sample_polygon.empty()) json["sample_polygon"] = json_of(component.sample_polygon);
  return json;
}

ordered_json json_of(const PointPair& point) {
  return {rounded(point.in_reference.x()), rounded(point.in_reference.y()), rounded(point.in_sample.x()),
          rounded(point.in_sample.y())};
}

template <typename Item>
ordered_json list_of(const std::vector<Item>& items) {
  ordered_json json = ordered_json::array();
  for (const Item& item : items) {
    json.push_back(json_of(item));
  }
  return json;
}

ordered_json json_of(const BoardPair& pair) {
  ordered_json json = {{"reference", pair.reference.source.name}, {"sample", pair.sample.source.name}};
  if (!pair.further_references.empty()) {
    json["references"] = ordered_json::array({pair.reference.source.name});
    for (const imaging::BoardImage& image : pair.further_references) {
      json["references"].push_back(image.source.name);
    }
  }
  json["modality"] = imaging::name_of(pair.modality);
  if (pair.reference.pixels_per_mm) json["px_per_mm_reference"] = rounded(*pair.reference.pixels_per_mm);
  json["expect"] = pair.same_board ? "alignable" : "not-the-same-board";
  json["exhaustive"] = true;
  if (!pair.board.empty()) json["board"] = pair.board;
  if (!pair.style.empty()) json["style"] = pair.style;
  json["severity"] = name_of(pair.severity);
  json["seed"] = pair.seed;
  json["changes"] = list_of(pair.changes);
  json["points"] = list_of(pair.points);
  if (!pair.components.empty()) json["components"] = list_of(pair.components);
  return json;
}

// One line for each change, point and component: short enough to read, and to compare.
std::string text_of(const ordered_json& json) {
  std::string text = "{";
  for (auto entry = json.begin(); entry != json.end(); ++entry) {
    text += (entry == json.begin() ? "\n " : ",\n ") + ordered_json(entry.key()).dump() + ": ";
    const bool is_list = entry->is_array() && !entry->empty() && !entry->front().is_string();
    if (!is_list) {
      text += entry->dump();
      continue;
    }
    text += "[";
    for (auto item = entry->begin(); item != entry->end(); ++item) {
      text += (item == entry->begin() ? "\n  " : ",\n  ") + item->dump();
    }
    text += "\n ]";
  }
  return text + "\n}\n";
}

void remove_truth(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::remove(path, error) && error) {
    throw imaging::Error(imaging::ErrorCode::unwritable_output,
                         "cannot replace " + path.string() + ": " + error.message());
  }
}

}  // namespace

std::string case_json(const BoardPair& pair) { return text_of(json_of(pair)); }

std::vector<std::string> case_files(imaging::Modality modality, int specimens) {
  const std::string ending = modality == imaging::Modality::photo ? ".jpg" : ".png";
  std::vector<std::string> names = {"reference" + ending, "sample" + ending};
  for (int number = 2; number <= specimens; ++number) {
    names.push_back("reference-" + std::to_string(number) + ending);
  }
  names.emplace_back("case.json");
  return names;
}

void write_case(const BoardPair& pair, const std::filesystem::path& folder, imaging::Replace replace) {
  const std::filesystem::path truth = folder / "case.json";
  // Gone before the first picture is replaced, so that it never stands beside those of another pair.
  if (replace == imaging::Replace::allow) remove_truth(truth);
  for (const PictureFile& file : pair.files) {
    imaging::write_file(folder / file.name, file.bytes, replace);
  }
  imaging::write_file(truth, case_json(pair), replace);
}

}  // namespace boarddiff::datasets
