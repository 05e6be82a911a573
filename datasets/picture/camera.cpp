// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/camera.h"

#include <cmath>
#include <numbers>

namespace boarddiff::datasets {

using imaging::Point;

namespace {
double radians(double degrees) { return degrees * std::numbers::pi / 180; }
}  // namespace

Camera::Camera(const CameraSettings& settings, const Point& board_middle_mm)
    : looks_at_(settings.looks_at_mm.value_or(board_middle_mm)),
      middle_px_((settings.picture_px.width - 1) / 2.0, (settings.picture_px.height - 1) / 2.0),
      focal_px_(settings.pixels_per_mm * settings.distance_mm),
      distance_(settings.distance_mm),
      distortion_(settings.distortion),
      distortion_4_(settings.distortion_4),
      half_diagonal_px_(middle_px_.norm()),
      mirrored_(settings.mirrored) {
  const Eigen::Vector3d axis(std::cos(radians(settings.tilt_direction_deg)),
                             std::sin(radians(settings.tilt_direction_deg)), 0);
  camera_from_board_ = (Eigen::AngleAxisd(radians(settings.tilt_deg), axis) *
                        Eigen::AngleAxisd(radians(settings.rotation_deg), Eigen::Vector3d::UnitZ()))
                           .toRotationMatrix();
}

Point Camera::pixel_of(const Point& board_mm, double height_mm) const {
  const Eigen::Vector3d from_axis(board_mm.x() - looks_at_.x(), board_mm.y() - looks_at_.y(), -height_mm);
  const Eigen::Vector3d seen = camera_from_board_ * from_axis + Eigen::Vector3d(0, 0, distance_);
  const Point ideal = focal_px_ * seen.head<2>() / seen.z();
  const double square = ideal.squaredNorm() / (half_diagonal_px_ * half_diagonal_px_);
  Point off = ideal * (1 + (distortion_ + distortion_4_ * square) * square);
  if (mirrored_) off.x() = -off.x();
  return middle_px_ + off;
}

Camera::Ray Camera::ray_through(const Point& pixel) const {
  Point off = pixel - middle_px_;
  if (mirrored_) off.x() = -off.x();
  const double distorted = off.norm() / half_diagonal_px_;
  double radius = distorted;
  // Newton on r (1 + k r^2 + l r^4) = distorted; four steps leave less than 1e-9 for |k|, |l| below 0.05.
  for (int i = 0; i < 4; ++i) {
    const double square = radius * radius;
    const double error = radius * (1 + (distortion_ + distortion_4_ * square) * square) - distorted;
    radius -= error / (1 + (3 * distortion_ + 5 * distortion_4_ * square) * square);
  }
  const Point ideal = distorted > 0 ? Point(off * (radius / distorted)) : off;
  const Eigen::Vector3d direction =
      camera_from_board_.transpose() * Eigen::Vector3d(ideal.x() / focal_px_, ideal.y() / focal_px_, 1);
  const Eigen::Vector3d eye = camera_from_board_.transpose() * Eigen::Vector3d(0, 0, -distance_);
  const Point slope = -direction.head<2>() / direction.z();
  return {looks_at_ + eye.head<2>() + slope * eye.z(), slope};
}

}  // namespace boarddiff::datasets
