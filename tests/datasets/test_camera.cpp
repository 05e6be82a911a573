// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/camera.h"

#include <catch2/catch.hpp>

using boarddiff::datasets::Camera;
using boarddiff::datasets::CameraSettings;
using boarddiff::imaging::Point;

namespace {

CameraSettings tilted() {
  CameraSettings settings;
  settings.picture_px = {800, 600};
  settings.pixels_per_mm = 12;
  settings.rotation_deg = 33;
  settings.tilt_deg = 15;
  settings.tilt_direction_deg = 70;
  settings.distortion = -0.03;
  settings.distortion_4 = 0.012;
  return settings;
}

}  // namespace

TEST_CASE("the ray through the picture of a point meets the point at every height", "[datasets][camera]") {
  const Camera camera(tilted(), {30, 20});
  const double height_mm = GENERATE(-1.6, 0.0, 7.5);
  for (const Point& point : {Point(30, 20), Point(2, 5), Point(50, 38)}) {
    const Camera::Ray ray = camera.ray_through(camera.pixel_of(point, height_mm));
    CHECK((ray.start + ray.slope * height_mm - point).norm() < 1e-6);  // mm; inversion of the lens is iterative
  }
}

TEST_CASE("an upright camera shows the board at the wanted scale and not mirrored", "[datasets][camera]") {
  CameraSettings settings;
  settings.pixels_per_mm = 10;
  settings.distortion = 0;
  const Camera camera(settings, {30, 20});
  const Point middle = camera.pixel_of({30, 20}, 0);
  CHECK((camera.pixel_of({31, 20}, 0) - middle - Point(10, 0)).norm() < 1e-9);
  CHECK((camera.pixel_of({30, 21}, 0) - middle - Point(0, 10)).norm() < 1e-9);
}

TEST_CASE("what is tall leans away from the picture's middle", "[datasets][camera]") {
  CameraSettings settings;
  settings.distortion = 0;
  const Camera camera(settings, {30, 20});
  CHECK(camera.pixel_of({50, 20}, 8).x() > camera.pixel_of({50, 20}, 0).x() + 5);
  CHECK(camera.pixel_of({30, 20}, 8).x() == Approx(camera.pixel_of({30, 20}, 0).x()));
}

TEST_CASE("a mirrored camera exchanges left and right and nothing else", "[datasets][camera]") {
  CameraSettings settings = tilted();
  const Camera plain(settings, {30, 20});
  settings.mirrored = true;
  const Camera mirrored(settings, {30, 20});
  for (const Point& point : {Point(30, 20), Point(2, 5), Point(50, 38)}) {
    const Point expected = plain.pixel_of(point, 3);
    const Point at = mirrored.pixel_of(point, 3);
    CHECK(at.x() == Approx(799 - expected.x()));
    CHECK(at.y() == Approx(expected.y()));
    const Camera::Ray ray = mirrored.ray_through(at);
    CHECK((ray.start + 3 * ray.slope - point).norm() < 1e-5);
  }
}
