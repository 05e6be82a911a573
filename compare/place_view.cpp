// SPDX-License-Identifier: Apache-2.0
#include "compare/place_view.h"

#include "compare/whole_pixels.h"

namespace boarddiff::compare {

namespace {

using imaging::PlaneMap;
using imaging::Point;

// The map between a part of the reference and a part of the sample, each counted from its own corner.
PlaneMap between_parts(const PlaneMap& map, const cv::Rect& of_reference, const cv::Rect& of_sample) {
  Eigen::Matrix3d reference_from_part = Eigen::Matrix3d::Identity();
  reference_from_part.col(2) << of_reference.x, of_reference.y, 1;
  Eigen::Matrix3d part_from_sample = Eigen::Matrix3d::Identity();
  part_from_sample.col(2) << -of_sample.x, -of_sample.y, 1;
  PlaneMap result = map;
  result.sample_from_reference = part_from_sample * map.sample_from_reference * reference_from_part;
  result.residual.origin_in_reference -= Point(of_reference.x, of_reference.y);
  result.reference_lens.centre_px -= Point(of_reference.x, of_reference.y);
  result.sample_lens.centre_px -= Point(of_sample.x, of_sample.y);
  return result;
}

}  // namespace

cv::Mat sample_view(const imaging::BoardImage& sample, const PlaneMap& map, const cv::Rect& place_in_reference,
                    const cv::Size& size, double scale) {
  constexpr double kBorder = 8;
  const imaging::Box outline =
      grown(to_sample(map, imaging::Box{double(place_in_reference.x), double(place_in_reference.y),
                                        double(place_in_reference.width), double(place_in_reference.height)}),
            kBorder);
  const cv::Rect part = whole_pixels(outline, sample.size());
  if (part.empty()) {
    return cv::Mat::zeros(size, sample.pixels.type());
  }
  return imaging::warp_to_reference(sample.pixels(part), between_parts(map, place_in_reference, part), size, scale);
}

}  // namespace boarddiff::compare
