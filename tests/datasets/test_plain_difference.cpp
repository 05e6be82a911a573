// SPDX-License-Identifier: Apache-2.0
#include "compare/hit_rule.h"
#include "datasets/evaluation/plain_difference.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
using boarddiff::imaging::Box;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;

namespace {

constexpr int kWidth = 480;
constexpr int kHeight = 360;

cv::Mat3b turned(const cv::Mat3b& picture, const cv::Matx33d& homography) {
  cv::Mat3b result;
  cv::warpPerspective(picture, result, homography, picture.size(), cv::INTER_LINEAR, cv::BORDER_REFLECT);
  return result;
}

}  // namespace

TEST_CASE("the yardstick finds nothing between a picture and itself", "[datasets][plain_difference]") {
  const auto picture = board_image(textured_picture({kWidth, kHeight}, 1));
  const compare::InspectionReport report = datasets::plain_difference(picture, picture);
  CHECK(report.outcome == compare::Outcome::nothing_found);
  CHECK(report.findings.empty());
}

TEST_CASE("the yardstick marks a patch in sample pixels, on a moved and brighter picture",
          "[datasets][plain_difference]") {
  const cv::Mat3b reference = textured_picture({kWidth, kHeight}, 1);
  cv::Mat3b changed = reference.clone();
  cv::rectangle(changed, {200, 150, 40, 30}, cv::Scalar(255, 255, 255), cv::FILLED);
  cv::rectangle(changed, {205, 155, 30, 20}, cv::Scalar(0, 0, 0), cv::FILLED);
  const cv::Matx33d shift(1, 0, 17, 0, 1, -9, 0, 0, 1);
  const cv::Mat3b sample(turned(changed, shift) * 0.8 + cv::Scalar(20, 20, 20));
  const compare::InspectionReport report = datasets::plain_difference(board_image(reference), board_image(sample));
  CHECK(report.outcome == compare::Outcome::needs_review);
  REQUIRE_FALSE(report.findings.empty());
  CHECK(compare::hits(report.findings[0].sample_box, Box{217, 141, 40, 30}));
  CHECK(report.findings[0].score > 0.1);
  CHECK(report.findings[0].score <= 1);
  const Eigen::Matrix3d& map = report.registration.plane.sample_from_reference;
  CHECK(map(0, 2) == Approx(17).margin(0.5));  // px; features are good to less than one
  CHECK(map(1, 2) == Approx(-9).margin(0.5));
}

TEST_CASE("the yardstick refuses only what has no features", "[datasets][plain_difference]") {
  const auto picture = board_image(textured_picture({kWidth, kHeight}, 1));
  const auto plain = board_image(cv::Mat3b(kHeight, kWidth, cv::Vec3b(90, 90, 90)));
  CHECK(datasets::plain_difference(picture, plain).outcome == compare::Outcome::not_comparable);
}
