// SPDX-License-Identifier: Apache-2.0
#include "datasets/board_pair.h"

#include "datasets/render_xray.h"
#include "datasets/specimen.h"
#include "imaging/base/random.h"

#include <cmath>

namespace boarddiff::datasets {
namespace {

using imaging::Box;
using imaging::Point;
using imaging::Random;

// One number from easy to hard scales what differs between the two pictures.
double strength_of(Severity severity) {
  switch (severity) {
    case Severity::easy:
      return 0.25;
    case Severity::usual:
      return 1;
    case Severity::hard:
      return 1.8;
  }
  return 1;
}

// The board fills most of the picture.
PhotoSettings reference_settings(const BoardDesign& design, double megapixels, Random random) {
  PhotoSettings settings;
  const double aspect = design.width_mm / design.depth_mm;
  const double height = std::sqrt(megapixels * 1e6 / aspect);
  settings.camera.picture_px = {static_cast<int>(std::lround(height * aspect)), static_cast<int>(std::lround(height))};
  settings.camera.pixels_per_mm = 0.88 * height / design.depth_mm;
  settings.camera.distance_mm = random.uniform(3.2, 5) * design.width_mm;
  settings.camera.rotation_deg = random.uniform(-1.5, 1.5);
  settings.camera.tilt_deg = random.uniform(0, 1.5);
  settings.camera.tilt_direction_deg = random.uniform(0, 360);
  settings.camera.distortion = random.uniform(-0.015, 0.005);
  settings.camera.defocus_px = random.uniform(0.6, 0.85);
  settings.light.azimuth_deg = random.uniform(0, 360);
  settings.light.elevation_deg = random.uniform(45, 65);
  settings.light.softness_deg = random.uniform(4, 14);
  settings.light.exposure = random.uniform(1.05, 1.3);
  settings.desk = random.chance(0.7) ? Desk::light : Desk::dark;
  return settings;
}

PhotoSettings sample_settings(const PhotoSettings& reference, const BoardPairSettings& wanted,
                              const BoardDesign& design, Random random) {
  const double strength = strength_of(wanted.severity);
  PhotoSettings settings = reference;
  CameraSettings& camera = settings.camera;
  camera.rotation_deg += wanted.rotation_deg + strength * random.uniform(-6, 6);
  const double drawn_tilt_deg = strength * random.uniform(2, 8);
  camera.tilt_deg = wanted.tilt_deg.value_or(drawn_tilt_deg);
  camera.tilt_direction_deg = random.uniform(0, 360);
  camera.pixels_per_mm *= std::exp(strength * random.uniform(-0.12, 0.02));
  camera.distance_mm *= std::exp(strength * random.uniform(-0.15, 0.15));
  camera.distortion += strength * random.uniform(-0.006, 0.006);
  camera.defocus_px *= 1 + 0.3 * strength * random.uniform();
  camera.noise *= 1 + 0.6 * strength * random.uniform();
  camera.looks_at_mm = Point(design.width_mm / 2, design.depth_mm / 2) +
                       strength * Point(random.uniform(-1, 1), random.uniform(-1, 1)) * 0.02 * design.width_mm;
  if (wanted.part_view) {
    camera.pixels_per_mm *= 1.5;
    camera.looks_at_mm =
        Point(random.uniform(0.38, 0.62) * design.width_mm, random.uniform(0.38, 0.62) * design.depth_mm);
  }
  camera.pixels_per_mm *= wanted.scale;
  camera.picture_px = {static_cast<int>(std::lround(camera.picture_px.width * wanted.scale)),
                       static_cast<int>(std::lround(camera.picture_px.height * wanted.scale))};
  LightSettings& light = settings.light;
  light.azimuth_deg += strength * random.uniform(-70, 70);
  light.elevation_deg += strength * random.uniform(-9, 9);
  light.softness_deg *= std::exp(strength * random.uniform(-0.7, 0.5));
  light.strength *= std::exp(strength * random.uniform(-0.15, 0.2));
  light.ambient *= std::exp(strength * random.uniform(-0.3, 0.3));
  light.temperature_k *= std::exp(strength * random.uniform(-0.15, 0.15));
  light.exposure *= std::exp(strength * random.uniform(-0.2, 0.15));
  if (random.chance(0.3 * strength)) settings.desk = random.chance(0.5) ? Desk::wood : Desk::cluttered;
  return settings;
}

Box box_of(const Place& place, const Camera& camera) {
  std::vector<Point> corners;
  for (const Point& corner : place.outline_mm) {
    corners.push_back(camera.pixel_of(corner, 0));
    corners.push_back(camera.pixel_of(corner, place.top_mm));
  }
  return imaging::bounding_box(corners);
}

Box picture_of(const cv::Size& size) {
  return {-0.5, -0.5, static_cast<double>(size.width), static_cast<double>(size.height)};
}

bool holds(const Box& box, const Point& point) {
  return point.x() >= box.x && point.y() >= box.y && point.x() <= box.x + box.width && point.y() <= box.y + box.height;
}

std::vector<TrueChange> true_changes(const std::vector<PlantedChange>& planted, const RenderedPicture& reference,
                                     const RenderedPicture& sample) {
  std::vector<TrueChange> changes;
  for (const PlantedChange& change : planted) {
    TrueChange seen{
        change.id, change.kind,   box_of(change.place, sample.camera), box_of(change.place, reference.camera),
        {},        change.size_mm};
    for (const Place& place : change.also) {
      seen.also_in_sample.push_back(box_of(place, sample.camera));
    }
    if (holds(picture_of(sample.pixels.size()), seen.sample_box.centre())) changes.push_back(seen);
  }
  return changes;
}

std::vector<PointPair> plane_points(const BoardDesign& design, const RenderedPicture& reference,
                                    const RenderedPicture& sample) {
  std::vector<PointPair> points;
  for (int y = 0; y <= 6; ++y) {
    for (int x = 0; x <= 8; ++x) {
      const Point board(design.width_mm * (0.04 + 0.92 * x / 8), design.depth_mm * (0.04 + 0.92 * y / 6));
      const PointPair pair{reference.camera.pixel_of(board, 0), sample.camera.pixel_of(board, 0)};
      if (holds(picture_of(reference.pixels.size()), pair.in_reference) &&
          holds(picture_of(sample.pixels.size()), pair.in_sample)) {
        points.push_back(pair);
      }
    }
  }
  return points;
}

imaging::BoardImage board_image(const cv::Mat& pixels, const std::string& name, double pixels_per_mm) {
  imaging::BoardImage image;
  image.pixels = pixels;
  image.source.name = name;
  image.source.format = "png";
  image.source.bits_per_channel = pixels.depth() == CV_16U ? 16 : 8;
  image.pixels_per_mm = pixels_per_mm;
  return image;
}

// An X-ray takes its view, blur and noise from the photograph's settings; its source stands upright enough for the
// same tilts, and a flat detector does not distort.
RenderedPicture render(const BoardDesign& design, const PhotoSettings& settings, imaging::Modality modality,
                       std::uint64_t seed) {
  if (modality == imaging::Modality::photo) return render_photo(design, settings, seed);
  XraySettings xray;
  xray.camera = settings.camera;
  xray.camera.distortion = 0;
  xray.brightness = std::min(0.95, 0.7 * settings.light.exposure);
  return render_xray(design, xray, seed);
}

BoardDesign sample_design(const BoardDesign& design, const BoardPairSettings& settings, std::uint64_t seed) {
  switch (settings.sample_board) {
    case SampleBoard::other_design:
      return make_board_design(settings.style, imaging::mixed(seed, 1));
    case SampleBoard::other_side:
      return other_side(design, settings.style, imaging::mixed(seed, 2));
    case SampleBoard::same_unit:
    case SampleBoard::other_unit:
      return design;
  }
  return design;
}

}  // namespace

BoardPair make_board_pair(const BoardPairSettings& settings, std::uint64_t seed) {
  const Random random = Random(seed).stream("board pair");
  const BoardDesign design = make_board_design(settings.style, seed);
  const BoardDesign reference_unit = another_specimen(design, imaging::mixed(seed, 3));
  ChangedBoard changed =
      plant_changes(sample_design(design, settings, seed), settings.changes, imaging::mixed(seed, 4));
  const std::uint64_t unit = settings.sample_board == SampleBoard::same_unit ? 3 : 5;
  const BoardDesign sample_unit = another_specimen(changed.design, imaging::mixed(seed, unit));

  const PhotoSettings reference_photo = reference_settings(design, settings.megapixels, random.stream("reference"));
  const PhotoSettings sample_photo = sample_settings(reference_photo, settings, design, random.stream("sample"));
  const RenderedPicture reference = render(reference_unit, reference_photo, settings.modality, imaging::mixed(seed, 6));
  const RenderedPicture sample = render(sample_unit, sample_photo, settings.modality, imaging::mixed(seed, 7));

  BoardPair pair;
  pair.reference = board_image(reference.pixels, "reference.png", reference_photo.camera.pixels_per_mm);
  pair.sample = board_image(sample.pixels, "sample.png", sample_photo.camera.pixels_per_mm);
  pair.modality = settings.modality;
  pair.same_board = settings.sample_board == SampleBoard::same_unit || settings.sample_board == SampleBoard::other_unit;
  if (!pair.same_board) return pair;
  pair.changes = true_changes(changed.changes, reference, sample);
  pair.points = plane_points(design, reference, sample);
  return pair;
}

}  // namespace boarddiff::datasets
