// SPDX-License-Identifier: Apache-2.0
#include "compare/evidence_signs.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::compare {

namespace {

constexpr int kRingFrom = 1;  // cells left out around the region: they belong to its edge
constexpr int kRingTo = 3;
constexpr float kTallEnough = 9;  // cells; what is hidden by more is hidden

// The region and the ring around it, in a window of the grid.
struct Neighbourhood {
  cv::Rect window = {};
  cv::Mat1b region = {};
  cv::Mat1b ring = {};
};

cv::Mat1b widened(const cv::Mat1b& mask, int cells) {
  cv::Mat1b wide;
  cv::dilate(mask, wide, cv::getStructuringElement(cv::MORPH_RECT, {2 * cells + 1, 2 * cells + 1}));
  return wide;
}

Neighbourhood around(const EvidenceRegion& region, const cv::Size& grid) {
  Neighbourhood place;
  const cv::Rect box = cv::boundingRect(region.cells);
  place.window = cv::Rect(box.x - kRingTo, box.y - kRingTo, box.width + 2 * kRingTo, box.height + 2 * kRingTo) &
                 cv::Rect({0, 0}, grid);
  place.region = cv::Mat1b(place.window.size(), uchar{0});
  for (const cv::Point& cell : region.cells) {
    place.region(cell - place.window.tl()) = 255;
  }
  place.ring = widened(place.region, kRingTo) & ~widened(place.region, kRingFrom);
  return place;
}

// One map, as far as the region is concerned.
struct Values {
  double mean = 0;
  double peak = 0;       // the largest less the mean
  double over_ring = 0;  // the mean less that of the ring
};

// `window`: of the map, the neighbourhood's.
Values values_in(const cv::Mat1f& window, const Neighbourhood& place) {
  Values values{.mean = cv::mean(window, place.region)[0]};
  cv::minMaxLoc(window, nullptr, &values.peak, nullptr, nullptr, place.region);
  values.peak -= values.mean;
  if (cv::countNonZero(place.ring) > 0) {
    values.over_ring = values.mean - cv::mean(window, place.ring)[0];
  }
  return values;
}

Values values_of(const cv::Mat1f& map, const Neighbourhood& place) { return values_in(map(place.window), place); }

}  // namespace

EvidenceSigns evidence_signs_of(const EvidenceRegion& region, const RegionView& view, const Evidence& evidence) {
  const Neighbourhood place = around(region, evidence.strength.size());
  const cv::Rect box = cv::boundingRect(region.cells);
  const auto cells = static_cast<double>(region.cells.size());
  EvidenceSigns signs;
  int next = 0;
  const auto add = [&](double value) { signs[next++] = value; };
  const Values strength = values_of(evidence.strength, place);
  add(strength.mean);
  add(strength.over_ring);
  add(std::log(cells));
  add(cells / box.area());
  add(std::log(double(std::max(box.width, box.height)) / std::min(box.width, box.height)));
  const Values difference = values_of(evidence.difference, place);
  add(difference.mean);
  add(difference.over_ring);
  for (const cv::Mat1f& map : {evidence.close, evidence.around}) {
    const Values surroundings = values_of(map, place);
    add(surroundings.mean);
    add(surroundings.peak);
  }
  add(evidence.usual_most);
  for (const OneWayEvidence* way : {&evidence.sample, &evidence.reference}) {
    for (const cv::Mat1f& map : {way->structure, way->colour, way->coarse_structure, way->coarse_colour}) {
      add(values_of(map, place).mean);
    }
    for (const cv::Mat1f& map : {way->height, way->height_gain}) {
      const Values height = values_of(map, place);
      add(height.mean);
      add(height.over_ring);
    }
    add(values_in(cv::Mat1f(cv::min(way->hidden(place.window), kTallEnough)), place).mean);
    add(values_of(way->whitest, place).mean);
  }
  add(view.layout_change ? 1 : 0);
  add(view.body.share);
  add(view.like_lettering ? 1 : 0);
  return signs;
}

}  // namespace boarddiff::compare
