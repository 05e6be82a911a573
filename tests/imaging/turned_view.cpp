// SPDX-License-Identifier: Apache-2.0
#include "tests/imaging/turned_view.h"

#include "tests/support/textured_picture.h"

#include <opencv2/imgproc.hpp>

#include <cmath>
#include <numbers>

namespace boarddiff::test {

TurnedView view_of(double angle_deg, std::uint64_t seed) {
  const cv::Mat3b picture = textured_picture({480, 360}, seed);
  const double angle = angle_deg * std::numbers::pi / 180;
  Eigen::Matrix3d to_middle = Eigen::Matrix3d::Identity();
  to_middle.col(2) << -240, -180, 1;
  Eigen::Matrix3d turn;
  turn << std::cos(angle), -std::sin(angle), 300, std::sin(angle), std::cos(angle), 300, 1e-4, 5e-5, 1;
  TurnedView view;
  view.sample_from_reference = turn * to_middle;
  cv::Mat1d matrix(3, 3);
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      matrix(row, column) = view.sample_from_reference(row, column);
    }
  }
  cv::Mat turned;
  cv::warpPerspective(picture, turned, matrix, cv::Size(600, 600), cv::INTER_CUBIC, cv::BORDER_CONSTANT,
                      cv::Scalar::all(200));
  view.reference = board_image(picture);
  view.sample = board_image(turned);
  return view;
}

}  // namespace boarddiff::test
