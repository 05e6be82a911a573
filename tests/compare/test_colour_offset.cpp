// SPDX-License-Identifier: Apache-2.0
#include "compare/colour_offset.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <functional>

using boarddiff::compare::AppearanceGrid;
using boarddiff::compare::colour_without_light;
using boarddiff::compare::describe_appearance;
using boarddiff::test::textured_light;

namespace {

const cv::Size kSize(480, 360);
const cv::Size kCells(120, 90);

cv::Mat1b everywhere() { return {kCells, uchar{255}}; }

cv::Mat3f changed(const cv::Mat3f& picture, const std::function<cv::Vec3f(const cv::Vec3f&, int x)>& change) {
  cv::Mat3f result(picture.size());
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      result(y, x) = change(picture(y, x), x);
    }
  }
  return result;
}

// What is left of the difference of colours, mean over the cells.
double left_over(const AppearanceGrid& reference, const AppearanceGrid& sample) {
  const cv::Mat colour = colour_without_light(reference, sample, everywhere());
  return cv::norm(colour, reference.colour, cv::NORM_L1) / static_cast<double>(kCells.area());
}

double difference(const AppearanceGrid& reference, const AppearanceGrid& sample) {
  return cv::norm(sample.colour, reference.colour, cv::NORM_L1) / static_cast<double>(kCells.area());
}

}  // namespace

TEST_CASE("equal colours stay equal", "[compare][colour_offset]") {
  const AppearanceGrid grid = describe_appearance(textured_light(kSize, 1), 4);
  CHECK(left_over(grid, grid) < 0.005);  // the local median works in steps of a hundredth
}

TEST_CASE("another white balance is taken out", "[compare][colour_offset]") {
  const cv::Mat3f picture = textured_light(kSize, 1);
  const AppearanceGrid reference = describe_appearance(picture, 4);
  const AppearanceGrid sample = describe_appearance(changed(picture,
                                                            [](const cv::Vec3f& c, int) {
                                                              return c.mul({0.8F, 1.0F, 1.2F});
                                                            }),
                                                    4);
  CHECK(left_over(reference, sample) < 0.15 * difference(reference, sample));
}

TEST_CASE("another saturation is taken out", "[compare][colour_offset]") {
  const cv::Mat3f picture = textured_light(kSize, 2);
  const AppearanceGrid reference = describe_appearance(picture, 4);
  const AppearanceGrid sample = describe_appearance(changed(picture,
                                                            [](const cv::Vec3f& c, int) {
                                                              const float grey = (c[0] + c[1] + c[2]) / 3;
                                                              return c * 0.75F + cv::Vec3f(grey, grey, grey) * 0.25F;
                                                            }),
                                                    4);
  CHECK(left_over(reference, sample) < 0.5 * difference(reference, sample));
}

TEST_CASE("a shadow that the blue sky lights is taken out", "[compare][colour_offset]") {
  const cv::Mat3f picture = textured_light(kSize, 3);
  const AppearanceGrid reference = describe_appearance(picture, 4);
  const AppearanceGrid sample = describe_appearance(changed(picture,
                                                            [](const cv::Vec3f& c, int x) {
                                                              return x < 200 ? c.mul({0.6F, 0.5F, 0.4F}) : c;
                                                            }),
                                                    4);
  CHECK(left_over(reference, sample) < 0.5 * difference(reference, sample));
}

TEST_CASE("a part of another colour keeps its difference", "[compare][colour_offset]") {
  const cv::Mat3f picture = textured_light(kSize, 4);
  cv::Mat3f with_part = picture.clone();
  with_part(cv::Rect(200, 160, 48, 40)) = cv::Vec3f(0.1F, 0.2F, 0.7F);
  const AppearanceGrid reference = describe_appearance(picture, 4);
  const AppearanceGrid sample = describe_appearance(with_part, 4);
  const cv::Mat colour = colour_without_light(reference, sample, everywhere());
  const cv::Rect cells(52, 42, 8, 6);
  const double kept = cv::norm(colour(cells), reference.colour(cells), cv::NORM_L2);
  const double raw = cv::norm(sample.colour(cells), reference.colour(cells), cv::NORM_L2);
  CHECK(kept > 0.7 * raw);
}

TEST_CASE("nothing inspected gives finite colours", "[compare][colour_offset]") {
  const AppearanceGrid grid = describe_appearance(textured_light(kSize, 1), 4);
  const cv::Mat colour = colour_without_light(grid, grid, cv::Mat1b(kCells, uchar{0}));
  CHECK(colour.size() == kCells);
  CHECK(cv::checkRange(colour));
}
