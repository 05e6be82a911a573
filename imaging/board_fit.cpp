// SPDX-License-Identifier: Apache-2.0
#include "imaging/board_fit.h"

#include "imaging/flat_layers.h"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <utility>

namespace boarddiff::imaging {

namespace {

constexpr int kFewAcross = 40;  // places along the longer side
constexpr int kManyAcross = 70;
constexpr int kNarrow = 8;
constexpr int kBelow = 5;           // px of the level: how far below the plane places are looked for
constexpr double kTolerance = 1.5;  // px of the level: of places found by whole patches, off the plane of a first fit

cv::Size full_size(const GreyPyramid& pyramid) { return pyramid.levels.front().size(); }

double longer_side(const cv::Size& size) { return std::max(size.width, size.height); }

std::vector<PlaceMatch> clear_ones(const std::vector<PlaceMatch>& matches) {
  std::vector<PlaceMatch> clear;
  std::copy_if(matches.begin(), matches.end(), std::back_inserter(clear), is_clear);
  return clear;
}

// Sample pixels that a pixel of the level spans, in the middle of the searches.
double unit_of(const std::vector<PlaceSearch>& searches, double level_px) {
  if (searches.empty()) {
    return level_px;
  }
  const Eigen::Matrix2d& step = searches[searches.size() / 2].step;
  return level_px * std::sqrt(std::abs(step.determinant()));
}

// The angle between the lines of sight of both pictures. Degrees.
double slant_of(const std::vector<PlaceSearch>& searches) {
  return searches.empty() ? 0 : tilt_deg_of(searches[searches.size() / 2].step);
}

double share_on_plane(const SettledPlane& plane) {
  double sum = 0;
  for (const double share : plane.on_plane) {
    sum += share;
  }
  return sum;
}

// What all rounds work with.
struct Scene {
  const GreyPyramid& reference;
  const GreyPyramid& sample;
  const ReferencePlaces& places;
  const FitStart& start;
};

Parallax parallax_of(const Scene& scene, const BoardFit& fit) {
  Parallax parallax = find_parallax(fit.matches, fit.plane.map, kTolerance * fit.unit_px, scene.start.seed);
  if (!scene.start.parts_on_both_sides) {
    parallax = with_upward(parallax, fit.plane.map, full_size(scene.reference), full_size(scene.sample));
  }
  return parallax;
}

// Those of the places that lie not far from one of the known points.
std::vector<Point> near_known(const std::vector<Point>& places, const std::vector<Point>& known, double far_px) {
  std::vector<Point> near;
  std::copy_if(places.begin(), places.end(), std::back_inserter(near), [&](const Point& place) {
    return std::any_of(known.begin(), known.end(),
                       [&](const Point& point) { return (point - place).squaredNorm() < far_px * far_px; });
  });
  return near;
}

std::vector<Point> points_on_plane(const BoardFit& fit) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < fit.matches.size(); ++i) {
    if (fit.plane.on_plane[i] > 0.5) {
      points.push_back(fit.matches[i].reference);
    }
  }
  return points;
}

SettledPlane settled(const Scene& scene, const std::vector<PlaceMatch>& matches, const PlaneMap& start,
                     const Parallax& parallax, double start_px) {
  return settle_plane(matches, start, parallax, full_size(scene.reference), full_size(scene.sample),
                      {.start_px = start_px, .prior = scene.start.prior});
}

// Looks for places around the plane, and settles on the lowest layer that they show.
void look_around(const Scene& scene, BoardFit& fit, const std::vector<Point>& places, int reach_px) {
  const auto searches = searches_for(places, fit.plane.map);
  fit.matches = clear_ones(match_places(scene.reference, scene.sample, searches,
                                        {.level = scene.places.level, .half_patch = 8, .reach_px = reach_px}));
  const double tolerance_px = kTolerance * fit.unit_px;
  fit.parallax = parallax_of(scene, fit);
  const PlaneMap lowest = on_lowest_layer(fit.matches, fit.plane.map, fit.parallax, tolerance_px, scene.start.seed);
  fit.plane = settled(scene, fit.matches, lowest, fit.parallax, 2 * tolerance_px);
}

// Looks for all places where they may be: along the parallax, or around the plane while that is not known.
void look_along(const Scene& scene, BoardFit& fit, int reach_px) {
  const auto searches = searches_for(scene.places.many, fit.plane.map);
  SearchWindow window{.level = scene.places.level, .half_patch = 8, .reach_px = kNarrow};
  std::vector<Point> directions;
  if (fit.parallax.known) {
    window.strip = true;
    window.reach_px = 3;
    window.from_px = fit.parallax.upward_known ? -kBelow : -reach_px;
    window.to_px = reach_px;
    for (const PlaceSearch& search : searches) {
      directions.push_back(direction_at(fit.parallax, search.sample));
    }
  }
  fit.tried = match_places(scene.reference, scene.sample, searches, window, directions);
  fit.matches = clear_ones(fit.tried);
  if (!fit.parallax.known) {
    fit.parallax = parallax_of(scene, fit);
  }
  fit.plane = settled(scene, fit.matches, fit.plane.map, fit.parallax, kTolerance * fit.unit_px);
}

// Measures the places again at full size, each where it was found.
void look_closely(const Scene& scene, BoardFit& fit) {
  constexpr double kFinestSide = 3000;  // px: beyond it telephones' lenses add no detail
  const int finest = level_for(scene.reference, longer_side(full_size(scene.reference)) / kFinestSide);
  if (finest >= scene.places.level) {
    return;
  }
  std::vector<PlaceSearch> searches;
  for (const PlaceMatch& match : fit.matches) {
    searches.push_back({match.reference, match.sample, sample_step(fit.plane.map, match.reference)});
  }
  // A place that blurs at full size keeps what was measured before.
  const auto closer =
      match_places(scene.reference, scene.sample, searches, {.level = finest, .half_patch = 10, .reach_px = 3});
  for (std::size_t i = 0; i < closer.size(); ++i) {
    if (closer[i].found && closer[i].likeness > 0.6) {
      fit.matches[i] = closer[i];
    }
  }
  fit.plane = settled(scene, fit.matches, fit.plane.map, fit.parallax, kTolerance * fit.unit_px);
}

}  // namespace

bool is_clear(const PlaceMatch& match) {
  constexpr double kAlike = 0.6;
  constexpr double kAhead = 0.06;  // of the best position elsewhere; teeth of connectors are closer to each other
  return match.found && match.likeness > kAlike && match.likeness - match.runner_up > kAhead;
}

std::vector<PlaceSearch> searches_for(const std::vector<Point>& places, const PlaneMap& map) {
  std::vector<PlaceSearch> searches;
  searches.reserve(places.size());
  for (const Point& place : places) {
    const Point sample = to_sample(map, place);
    if (sample.allFinite()) {
      searches.push_back({place, sample, sample_step(map, place)});
    }
  }
  return searches;
}

ReferencePlaces places_of(const GreyPyramid& reference) {
  constexpr double kSide = 1000;  // px
  ReferencePlaces places{.level = level_for(reference, longer_side(full_size(reference)) / kSide)};
  const cv::Mat1b& picture = reference.levels[static_cast<std::size_t>(places.level)];
  const int longer = std::max(picture.cols, picture.rows);
  places.few = spread_places(reference, places.level, std::max(6, longer / kFewAcross), {});
  places.many = spread_places(reference, places.level, std::max(6, longer / kManyAcross), {});
  return places;
}

BoardFit fit_board(const GreyPyramid& reference, const ReferencePlaces& places, const GreyPyramid& sample,
                   const FitStart& start) {
  constexpr int kMostRounds = 6;
  constexpr double kGrowth = 1.1;     // of the places on the plane: a round that adds less was the last
  constexpr double kFlat = 5;         // degrees between the lines of sight: beyond, tall parts move far
  constexpr double kMostFound = 0.4;  // of the places: where fewer are clear, they may lie farther off
  constexpr double kNear =
      0.15;  // of the reference's longer side: how far a map is trusted beyond what it was fitted to
  const Scene scene{reference, sample, places, start};
  const cv::Mat1b& picture = reference.levels[static_cast<std::size_t>(places.level)];
  BoardFit fit{.plane = {.map = start.map}};
  std::vector<Point> known = start.known;
  fit.unit_px =
      unit_of(searches_for(known, start.map), reference.levels.front().cols / static_cast<double>(picture.cols));
  fit.scale = fit.unit_px * picture.cols / reference.levels.front().cols;
  int reach_px = slant_of(searches_for(known, start.map)) > kFlat ? kTallest_px : kNarrow;
  double before = 0;
  for (int round = 0; round < kMostRounds; ++round) {
    const std::vector<Point> near = near_known(places.few, known, kNear * longer_side(full_size(reference)));
    look_around(scene, fit, near, reach_px);
    if (reach_px < kTallest_px &&
        static_cast<double>(fit.matches.size()) < kMostFound * static_cast<double>(near.size())) {
      reach_px = kTallest_px;
      look_around(scene, fit, near, reach_px);
    }
    const double now = share_on_plane(fit.plane);
    known = points_on_plane(fit);
    if (now < kGrowth * before || known.empty()) {
      break;
    }
    before = now;
  }
  look_along(scene, fit, reach_px);
  look_closely(scene, fit);
  return fit;
}

}  // namespace boarddiff::imaging
