// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/circumstances.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace boarddiff::datasets {
namespace {

using imaging::Point;
using imaging::Random;

constexpr double kBoardInPicture = 0.88;  // of a reference's sides

// Between which bounds something is drawn.
struct Range {
  double least = 0;
  double most = 0;
  [[nodiscard]] double drawn(Random& random) const { return random.uniform(least, most); }
};

// What differs between two pictures. Logarithms are natural, of a factor.
struct Spread {
  Range turn_deg = {};
  Range tilt_deg = {};
  Range log_zoom = {};
  Range log_distance = {};
  Range off_middle = {};  // share of the board's width
  Range distortion = {};
  Range blur = {};   // by which share more
  Range noise = {};  // by which share more
  Range lamp_azimuth_deg = {};
  Range lamp_elevation_deg = {};
  Range log_softness = {};
  Range log_lamp = {};
  Range log_ambient = {};
  Range log_temperature = {};
  Range log_exposure = {};
  Range jpeg_quality = {};
  double other_desk = 0;  // probability
  Range shake_px = {};
  bool other_room = true;  // glossy things mirror something else
  bool other_camera = false;
};

Spread spread_of(Severity severity) {
  switch (severity) {
    case Severity::easy:
      return {{-1.5, 1.5},     {0.3, 2},      {-0.03, 0.01}, {-0.03, 0.03}, {-0.005, 0.005},
              {-0.001, 0.001}, {0, 0.08},     {0, 0.15},     {-15, 15},     {-2, 2},
              {-0.15, 0.15},   {-0.04, 0.05}, {-0.07, 0.07}, {-0.03, 0.03}, {-0.05, 0.04},
              {89, 94},        0.05,          {0, 0.3},      false,         false};
    case Severity::usual:
      return {{-8, 8},         {1, 6},        {-0.12, 0.02}, {-0.12, 0.12}, {-0.02, 0.02},
              {-0.004, 0.004}, {0, 0.25},     {0, 0.5},      {-40, 40},     {-7, 7},
              {-0.5, 0.4},     {-0.12, 0.15}, {-0.2, 0.2},   {-0.1, 0.1},   {-0.15, 0.12},
              {83, 92},        0.3,           {0, 0.7},      false,         false};
    case Severity::hard:
      return {{-12, 12},     {6, 15},      {-0.2, 0.02}, {-0.25, 0.25}, {-0.035, 0.035},
              {-0.01, 0.01}, {0.2, 0.9},   {0.3, 1.4},   {-180, 180},   {-16, 9},
              {-1.6, -0.2},  {-0.1, 0.35}, {-0.5, 0.3},  {-0.3, 0.3},   {-0.35, 0.25},
              {80, 87},      0.6,          {0.3, 2.2},   true,          true};
  }
  return {};
}

// What a camera adds of its own: lenses that bend and spread colours, and the sharpening that telephones do.
void draw_camera(CameraSettings& camera, Random random) {
  const double width = camera.picture_px.width / 3000.0;
  camera.distortion = random.uniform(-0.015, 0.005);
  camera.distortion_4 = random.uniform(-0.003, 0.003);
  camera.colour_fringe_px = width * random.uniform(0, 0.9);
  camera.corner_blur_px = random.chance(0.5) ? random.uniform(0.1, 0.5) : 0;
  camera.sharpening = random.chance(0.6) ? random.uniform(0.2, 0.7) : 0;
  camera.vignetting = random.uniform(0.08, 0.3);
}

CameraSettings sample_camera(CameraSettings camera, const SampleView& view, const BoardDesign& design, Random& random) {
  const Spread spread = spread_of(view.severity);
  camera.rotation_deg += view.rotation_deg + spread.turn_deg.drawn(random);
  const double drawn_tilt_deg = spread.tilt_deg.drawn(random);
  camera.tilt_deg = view.tilt_deg.value_or(drawn_tilt_deg);
  camera.tilt_direction_deg = random.uniform(0, 360);
  camera.pixels_per_mm *= std::exp(spread.log_zoom.drawn(random));
  camera.distance_mm *= std::exp(spread.log_distance.drawn(random));
  if (spread.other_camera) draw_camera(camera, random.stream("camera"));
  camera.distortion += spread.distortion.drawn(random);
  camera.motion_px = spread.shake_px.drawn(random);
  camera.motion_deg = random.uniform(0, 180);
  camera.defocus_px *= 1 + spread.blur.drawn(random);
  camera.noise *= 1 + spread.noise.drawn(random);
  const double right = spread.off_middle.drawn(random);
  const double down = spread.off_middle.drawn(random);
  camera.looks_at_mm = Point(design.width_mm / 2, design.depth_mm / 2) + design.width_mm * Point(right, down);
  if (view.part_view) {
    camera.pixels_per_mm *= 1.5;
    const double share_right = random.uniform(0.38, 0.62);
    const double share_down = random.uniform(0.38, 0.62);
    camera.looks_at_mm = Point(share_right * design.width_mm, share_down * design.depth_mm);
  }
  camera.pixels_per_mm *= view.scale;
  camera.picture_px = {static_cast<int>(std::lround(camera.picture_px.width * view.scale)),
                       static_cast<int>(std::lround(camera.picture_px.height * view.scale))};
  return camera;
}

LightSettings sample_light(LightSettings light, Severity severity, Random& random) {
  const Spread spread = spread_of(severity);
  light.azimuth_deg += spread.lamp_azimuth_deg.drawn(random);
  light.elevation_deg += spread.lamp_elevation_deg.drawn(random);
  light.softness_deg *= std::exp(spread.log_softness.drawn(random));
  light.strength *= std::exp(spread.log_lamp.drawn(random));
  light.ambient *= std::exp(spread.log_ambient.drawn(random));
  light.temperature_k *= std::exp(spread.log_temperature.drawn(random));
  light.exposure *= std::exp(spread.log_exposure.drawn(random));
  if (spread.other_room) light.room = random.bits();
  return light;
}

// Another tube, or the same with another voltage and current, and a detector that has aged.
struct TubeSpread {
  Range log_hardness = {};
  Range log_exposure = {};
  Range scatter = {};
  Range shading = {};
  Range heel = {};
  Range focal_spot_mm = {};
  double faulty_pixels = 0;
  int most_dead_lines = 0;
};

TubeSpread tube_spread_of(Severity severity) {
  switch (severity) {
    case Severity::easy:
      return {{-0.02, 0.02}, {-0.1, 0.1}, {0.11, 0.13}, {0.07, 0.09}, {0.07, 0.09}, {0.4, 0.4}, 0, 0};
    case Severity::usual:
      return {{-0.08, 0.08}, {-0.4, 0.4}, {0.08, 0.16}, {0.05, 0.12}, {0.05, 0.12}, {0.35, 0.45}, 1e-5, 0};
    case Severity::hard:
      return {{-0.2, 0.2}, {-0.7, 0.3}, {0.05, 0.22}, {0.04, 0.18}, {0.03, 0.15}, {0.3, 0.6}, 5e-5, 3};
  }
  return {};
}

XraySettings drawn_tube(Severity severity, Random random) {
  const TubeSpread spread = tube_spread_of(severity);
  XraySettings xray;
  xray.hardness = std::exp(spread.log_hardness.drawn(random));
  xray.exposure = std::exp(spread.log_exposure.drawn(random));
  xray.scatter = spread.scatter.drawn(random);
  xray.shading = spread.shading.drawn(random);
  xray.heel = spread.heel.drawn(random);
  xray.focal_spot_mm = spread.focal_spot_mm.drawn(random);
  xray.faulty_pixels = spread.faulty_pixels;
  xray.dead_lines = random.integer(0, spread.most_dead_lines);
  return xray;
}

// Where a board that is turned by quarters lies when the box around it has its upper left corner there.
BoardBeside beside_at(std::shared_ptr<const BoardDesign> board, const Point& upper_left_mm, int quarters) {
  const double width = board->width_mm;
  const double depth = board->depth_mm;
  const std::array<Point, 4> corners = {{{0, 0}, {depth, 0}, {width, depth}, {0, width}}};
  return {std::move(board), upper_left_mm + corners.at(static_cast<std::size_t>(quarters)), 90.0 * quarters};
}

}  // namespace

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::easy:
      return "easy";
    case Severity::usual:
      return "usual";
    case Severity::hard:
      return "hard";
  }
  return "usual";
}

double megapixels_at(const BoardDesign& design, double pixels_per_mm) {
  const double stretch = pixels_per_mm / kBoardInPicture;
  return stretch * stretch * design.width_mm * design.depth_mm / 1e6;
}

Circumstances reference_settings(const BoardDesign& design, double megapixels, Random random) {
  Circumstances circumstances;
  PhotoSettings& settings = circumstances.photo;
  const double aspect = design.width_mm / design.depth_mm;
  const double height = std::sqrt(megapixels * 1e6 / aspect);
  settings.camera.picture_px = {static_cast<int>(std::lround(height * aspect)), static_cast<int>(std::lround(height))};
  settings.camera.pixels_per_mm = kBoardInPicture * height / design.depth_mm;
  settings.camera.distance_mm = random.uniform(3.2, 5) * design.width_mm;
  settings.camera.rotation_deg = random.uniform(-1.5, 1.5);
  settings.camera.tilt_deg = random.uniform(0, 1.5);
  settings.camera.tilt_direction_deg = random.uniform(0, 360);
  draw_camera(settings.camera, random.stream("camera"));
  settings.camera.defocus_px = random.uniform(0.6, 0.85);
  settings.light.azimuth_deg = random.uniform(0, 360);
  settings.light.elevation_deg = random.uniform(45, 65);
  settings.light.softness_deg = random.uniform(4, 14);
  settings.light.exposure = random.uniform(0.9, 1.2);
  settings.light.room = random.bits();
  settings.desk = random.chance(0.7) ? Desk::light : Desk::dark;
  circumstances.jpeg_quality = random.integer(94, 96);
  return circumstances;
}

XraySettings xray_settings(const Circumstances& circumstances) {
  XraySettings xray = circumstances.xray;
  xray.camera = circumstances.photo.camera;
  xray.camera.distortion = xray.camera.distortion_4 = 0;
  xray.brightness = std::min(0.95, 0.7 * circumstances.photo.light.exposure);
  return xray;
}

Circumstances sample_settings(const Circumstances& reference, const SampleView& view, const BoardDesign& design,
                              Random random) {
  const Spread spread = spread_of(view.severity);
  Circumstances circumstances = reference;
  circumstances.photo.camera = sample_camera(reference.photo.camera, view, design, random);
  circumstances.photo.light = sample_light(reference.photo.light, view.severity, random);
  circumstances.xray = drawn_tube(view.severity, random.stream("tube"));
  if (random.chance(spread.other_desk)) circumstances.photo.desk = random.chance(0.5) ? Desk::wood : Desk::cluttered;
  circumstances.jpeg_quality = static_cast<int>(std::lround(spread.jpeg_quality.drawn(random)));
  return circumstances;
}

Circumstances among_others(const Circumstances& circumstances, double share, const BoardDesign& design,
                           const std::vector<std::shared_ptr<const BoardDesign>>& others, Random random) {
  Circumstances crowded = circumstances;
  CameraSettings& camera = crowded.photo.camera;
  const double wide = std::hypot(design.width_mm, design.depth_mm);
  camera.pixels_per_mm = share * std::min(camera.picture_px.width, camera.picture_px.height) / wide;
  camera.rotation_deg = random.uniform(0, 360);
  camera.looks_at_mm = Point(design.width_mm / 2, design.depth_mm / 2) +
                       0.1 * wide * Point(random.uniform(-1, 1), random.uniform(-1, 1));
  crowded.photo.desk = Desk::cluttered;
  const int first = random.integer(0, 3);
  for (std::size_t i = 0; i < others.size() && i < 2; ++i) {
    const int quarters = random.integer(0, 3);
    const bool upright = quarters % 2 == 1;
    const double width = upright ? others[i]->depth_mm : others[i]->width_mm;
    const double depth = upright ? others[i]->width_mm : others[i]->depth_mm;
    const double gap = random.uniform(3, 12);
    const double along = random.uniform(-0.2, 0.2) * wide;
    const std::array<Point, 4> places = {
        {{design.width_mm + gap, along}, {along, design.depth_mm + gap}, {-gap - width, along}, {along, -gap - depth}}};
    const auto side = (static_cast<std::size_t>(first) + 2 * i) % 4;
    crowded.photo.beside.push_back(beside_at(others[i], places.at(side), quarters));
  }
  return crowded;
}

}  // namespace boarddiff::datasets
