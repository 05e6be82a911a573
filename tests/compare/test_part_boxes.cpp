// SPDX-License-Identifier: Apache-2.0
#include "compare/part_boxes.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <vector>

using boarddiff::compare::ComponentKind;
using boarddiff::compare::kComponentKinds;
using boarddiff::compare::part_boxes;
using boarddiff::compare::PartMaps;
using boarddiff::compare::SeenPart;

namespace {

// All board, and every part on it a passive with even odds against the rest.
PartMaps bare_maps() {
  PartMaps maps{.body = cv::Mat1f(80, 120, 0.1F), .kinds = cv::Mat(40, 60, CV_32FC(8), cv::Scalar(0))};
  for (int y = 0; y < maps.kinds.rows; ++y) {
    for (int x = 0; x < maps.kinds.cols; ++x) {
      float* shares = maps.kinds.ptr<float>(y, x);
      shares[static_cast<int>(ComponentKind::passive)] = 0.6F;
      shares[static_cast<int>(ComponentKind::ic)] = 0.4F;
    }
  }
  return maps;
}

}  // namespace

TEST_CASE("each inside of a part becomes a rectangle with the rim around it", "[compare][part_boxes]") {
  PartMaps maps = bare_maps();
  maps.body(cv::Rect(10, 20, 30, 12)) = 0.9F;
  maps.body(cv::Rect(60, 40, 4, 10)) = 0.8F;
  const std::vector<SeenPart> parts = part_boxes(maps);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].centre.x() == Approx(24.5));
  CHECK(parts[0].centre.y() == Approx(25.5));
  CHECK(parts[0].size.x() == Approx(32));
  CHECK(parts[0].size.y() == Approx(14));
  CHECK(parts[0].angle_deg == Approx(0).margin(0.01));
  CHECK(parts[0].confidence == Approx(0.9));
  CHECK(parts[0].kind == ComponentKind::passive);
  CHECK(parts[0].kind_confidence == Approx(0.6));
  CHECK(parts[1].size.x() == Approx(12));
  CHECK(parts[1].size.y() == Approx(6));
  CHECK(parts[1].angle_deg == Approx(90).margin(0.01));
}

TEST_CASE("parts that touch nowhere but at their rims stay apart", "[compare][part_boxes]") {
  PartMaps maps = bare_maps();
  maps.body(cv::Rect(10, 20, 8, 4)) = 0.9F;
  maps.body(cv::Rect(10, 25, 8, 4)) = 0.9F;
  CHECK(part_boxes(maps).size() == 2);
}

TEST_CASE("a turned part keeps its sides", "[compare][part_boxes]") {
  PartMaps maps = bare_maps();
  cv::Point2f corners[4];
  cv::RotatedRect({50, 40}, {40, 20}, 30).points(corners);
  const std::vector<cv::Point> polygon(corners, corners + 4);
  cv::fillConvexPoly(maps.body, polygon, cv::Scalar(0.9));
  const std::vector<SeenPart> parts = part_boxes(maps);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].angle_deg == Approx(30).margin(2));
  CHECK(parts[0].size.x() == Approx(43).margin(2));
  CHECK(parts[0].size.y() == Approx(23).margin(2));
}

TEST_CASE("specks and branched areas are no parts", "[compare][part_boxes]") {
  PartMaps maps = bare_maps();
  maps.body(cv::Rect(10, 10, 2, 2)) = 0.9F;
  maps.body(cv::Rect(40, 10, 50, 2)) = 0.9F;
  maps.body(cv::Rect(40, 10, 2, 50)) = 0.9F;
  CHECK(part_boxes(maps).empty());
}
