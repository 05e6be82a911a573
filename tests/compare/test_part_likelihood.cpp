// SPDX-License-Identifier: Apache-2.0
#include "compare/part_likelihood.h"

#include <catch2/catch.hpp>

#include <limits>

using boarddiff::compare::in_frame;
using boarddiff::compare::PartLikelihood;
using boarddiff::imaging::Point;
using boarddiff::imaging::Polygon;

namespace {

Polygon square(double left, double top, double side) {
  return {{left, top}, {left + side, top}, {left + side, top + side}, {left, top + side}};
}

// Surely a part in columns 10 to 19 of 40 x 30 pixels, and surely none elsewhere; two pixels of the frame are one.
PartLikelihood likelihood() {
  PartLikelihood result{.part = cv::Mat1f(30, 40, 0.0F)};
  result.part.colRange(10, 20) = 1;
  result.part_from_frame << 0.5, 0, 0, 0, 0.5, 0, 0, 0, 1;
  return result;
}

}  // namespace

TEST_CASE("the likelihood of a part is the mean within an outline", "[compare][part_likelihood]") {
  CHECK(likelihood().within(square(22, 10, 14)) == Approx(1));
  CHECK(likelihood().within(square(50, 10, 14)) == Approx(0));
  // Eleven columns from 15 to 25, of which five show the part.
  CHECK(likelihood().within(square(30, 10, 20)) == Approx(5.0 / 11).margin(0.01));
}

TEST_CASE("outlines reach over the edge, and beyond it nothing is known", "[compare][part_likelihood]") {
  CHECK(likelihood().within(square(20, -100, 18)) == Approx(0));
  CHECK(likelihood().within(square(22, -5, 14)) == Approx(1));
  CHECK(likelihood().within(square(1e12, 0, 1)) == Approx(0));
  CHECK(likelihood().within(square(std::numeric_limits<double>::quiet_NaN(), 0, 1)) == Approx(0));
  CHECK(likelihood().within({}) == Approx(0));
  CHECK(PartLikelihood().within(square(0, 0, 5)) == Approx(0));
}

TEST_CASE("the likelihood goes with its frame", "[compare][part_likelihood]") {
  Eigen::Matrix3d frame_from_mm;
  frame_from_mm << 10, 0, 5, 0, 10, 0, 0, 0, 1;
  CHECK(in_frame(likelihood(), frame_from_mm).within(square(1.7, 1, 1.4)) == Approx(1));
  CHECK(in_frame(likelihood(), frame_from_mm).within(square(4, 1, 1.4)) == Approx(0));
}
