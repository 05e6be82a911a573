// SPDX-License-Identifier: Apache-2.0
#include "imaging/plane_map.h"

#include "imaging/base/error.h"

#include <Eigen/LU>
#include <Eigen/SVD>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace boarddiff::imaging {

namespace {

// Points outside every picture, for what the plane's horizon sends to infinity; remap needs finite numbers.
constexpr float kNowhere = -1e6F;

// Below this ratio bilinear interpolation does not alias visibly, and a copy of the sample is saved.
constexpr double kLeastShrinking = 1.2;

Point reference_point(int x, int y, double scale) { return {(x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5}; }

// Sample pixels that one result pixel spans in the middle of the result.
double sample_pixels_per_result_pixel(const PlaneMap& map, const cv::Size& size_in_result, double scale) {
  const int x = size_in_result.width / 2;
  const int y = size_in_result.height / 2;
  const Point middle = to_sample(map, reference_point(x, y, scale));
  const Point right = to_sample(map, reference_point(x + 1, y, scale));
  const Point below = to_sample(map, reference_point(x, y + 1, scale));
  const Point along_x = right - middle;
  const Point along_y = below - middle;
  return std::sqrt(std::abs(along_x.x() * along_y.y() - along_x.y() * along_y.x()));
}

// For every result pixel the position it shows in a sample shrunk by `sample_scale` (x and y).
cv::Mat2f sample_positions(const PlaneMap& map, const cv::Size& size_in_result, double scale,
                           const Point& sample_scale) {
  cv::Mat2f positions(size_in_result);
  cv::parallel_for_(cv::Range(0, positions.rows), [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < positions.cols; ++x) {
        const Point at = (to_sample(map, reference_point(x, y, scale)).array() + 0.5) * sample_scale.array() - 0.5;
        const bool sane = at.allFinite() && at.cwiseAbs().maxCoeff() < 1e6;
        positions(y, x) =
            sane ? cv::Vec2f(static_cast<float>(at.x()), static_cast<float>(at.y())) : cv::Vec2f(kNowhere, kNowhere);
      }
    }
  });
  return positions;
}

}  // namespace

Eigen::Matrix<double, SmoothResidual::kTerms, 1> SmoothResidual::terms(const Point& scaled) {
  const double x = scaled.x();
  const double y = scaled.y();
  Eigen::Matrix<double, kTerms, 1> values;
  values << 1, x, y, x * x, x * y, y * y, x * x * x, x * x * y, x * y * y, y * y * y;
  return values;
}

Point SmoothResidual::at(const Point& point_in_reference) const {
  const Point scaled = (point_in_reference - origin_in_reference) / half_side_px;
  // Cubic terms run away outside the picture they were fitted in.
  return shift_px * terms(scaled.cwiseMax(-1.5).cwiseMin(1.5));
}

Point to_sample(const PlaneMap& map, const Point& point_in_reference) {
  const Eigen::Vector3d mapped = map.sample_from_reference * bent(map.reference_lens, point_in_reference).homogeneous();
  // Behind the camera: H is scaled so that the third coordinate is positive in the middle of the overlap.
  if (!(mapped.z() > 1e-9)) {
    return Point::Constant(std::numeric_limits<double>::quiet_NaN());
  }
  return bent(map.sample_lens, mapped.hnormalized()) + map.residual.at(point_in_reference);
}

Point to_reference(const PlaneMap& map, const Point& point_in_sample) {
  constexpr int kSteps = 30;
  constexpr double kEnough = 1e-7;  // px
  const Eigen::Matrix3d reference_from_sample = map.sample_from_reference.inverse();
  const auto without_residual = [&](const Point& sample) {
    return straightened(map.reference_lens, apply(reference_from_sample, straightened(map.sample_lens, sample)));
  };
  // The residual is a few pixels and changes slowly: a fixed point is reached in a handful of steps.
  Point reference = without_residual(point_in_sample);
  for (int step = 0; step < kSteps; ++step) {
    const Point next = without_residual(point_in_sample - map.residual.at(reference));
    const double change = (next - reference).norm();
    reference = next;
    if (!(change > kEnough)) {
      break;
    }
  }
  // A point that the plane's horizon separates from the picture comes back to another place, if at all.
  const bool returns = (to_sample(map, reference) - point_in_sample).norm() < 1e-3;
  return returns ? reference : Point::Constant(std::numeric_limits<double>::quiet_NaN());
}

Eigen::Matrix2d sample_step(const PlaneMap& map, const Point& point_in_reference) {
  constexpr double kStep = 0.5;  // px: the map is smooth, so that central differences are exact enough
  Eigen::Matrix2d jacobian;
  for (int axis = 0; axis < 2; ++axis) {
    Point step = Point::Zero();
    step[axis] = kStep;
    jacobian.col(axis) = (to_sample(map, point_in_reference + step) - to_sample(map, point_in_reference - step));
  }
  return jacobian;
}

double tilt_deg_of(const Eigen::Matrix2d& step) {
  const Eigen::JacobiSVD<Eigen::Matrix2d> svd(step);
  const double shortened = svd.singularValues()(1) / svd.singularValues()(0);
  return std::acos(std::clamp(shortened, 0.0, 1.0)) * 180 / std::numbers::pi;
}

PlaneMap flipped_sample(const PlaneMap& map, const cv::Size& sample_size) {
  PlaneMap result = map;
  Eigen::Matrix3d flip = Eigen::Matrix3d::Identity();
  flip(0, 0) = -1;
  flip(0, 2) = sample_size.width - 1;
  result.sample_from_reference = flip * map.sample_from_reference;
  result.sample_lens.centre_px.x() = sample_size.width - 1 - map.sample_lens.centre_px.x();
  result.residual.shift_px.row(0) *= -1;
  return result;
}

Box to_sample(const PlaneMap& map, const Box& box_in_reference) {
  Polygon outline = corners(box_in_reference);
  for (Point& corner : outline) {
    corner = to_sample(map, corner);
  }
  return bounding_box(outline);
}

cv::Mat warp_to_reference(const cv::Mat& sample, const PlaneMap& map, const cv::Size& size_in_result, double scale,
                          const cv::Scalar& outside) {
  require(scale > 0 && scale <= 1, "warp_to_reference: 0 < scale <= 1");
  require(!sample.empty() && !size_in_result.empty(), "warp_to_reference: pictures are not empty");
  const double span = sample_pixels_per_result_pixel(map, size_in_result, scale);
  constexpr double kLongestSide = 32766;  // that cv::remap can address
  const double needed = std::max(sample.cols, sample.rows) / kLongestSide;
  const double shrink = std::max(std::isfinite(span) && span > kLeastShrinking ? span : 1.0, needed);
  cv::Mat source = sample;
  if (shrink > 1) {
    const cv::Size shrunk(std::max(1, cvRound(sample.cols / shrink)), std::max(1, cvRound(sample.rows / shrink)));
    cv::resize(sample, source, shrunk, 0, 0, cv::INTER_AREA);
  }
  // What was really done: whole pixels round the size.
  const Point sample_scale(source.cols / static_cast<double>(sample.cols),
                           source.rows / static_cast<double>(sample.rows));
  cv::Mat result;
  cv::remap(source, result, sample_positions(map, size_in_result, scale, sample_scale), cv::noArray(), cv::INTER_LINEAR,
            cv::BORDER_CONSTANT, outside);
  return result;
}

cv::Mat1b seen_in_reference(const cv::Size& sample_size, const cv::Mat1b& usable, const PlaneMap& map,
                            const cv::Size& size_in_result, double scale) {
  const cv::Mat1b shown = usable.empty() ? cv::Mat1b(sample_size, uchar{255}) : usable;
  const cv::Mat1b warped = warp_to_reference(shown, map, size_in_result, scale);
  cv::Mat1b seen;
  cv::compare(warped, 254, seen, cv::CMP_GE);
  return seen;
}

}  // namespace boarddiff::imaging
