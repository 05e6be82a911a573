// SPDX-License-Identifier: Apache-2.0
#include "compare/hit_rule.h"
#include "compare/report_json.h"
#include "datasets/evaluation/cluster_difference.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
using boarddiff::imaging::Box;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;

namespace {

constexpr int kWidth = 480;
constexpr int kHeight = 360;
const Box kPatch = {200, 150, 40, 30};

// A patch of one colour.
cv::Mat3b with_patch(const cv::Mat3b& picture, const cv::Scalar& colour) {
  cv::Mat3b changed = picture.clone();
  cv::rectangle(changed, {200, 150, 40, 30}, colour, cv::FILLED);
  return changed;
}

cv::Mat3b moved(const cv::Mat3b& picture) {
  cv::Mat3b result;
  cv::warpPerspective(picture, result, cv::Matx33d(1, 0, 17, 0, 1, -9, 0, 0, 1), picture.size(), cv::INTER_LINEAR,
                      cv::BORDER_REFLECT);
  return result;
}

}  // namespace

TEST_CASE("clusters of differences say nothing of a picture and itself", "[datasets][cluster_difference]") {
  const auto picture = board_image(textured_picture({kWidth, kHeight}, 1));
  const compare::InspectionReport report = datasets::cluster_difference(picture, picture);
  CHECK(report.outcome == compare::Outcome::nothing_found);
  CHECK(report.findings.empty());
}

TEST_CASE("clusters of differences mark a patch in sample pixels, on a moved and brighter picture",
          "[datasets][cluster_difference]") {
  const cv::Mat3b reference = textured_picture({kWidth, kHeight}, 1);
  const cv::Mat3b sample(moved(with_patch(reference, {250, 250, 250})) * 0.8 + cv::Scalar(20, 20, 20));
  const compare::InspectionReport report = datasets::cluster_difference(board_image(reference), board_image(sample));
  CHECK(report.outcome == compare::Outcome::needs_review);
  REQUIRE_FALSE(report.findings.empty());
  CHECK(compare::hits(report.findings[0].sample_box, Box{kPatch.x + 17, kPatch.y - 9, kPatch.width, kPatch.height}));
  CHECK(report.findings[0].score > 0.1);
  CHECK(report.findings[0].score <= 1);
  const Eigen::Matrix3d& map = report.registration.plane.sample_from_reference;
  CHECK(map(0, 2) == Approx(17).margin(0.5));  // px; features are good to less than one
  CHECK(map(1, 2) == Approx(-9).margin(0.5));
}

TEST_CASE("single pixels that differ are noise", "[datasets][cluster_difference]") {
  const cv::Mat3b reference = textured_picture({kWidth, kHeight}, 1);
  cv::Mat3b speckled = reference.clone();
  for (int y = 20; y < kHeight; y += 30) {
    for (int x = 20; x < kWidth; x += 30) {
      speckled(cv::Rect(x, y, 2, 2)).setTo(cv::Scalar(255, 0, 255));
    }
  }
  CHECK(datasets::cluster_difference(board_image(reference), board_image(speckled)).findings.empty());
}

TEST_CASE("clusters of differences are the same for any number of threads", "[datasets][cluster_difference]") {
  const cv::Mat3b reference = textured_picture({kWidth, kHeight}, 1);
  const auto of_reference = board_image(reference);
  const auto sample = board_image(moved(with_patch(reference, {20, 20, 240})));
  const int before = cv::getNumThreads();
  cv::setNumThreads(1);
  const std::string alone = compare::report_json(datasets::cluster_difference(of_reference, sample));
  cv::setNumThreads(std::max(before, 3));
  const std::string together = compare::report_json(datasets::cluster_difference(of_reference, sample));
  cv::setNumThreads(before);
  CHECK(alone == together);
}

TEST_CASE("grey pictures are compared without hue", "[datasets][cluster_difference]") {
  const cv::Mat3b reference = textured_picture({kWidth, kHeight}, 1);
  cv::Mat1b grey;
  cv::Mat1b changed;
  cv::cvtColor(reference, grey, cv::COLOR_BGR2GRAY);
  cv::cvtColor(with_patch(reference, {250, 250, 250}), changed, cv::COLOR_BGR2GRAY);
  const auto report = datasets::cluster_difference(board_image(grey), board_image(changed));
  REQUIRE_FALSE(report.findings.empty());
  CHECK(compare::hits(report.findings[0].sample_box, kPatch));
}

TEST_CASE("clusters of differences refuse only what has no features", "[datasets][cluster_difference]") {
  const auto picture = board_image(textured_picture({kWidth, kHeight}, 1));
  const auto plain = board_image(cv::Mat3b(kHeight, kWidth, cv::Vec3b(90, 90, 90)));
  CHECK(datasets::cluster_difference(picture, plain).outcome == compare::Outcome::not_comparable);
}
