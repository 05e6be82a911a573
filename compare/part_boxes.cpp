// SPDX-License-Identifier: Apache-2.0
#include "compare/part_boxes.h"

#include "compare/like_size.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace boarddiff::compare {

namespace {

constexpr float kInside = 0.5F;
constexpr int kLeastPixels = 6;     // about a third of an 0402's inside
constexpr double kLeastFill = 0.4;  // of the rectangle; bent and branched areas are several things
constexpr double kRim_px = 1;       // on either side, that the network was taught to leave off

// The pixels of each area.
std::vector<std::vector<cv::Point>> areas_of(const cv::Mat1f& body) {
  cv::Mat1i labels;
  const cv::Mat1b inside(body > kInside);
  const int count = cv::connectedComponents(inside, labels, 4, CV_32S);
  std::vector<std::vector<cv::Point>> areas(static_cast<std::size_t>(count - 1));
  for (int y = 0; y < labels.rows; ++y) {
    for (int x = 0; x < labels.cols; ++x) {
      if (labels(y, x) > 0) {
        areas[static_cast<std::size_t>(labels(y, x) - 1)].emplace_back(x, y);
      }
    }
  }
  return areas;
}

// With the longer side first.
void set_rectangle(SeenPart& part, const cv::RotatedRect& rectangle) {
  part.centre = {rectangle.center.x, rectangle.center.y};
  // A row of n pixels is n - 1 between the middles of its ends.
  part.size = imaging::Point(rectangle.size.width, rectangle.size.height).array() + 1 + 2 * kRim_px;
  part.angle_deg = rectangle.angle;
  if (part.size.x() < part.size.y()) {
    std::swap(part.size.x(), part.size.y());
    part.angle_deg += 90;
  }
  part.angle_deg = half_turn(part.angle_deg);
}

void set_confidence(SeenPart& part, const PartMaps& maps, const std::vector<cv::Point>& area) {
  double inside = 0;
  std::array<double, kComponentKinds.size()> kinds{};
  for (const cv::Point& pixel : area) {
    inside += maps.body(pixel);
    const float* shares = maps.kinds.ptr<float>(pixel.y / 2, pixel.x / 2);
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      kinds.at(kind) += shares[kind];
    }
  }
  const auto count = static_cast<double>(area.size());
  const auto most = static_cast<std::size_t>(std::max_element(kinds.begin(), kinds.end()) - kinds.begin());
  part.kind = kComponentKinds.at(most);
  part.kind_confidence = kinds.at(most) / count;
  part.confidence = inside / count;
}

}  // namespace

std::vector<SeenPart> part_boxes(const PartMaps& maps) {
  std::vector<SeenPart> parts;
  for (const std::vector<cv::Point>& area : areas_of(maps.body)) {
    if (area.size() < kLeastPixels) {
      continue;
    }
    SeenPart part;
    set_rectangle(part, cv::minAreaRect(area));
    const double inner = (part.size.x() - 2 * kRim_px) * (part.size.y() - 2 * kRim_px);
    if (static_cast<double>(area.size()) < kLeastFill * inner) {
      continue;
    }
    set_confidence(part, maps, area);
    parts.push_back(part);
  }
  return parts;
}

}  // namespace boarddiff::compare
