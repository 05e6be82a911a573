// SPDX-License-Identifier: Apache-2.0
#include "cli/drawn_regions.h"

#include "cli/regions_file.h"
#include "compare/marked_region.h"
#include "imaging/base/error.h"
#include "imaging/digest.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

namespace boarddiff::cli {
namespace {

using Json = nlohmann::ordered_json;
using imaging::Error;
using imaging::ErrorCode;

constexpr std::size_t kMostWords = 1000;       // bytes
constexpr std::size_t kMostCorners = 1000;     // of one that is drawn by hand
constexpr std::string_view kDrawn = "drawn-";  // how ids of drawn ones begin

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, "the region " + why); }

std::optional<compare::EnrolledRegions>& regions_for(compare::ReferenceFile& file, RegionPurpose purpose) {
  return purpose == RegionPurpose::ignore ? file.ignored : file.watched;
}

std::string hash_of(const std::string& text) { return imaging::sha256_hex(std::as_bytes(std::span(text))); }

std::string text_in(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string id_of(const Json& feature) {
  std::string id = feature.is_object() ? text_in(feature, "id") : std::string();
  return id.compare(0, kDrawn.size(), kDrawn) == 0 ? id : std::string();
}

double rounded(double pixels) { return std::round(10 * pixels) / 10; }

Json ring_document(const imaging::Polygon& corners) {
  Json ring = Json::array();
  for (const imaging::Point& corner : corners) ring.push_back({rounded(corner.x()), rounded(corner.y())});
  ring.push_back(ring.front());
  return ring;
}

Json feature_of(const compare::MarkedRegion& region) {
  Json rings = Json::array();
  for (const imaging::Polygon& ring : region.reference_rings) rings.push_back(ring_document(ring));
  Json feature = {{"type", "Feature"}, {"properties", Json::object()}};
  if (!region.who.empty()) feature["properties"]["who"] = region.who;
  if (!region.why.empty()) feature["properties"]["why"] = region.why;
  feature["geometry"] = {{"type", "Polygon"}, {"coordinates", rings}};
  return feature;
}

compare::RegionSet region_set(const compare::EnrolledRegions& held, const cv::Size& size,
                              const std::string& shown_name) {
  return regions_on(regions_in_bytes(held.bytes, shown_name + ": " + held.file), size);
}

// What the file has as a FeatureCollection, whatever it was given as. The text of a GeoJSON file has been checked then.
Json collection_of(const std::optional<compare::EnrolledRegions>& held, const cv::Size& size,
                   const std::string& shown_name) {
  Json collection = {{"type", "FeatureCollection"}, {"features", Json::array()}};
  if (!held) return collection;
  const compare::RegionSet set = region_set(*held, size, shown_name);
  Json given = Json::parse(held->bytes, nullptr, false);
  if (!given.is_object()) {
    for (const compare::MarkedRegion& region : set.regions) collection["features"].push_back(feature_of(region));
    return collection;
  }
  const std::string type = text_in(given, "type");
  if (type == "FeatureCollection") return given;
  if (type == "Feature") {
    collection["features"].push_back(std::move(given));
  } else {
    collection["features"].push_back(
        {{"type", "Feature"}, {"properties", Json::object()}, {"geometry", std::move(given)}});
  }
  return collection;
}

void keep(std::optional<compare::EnrolledRegions>& held, const Json& collection) {
  const std::filesystem::path before = held ? held->file : "drawn.geojson";
  const bool is_json = before.extension() == ".geojson" || before.extension() == ".json";
  std::string bytes = collection.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  held = compare::EnrolledRegions{.file = is_json ? before.string() : before.stem().string() + ".geojson",
                                  .sha256 = hash_of(bytes)};
  held->bytes = std::move(bytes);
}

void check(const DrawnRegion& region, const cv::Size& size) {
  if (region.why.empty()) refuse("needs words on what it is for");
  if (region.why.size() > kMostWords || region.who.size() > kMostWords) {
    refuse("has more than " + std::to_string(kMostWords) + " bytes of words");
  }
  if (region.reference_corners.size() < 3) refuse("needs at least three corners");
  if (region.reference_corners.size() > kMostCorners) {
    refuse("has more than " + std::to_string(kMostCorners) + " corners");
  }
  for (const imaging::Point& corner : region.reference_corners) {
    constexpr double kFarthest_px = 1e6;
    if (!(std::abs(corner.x()) < kFarthest_px && std::abs(corner.y()) < kFarthest_px)) {
      refuse("has a corner far outside the picture");
    }
  }
  const compare::MarkedRegion marked{.reference_rings = {region.reference_corners}};
  const cv::Rect window = compare::window_around(marked, size, 1);
  if (window.empty() || cv::countNonZero(compare::pixels_of(marked, window, 1)) == 0) {
    refuse("holds no pixel of the picture");
  }
}

KeptRegion kept(RegionPurpose purpose, const compare::MarkedRegion& region) {
  return {.purpose = purpose, .who = region.who, .why = region.why, .reference_polygon = compare::joined_rings(region)};
}

}  // namespace

std::string_view name_of(RegionPurpose purpose) { return purpose == RegionPurpose::ignore ? "ignore" : "watch"; }

std::vector<KeptRegion> kept_regions(const compare::ReferenceFile& file, const std::string& shown_name) {
  std::vector<KeptRegion> all;
  const cv::Size size = file.boards.front().size;
  for (const RegionPurpose purpose : kRegionPurposes) {
    const std::optional<compare::EnrolledRegions>& held =
        purpose == RegionPurpose::ignore ? file.ignored : file.watched;
    if (!held) continue;
    const compare::RegionSet set = region_set(*held, size, shown_name);
    const Json given = Json::parse(held->bytes, nullptr, false);
    const bool has_ids = given.is_object() && text_in(given, "type") == "FeatureCollection";
    std::vector<std::pair<std::string, std::string>> marks;  // id and time of each region
    if (has_ids) {
      // A feature of several polygons is several regions, and none that was drawn here.
      for (const Json& feature : given.at("features")) {
        const Json& geometry = feature.at("geometry");
        const bool is_many = text_in(geometry, "type") == "MultiPolygon";
        const std::size_t count = is_many ? geometry.at("coordinates").size() : 1;
        const std::string at = feature.contains("properties") && feature["properties"].is_object()
                                   ? text_in(feature["properties"], "at")
                                   : std::string();
        marks.insert(marks.end(), count, {is_many ? "" : id_of(feature), at});
      }
    }
    for (std::size_t i = 0; i < set.regions.size(); ++i) {
      all.push_back(kept(purpose, set.regions[i]));
      if (i < marks.size() && !marks[i].first.empty()) std::tie(all.back().id, all.back().at) = marks[i];
    }
  }
  return all;
}

std::string add_region(compare::ReferenceFile& file, const DrawnRegion& region, const std::string& shown_name) {
  const cv::Size size = file.boards.front().size;
  check(region, size);
  std::optional<compare::EnrolledRegions>& held = regions_for(file, region.purpose);
  Json collection = collection_of(held, size, shown_name);
  Json feature = feature_of({.who = region.who, .why = region.why, .reference_rings = {region.reference_corners}});
  feature["properties"]["at"] = region.at;
  const std::string id = std::string(kDrawn) + hash_of(feature.dump(-1, ' ', false, Json::error_handler_t::replace) +
                                                       std::to_string(collection["features"].size()))
                                                   .substr(0, 16);
  feature["id"] = id;
  collection["features"].push_back(std::move(feature));
  keep(held, collection);
  // As every inspection will read it.
  static_cast<void>(region_set(*held, size, shown_name));
  return id;
}

KeptRegion take_region_away(compare::ReferenceFile& file, RegionPurpose purpose, const std::string& id,
                            const std::string& shown_name) {
  const std::vector<KeptRegion> all = kept_regions(file, shown_name);
  const auto found = std::find_if(all.begin(), all.end(), [&](const KeptRegion& one) {
    return one.purpose == purpose && !one.id.empty() && one.id == id;
  });
  if (found == all.end()) refuse("is not there: it may have been withdrawn already, or was not drawn in a review");
  std::optional<compare::EnrolledRegions>& held = regions_for(file, purpose);
  Json collection = collection_of(held, file.boards.front().size, shown_name);
  Json& features = collection["features"];
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (id_of(features[i]) == id) {
      features.erase(i);
      break;
    }
  }
  if (features.empty()) {
    held.reset();
  } else {
    keep(held, collection);
  }
  return *found;
}

}  // namespace boarddiff::cli
