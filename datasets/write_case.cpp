// SPDX-License-Identifier: Apache-2.0
#include "datasets/write_case.h"

#include "imaging/base/error.h"

#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include <cmath>
#include <string_view>

namespace boarddiff::datasets {
namespace {

using nlohmann::ordered_json;

double rounded(double value) { return std::round(value * 1000) / 1000; }

ordered_json json_of(const imaging::Box& box) {
  return {rounded(box.x), rounded(box.y), rounded(box.width), rounded(box.height)};
}

ordered_json json_of(const TrueChange& change) {
  ordered_json json = {{"id", change.id}, {"kind", compare::name_of(change.kind)}, {"box", json_of(change.sample_box)}};
  if (!change.also_in_sample.empty()) {
    json["also"] = ordered_json::array();
    for (const imaging::Box& box : change.also_in_sample) {
      json["also"].push_back(json_of(box));
    }
  }
  json["size_mm"] = {rounded(change.size_mm.x()), rounded(change.size_mm.y())};
  return json;
}

ordered_json json_of(const BoardPair& pair) {
  ordered_json json = {{"reference", "reference.png"},
                       {"sample", "sample.png"},
                       {"modality", imaging::name_of(pair.modality)},
                       {"expect", pair.same_board ? "alignable" : "not-the-same-board"}};
  if (pair.reference.pixels_per_mm) json["px_per_mm_reference"] = rounded(*pair.reference.pixels_per_mm);
  json["changes"] = ordered_json::array();
  for (const TrueChange& change : pair.changes) {
    json["changes"].push_back(json_of(change));
  }
  json["points"] = ordered_json::array();
  for (const PointPair& point : pair.points) {
    json["points"].push_back({rounded(point.in_reference.x()), rounded(point.in_reference.y()),
                              rounded(point.in_sample.x()), rounded(point.in_sample.y())});
  }
  return json;
}

void write_picture(const cv::Mat& pixels, const std::filesystem::path& path, imaging::Replace replace) {
  std::vector<unsigned char> bytes;
  imaging::require(cv::imencode(".png", pixels, bytes), "a rendered picture can be encoded");
  imaging::write_file(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, replace);
}

}  // namespace

void write_case(const BoardPair& pair, const std::filesystem::path& folder, imaging::Replace replace) {
  write_picture(pair.reference.pixels, folder / "reference.png", replace);
  write_picture(pair.sample.pixels, folder / "sample.png", replace);
  imaging::write_file(folder / "case.json", json_of(pair).dump(1) + "\n", replace);
}

}  // namespace boarddiff::datasets
