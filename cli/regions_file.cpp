// SPDX-License-Identifier: Apache-2.0
#include "cli/regions_file.h"

#include "datasets/evaluation/json_fields.h"
#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/digest.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <span>
#include <utility>

namespace boarddiff::cli {
namespace {

using datasets::JsonField;
using imaging::Error;
using imaging::ErrorCode;

// The heads of all picture formats hold zeros, a text never does.
bool is_text(const std::string& bytes) {
  constexpr std::size_t kHead = 64;
  return bytes.substr(0, kHead).find('\0') == std::string::npos;
}

imaging::Point point_in(const JsonField& position) {
  constexpr double kFarthest_px = 1e9;
  const std::vector<double> numbers = position.numbers();
  if (numbers.size() < 2) {
    position.fail("must be a position [x, y]");
  }
  if (std::abs(numbers[0]) > kFarthest_px || std::abs(numbers[1]) > kFarthest_px) {
    position.fail("lies farther out than any picture reaches");
  }
  return {numbers[0], numbers[1]};
}

// Empty where there is none: drawing programs write empty properties.
std::string words_of(const JsonField& properties, const std::string& key) {
  const auto words = properties.find(key);
  return words && !words->is_empty_text() ? words->text() : std::string();
}

imaging::Polygon ring_in(const JsonField& positions) {
  constexpr std::size_t kLeastCorners = 3;
  imaging::Polygon ring;
  std::set<std::pair<double, double>> distinct;
  for (const JsonField& position : positions.items()) {
    ring.push_back(point_in(position));
    distinct.emplace(ring.back().x(), ring.back().y());
  }
  if (distinct.size() < kLeastCorners) {
    positions.fail("must be a ring of at least 3 different corners");
  }
  if (ring.front() == ring.back()) {
    ring.pop_back();
  }
  return ring;
}

// Regions of a GeoJSON document, in its order.
class GeoJsonReader {
 public:
  explicit GeoJsonReader(RegionsFile& file) : file_(file) {}

  void read(const JsonField& document) {
    const std::string type = document.at("type").text();
    if (type == "FeatureCollection") {
      for (const JsonField& feature : document.at("features").items()) {
        add_feature(feature);
      }
    } else if (type == "Feature") {
      add_feature(document);
    } else {
      add_geometry(document, {});
    }
  }

 private:
  void add_feature(const JsonField& feature) {
    if (feature.at("type").text() != "Feature") {
      feature.at("type").fail("must be Feature");
    }
    compare::MarkedRegion marked;
    if (const auto properties = feature.find("properties")) {
      marked.who = words_of(*properties, "who");
      marked.why = words_of(*properties, "why");
    }
    add_geometry(feature.at("geometry"), marked);
  }

  void add_geometry(const JsonField& geometry, const compare::MarkedRegion& marked) {
    const std::string type = geometry.at("type").text();
    if (type == "Polygon") {
      add_polygon(geometry.at("coordinates"), marked);
    } else if (type == "MultiPolygon") {
      for (const JsonField& polygon : geometry.at("coordinates").items()) {
        add_polygon(polygon, marked);
      }
    } else {
      geometry.at("type").fail("must be Polygon or MultiPolygon, is " + type);
    }
  }

  void add_polygon(const JsonField& rings, compare::MarkedRegion marked) {
    for (const JsonField& ring : rings.items()) {
      marked.reference_rings.push_back(ring_in(ring));
      corners_ += marked.reference_rings.back().size();
      if (corners_ > kMostCorners) {
        ring.fail("is the one with which there are more than " + std::to_string(kMostCorners) + " corners");
      }
    }
    if (marked.reference_rings.empty()) {
      rings.fail("must have an outline");
    }
    file_.set.regions.push_back(std::move(marked));
    file_.places.push_back(rings.key());
  }

  static constexpr std::size_t kMostCorners = 100'000;

  RegionsFile& file_;
  std::size_t corners_ = 0;
};

cv::Mat1b mask_of(const imaging::BoardImage& image) {
  const double half = image.pixels.depth() == CV_16U ? 32767 : 127;
  cv::Mat1b mask(image.size(), uchar{0});
  std::vector<cv::Mat> channels;
  cv::split(image.pixels, channels);
  for (const cv::Mat& channel : channels) {
    mask.setTo(255, channel > half);
  }
  if (!image.usable.empty()) {
    mask.setTo(0, image.usable == 0);
  }
  return mask;
}

imaging::Polygon ring_around(const std::vector<cv::Point>& doubled) {
  imaging::Polygon ring;
  for (const cv::Point& corner : doubled) {
    ring.emplace_back((corner.x + 0.5) / 2 - 0.5, (corner.y + 0.5) / 2 - 0.5);
  }
  return ring;
}

// Contours run through the centres of the outermost pixels. In a mask of twice the size these lie a quarter of a pixel
// beyond the centres of the mask's own pixels: the polygons hold exactly those.
std::vector<compare::MarkedRegion> regions_in(const cv::Mat1b& mask) {
  cv::Mat1b doubled;
  cv::resize(mask, doubled, mask.size() * 2, 0, 0, cv::INTER_NEAREST);
  std::vector<std::vector<cv::Point>> contours;
  std::vector<cv::Vec4i> hierarchy;  // next, previous, first child, parent
  cv::findContours(doubled, contours, hierarchy, cv::RETR_CCOMP, cv::CHAIN_APPROX_SIMPLE);
  std::vector<compare::MarkedRegion> regions;
  for (std::size_t i = 0; i < contours.size(); ++i) {
    if (hierarchy[i][3] >= 0) {
      continue;
    }
    compare::MarkedRegion region;
    region.reference_rings.push_back(ring_around(contours[i]));
    for (int hole = hierarchy[i][2]; hole >= 0; hole = hierarchy[static_cast<std::size_t>(hole)][0]) {
      region.reference_rings.push_back(ring_around(contours[static_cast<std::size_t>(hole)]));
    }
    regions.push_back(std::move(region));
  }
  return regions;
}

std::string size_text(const cv::Size& size) {
  return std::to_string(size.width) + " x " + std::to_string(size.height) + " pixels";
}

[[noreturn]] void refuse(const RegionsFile& file, const std::string& why) {
  throw Error(ErrorCode::invalid_option, file.shown_name + ": " + why);
}

}  // namespace

std::string bytes_of_regions_file(const std::filesystem::path& path) {
  constexpr std::uint64_t kMostMegabytes = 256;
  return imaging::read_string(path, kMostMegabytes);
}

RegionsFile read_regions(const std::filesystem::path& path, const imaging::LoadOptions& options) {
  return regions_in_bytes(bytes_of_regions_file(path), path.string(), options);
}

RegionsFile regions_in_bytes(const std::string& bytes, const std::string& shown_name,
                             const imaging::LoadOptions& options) {
  RegionsFile file{.shown_name = shown_name};
  file.set.sources = {{.name = std::filesystem::path(shown_name).filename().string(),
                       .sha256 = imaging::sha256_hex(std::as_bytes(std::span(bytes)))}};
  if (bytes.empty()) {
    throw Error(ErrorCode::damaged_file, shown_name + ": is empty");
  }
  if (looks_like_svg(bytes)) {
    file.drawing.emplace(bytes, shown_name);
  } else if (is_text(bytes)) {
    const nlohmann::json document = datasets::parsed_json(bytes, shown_name);
    GeoJsonReader(file).read(JsonField(document, shown_name));
  } else {
    file.mask = mask_of(imaging::decode_board_image(std::as_bytes(std::span(bytes)), shown_name, options));
  }
  return file;
}

compare::RegionSet regions_on(const RegionsFile& file, const cv::Size& reference) {
  compare::RegionSet set = file.set;
  if (!file.mask.empty() && file.mask.size() != reference) {
    refuse(file, "the mask has " + size_text(file.mask.size()) + ", the reference " + size_text(reference));
  }
  const cv::Mat1b mask = file.drawing ? file.drawing->mask(reference) : file.mask;
  if (!mask.empty()) {
    constexpr int kMostRegions = 10000;
    // Counted before they become polygons, which take much more room.
    cv::Mat1i labels;
    const int count = cv::connectedComponents(mask, labels, 8) - 1;
    if (count > kMostRegions) {
      refuse(file, "has " + std::to_string(count) + " separate regions; a mask or a drawing has at most " +
                       std::to_string(kMostRegions));
    }
    set.regions = regions_in(mask);
  }
  if (file.drawing && set.regions.empty()) {
    refuse(file, "no shape of the drawing has an area on its page");
  }
  for (std::size_t i = 0; i < file.places.size(); ++i) {
    if (compare::window_around(set.regions[i], reference, 1).empty()) {
      refuse(file, file.places[i] + " lies outside the reference of " + size_text(reference));
    }
  }
  return set;
}

}  // namespace boarddiff::cli
