// SPDX-License-Identifier: Apache-2.0
#include "compare/part_network.h"
#include "compare/picture_layout.h"
#include "imaging/base/error.h"
#include "imaging/base/random.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <vector>

using boarddiff::compare::find_part_maps;
using boarddiff::compare::find_parts;
using boarddiff::compare::PartMaps;

namespace {

// Green with some dark rectangles.
cv::Mat3b board(const cv::Size& size) {
  cv::Mat3b picture(size, cv::Vec3b(60, 110, 30));
  boarddiff::imaging::Random random(3);
  for (int i = 0; i < size.area() / 4000; ++i) {
    const cv::Rect part(random.integer(0, size.width), random.integer(0, size.height), random.integer(8, 60),
                        random.integer(8, 60));
    cv::rectangle(picture, part, cv::Scalar(45, 40, 40), cv::FILLED);
  }
  return picture;
}

}  // namespace

TEST_CASE("maps have the size of the picture, however odd it is", "[compare][part_network]") {
  const cv::Size size = GENERATE(cv::Size(1, 1), cv::Size(33, 1), cv::Size(65, 47), cv::Size(128, 96));
  CAPTURE(size.width, size.height);
  const PartMaps maps = find_part_maps(cv::Mat3b(size, cv::Vec3b(60, 110, 30)));
  CHECK(maps.body.size() == size);
  CHECK(maps.part.size() == size);
  CHECK(cv::countNonZero(maps.part + 1e-6F < maps.body) == 0);
  CHECK(maps.kinds.size() == cv::Size((size.width + 1) / 2, (size.height + 1) / 2));
  double least = 0;
  double most = 0;
  cv::minMaxLoc(maps.body, &least, &most);
  CHECK(least >= 0);
  CHECK(most <= 1);
  CHECK(cv::sum(maps.kinds.reshape(1))[0] == Approx(static_cast<double>(maps.kinds.total())).epsilon(1e-3));
}

TEST_CASE("the maps of tiles are those of the whole, away from its edges", "[compare][part_network][long]") {
  const cv::Mat3b wide = board({1700, 160});
  const PartMaps tiled = find_part_maps(wide);
  const PartMaps whole = find_part_maps(wide.colRange(0, 1600));
  const cv::Rect middle(200, 0, 1100, 160);
  CHECK(cv::norm(tiled.body(middle), whole.body(middle), cv::NORM_INF) < 0.05);
}

TEST_CASE("a photograph with too few pixels a millimetre is refused", "[compare][part_network]") {
  boarddiff::imaging::BoardImage photo{.pixels = cv::Mat(60, 80, CV_8UC3, cv::Scalar(60, 110, 30))};
  photo.source.name = "small.jpg";
  photo.pixels_per_mm = 3;
  CHECK_THROWS_WITH(find_parts(photo), Catch::Contains("small.jpg shows a millimetre with 3.0 pixels"));
  photo.pixels_per_mm = 5;
  CHECK(find_parts(photo).notes.size() == 1);
  photo.pixels_per_mm = 10;
  CHECK(find_parts(photo).notes.empty());
}
