// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/trial_picture.h"

#include "datasets/picture/render_photo.h"
#include "datasets/picture/render_xray.h"
#include "imaging/base/error.h"
#include "imaging/base/output_file.h"
#include "imaging/base/text.h"
#include "imaging/load.h"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <span>
#include <sstream>

namespace boarddiff::trials {
namespace {

using datasets::BoardDesign;
using datasets::Camera;
using imaging::Point;

// So dense that a close-up still shows many of them.
constexpr int kAcross = 24;
constexpr int kDown = 18;
constexpr double kNowhere = std::numeric_limits<double>::quiet_NaN();

std::vector<Point> nodes_in(const Camera& camera, const BoardDesign& design, const cv::Size& size) {
  std::vector<Point> nodes;
  for (int y = 0; y <= kDown; ++y) {
    for (int x = 0; x <= kAcross; ++x) {
      const Point board(design.width_mm * (0.02 + 0.96 * x / kAcross), design.depth_mm * (0.02 + 0.96 * y / kDown));
      const Point at = camera.pixel_of(board, 0);
      const bool inside = at.x() >= 0 && at.y() >= 0 && at.x() <= size.width - 1 && at.y() <= size.height - 1;
      nodes.push_back(inside ? at : Point(kNowhere, kNowhere));
    }
  }
  return nodes;
}

std::string encoded(const DrawnPicture& picture) {
  const bool lossless = picture.jpeg_quality == 0;
  const std::vector<int> how =
      lossless ? std::vector<int>{} : std::vector<int>{cv::IMWRITE_JPEG_QUALITY, picture.jpeg_quality};
  std::vector<unsigned char> bytes;
  imaging::require(cv::imencode(lossless ? ".png" : ".jpg", picture.pixels, bytes, how), "a picture can be encoded");
  return {bytes.begin(), bytes.end()};
}

std::string file_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw imaging::Error(imaging::ErrorCode::unreadable_file, path.string());
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// "x,y" a line, empty lines for points outside.
std::string text_of(const std::vector<Point>& nodes_px) {
  std::string text;
  for (const Point& node : nodes_px) {
    if (!std::isnan(node.x())) text += imaging::fixed_text(node.x(), 4) + "," + imaging::fixed_text(node.y(), 4);
    text += "\n";
  }
  return text;
}

std::vector<Point> nodes_of(const std::string& text) {
  std::vector<Point> nodes;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t comma = line.find(',');
    nodes.push_back(comma == std::string::npos
                        ? Point(kNowhere, kNowhere)
                        : Point(std::stod(line.substr(0, comma)), std::stod(line.substr(comma + 1))));
  }
  return nodes;
}

}  // namespace

DrawnPicture photographed(const BoardDesign& unit, const datasets::Circumstances& circumstances, std::uint64_t seed) {
  datasets::RenderedPicture picture = render_photo(unit, circumstances.photo, seed);
  std::vector<Point> nodes = nodes_in(picture.camera, unit, picture.pixels.size());
  return {std::move(picture.pixels), std::move(nodes), circumstances.jpeg_quality};
}

DrawnPicture xrayed(const BoardDesign& unit, const datasets::Circumstances& circumstances, std::uint64_t seed) {
  datasets::XraySettings xray;
  xray.camera = circumstances.photo.camera;
  xray.camera.distortion = xray.camera.distortion_4 = 0;  // a flat detector has no lens
  xray.camera.tilt_deg *= 0.2;                            // the board lies on a stage
  xray.brightness = std::min(0.95, 0.7 * circumstances.photo.light.exposure);
  datasets::RenderedPicture picture = render_xray(unit, xray, seed);
  std::vector<Point> nodes = nodes_in(picture.camera, unit, picture.pixels.size());
  return {std::move(picture.pixels), std::move(nodes), 0};
}

void Album::add(const std::string& name, PictureRecipe recipe) {
  imaging::require(recipes_.emplace(name, std::move(recipe)).second, "a picture's name is used once");
}

std::filesystem::path Album::file_of(const std::string& name) const {
  if (folder_.empty()) return {};
  const std::filesystem::path jpeg = folder_ / (name + ".jpg");
  return std::filesystem::exists(jpeg) ? jpeg : folder_ / (name + ".png");
}

// The points are written last: where they stand, the picture is complete.
Album::Kept Album::kept(const std::string& name) const {
  const std::filesystem::path points = folder_ / (name + ".csv");
  if (!folder_.empty() && std::filesystem::exists(points)) {
    return {file_bytes(file_of(name)), nodes_of(file_bytes(points))};
  }
  DrawnPicture drawn = recipes_.at(name).draw();
  const Kept made{encoded(drawn), std::move(drawn.nodes_px)};
  if (!folder_.empty()) {
    const std::string ending = drawn.jpeg_quality == 0 ? ".png" : ".jpg";
    imaging::write_file(folder_ / (name + ending), made.bytes, imaging::Replace::allow);
    imaging::write_file(points, text_of(made.nodes_px), imaging::Replace::allow);
  }
  return made;
}

TrialPicture Album::picture(const std::string& name) {
  Kept found;
  {
    const std::lock_guard lock(mutex_);
    const auto at = made_.find(name);
    if (at != made_.end()) found = at->second;
  }
  if (found.bytes.empty()) {
    found = kept(name);
    const std::lock_guard lock(mutex_);
    made_[name] = found;
  }
  return {imaging::decode_board_image(std::as_bytes(std::span(found.bytes)), name), recipes_.at(name).board,
          found.nodes_px};
}

}  // namespace boarddiff::trials
