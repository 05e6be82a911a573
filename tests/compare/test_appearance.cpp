// SPDX-License-Identifier: Apache-2.0
#include "compare/appearance.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

using boarddiff::compare::AppearanceGrid;
using boarddiff::compare::describe_appearance;
using boarddiff::test::textured_light;

namespace {

const cv::Size kSize(240, 160);

// Mean over the cells of the difference's length.
double mean_distance(const cv::Mat& a, const cv::Mat& b) {
  double sum = 0;
  for (int y = 0; y < a.rows; ++y) {
    for (int x = 0; x < a.cols; ++x) {
      double squared = 0;
      for (int k = 0; k < a.channels(); ++k) {
        const double gap = a.ptr<float>(y, x)[k] - b.ptr<float>(y, x)[k];
        squared += gap * gap;
      }
      sum += std::sqrt(squared);
    }
  }
  return sum / static_cast<double>(a.total());
}

// Stripes of 12 px, along x or along y.
cv::Mat3f stripes(bool along_x) {
  cv::Mat3f picture(kSize);
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      const float level = (along_x ? x : y) / 12 % 2 == 0 ? 0.3F : 0.6F;
      picture(y, x) = {level, level, level};
    }
  }
  return picture;
}

}  // namespace

TEST_CASE("one value a cell, without the cells that do not fit whole", "[compare][appearance]") {
  const AppearanceGrid grid = describe_appearance(textured_light({243, 162}, 1), 4);
  CHECK(grid.structure.size() == cv::Size(60, 40));
  CHECK(grid.structure.type() == CV_32FC(8));
  CHECK(grid.colour.type() == CV_32FC2);
  CHECK(grid.texture.size() == cv::Size(60, 40));
  CHECK(grid.brightness.size() == cv::Size(60, 40));
}

TEST_CASE("half the exposure looks nearly the same", "[compare][appearance]") {
  const cv::Mat3f picture = textured_light(kSize, 1);
  const AppearanceGrid full = describe_appearance(picture, 4);
  const AppearanceGrid half = describe_appearance(picture * 0.5, 4);
  const AppearanceGrid other = describe_appearance(textured_light(kSize, 2), 4);
  // The floors that keep noise small are what makes exposure count at all.
  CHECK(mean_distance(full.structure, half.structure) < 0.1 * mean_distance(full.structure, other.structure));
  CHECK(mean_distance(full.colour, half.colour) < 0.3 * mean_distance(full.colour, other.colour));
  CHECK(cv::mean(full.brightness - half.brightness)[0] == Approx(std::log(2.0)).margin(0.1));
}

TEST_CASE("the direction of edges matters", "[compare][appearance]") {
  const AppearanceGrid across = describe_appearance(stripes(true), 4);
  const AppearanceGrid along = describe_appearance(stripes(false), 4);
  const cv::Rect middle(6, 6, 48, 28);
  // Two unit vectors at right angles are 1.41 apart; a third of the cells lies between the stripes.
  CHECK(mean_distance(across.structure(middle), along.structure(middle)) > 0.7);
}

TEST_CASE("an edge from dark to bright is not one from bright to dark", "[compare][appearance]") {
  cv::Mat3f up(kSize, cv::Vec3f(0.3F, 0.3F, 0.3F));
  up(cv::Rect(118, 0, 122, 160)) = cv::Vec3f(0.6F, 0.6F, 0.6F);
  cv::Mat3f down;
  cv::flip(up, down, 1);
  const cv::Rect at_edge(29, 10, 1, 20);
  CHECK(mean_distance(describe_appearance(up, 4).structure(at_edge), describe_appearance(down, 4).structure(at_edge)) >
        0.8);
}

TEST_CASE("what is plain has neither texture nor structure", "[compare][appearance]") {
  const AppearanceGrid plain = describe_appearance(cv::Mat3f(kSize, cv::Vec3f(0.2F, 0.4F, 0.3F)), 4);
  CHECK(cv::norm(plain.structure, cv::NORM_INF) < 1e-3);
  CHECK(cv::norm(plain.texture, cv::NORM_INF) < 1e-3);
}

TEST_CASE("colours differ by their ratios, not by their brightness", "[compare][appearance]") {
  const auto colour_of = [](const cv::Vec3f& bgr) {
    return describe_appearance(cv::Mat3f(kSize, bgr), 4).colour.at<cv::Vec2f>(10, 10);
  };
  const double shade = cv::norm(colour_of({0.2F, 0.5F, 0.3F}) - colour_of({0.14F, 0.35F, 0.21F}));
  const double hue = cv::norm(colour_of({0.2F, 0.5F, 0.3F}) - colour_of({0.3F, 0.5F, 0.2F}));
  CHECK(shade < 0.2 * hue);  // the floor below dark colours is not scaled with them
}

TEST_CASE("an X-ray is described by its attenuation", "[compare][appearance]") {
  cv::Mat1f attenuation(kSize, 0.4F);
  attenuation(cv::Rect(80, 40, 80, 80)) = 0.9F;
  const AppearanceGrid grid = describe_appearance(attenuation, 4);
  CHECK(grid.colour.type() == CV_32FC1);
  CHECK(grid.colour.at<float>(20, 30) == Approx(0.9));
  CHECK(grid.colour.at<float>(4, 4) == Approx(0.4));
  CHECK(grid.brightness(20, 30) == Approx(-0.9));
}

TEST_CASE("black is finite", "[compare][appearance]") {
  const AppearanceGrid grid = describe_appearance(cv::Mat3f(kSize, cv::Vec3f(0, 0, 0)), 4);
  CHECK(cv::checkRange(grid.structure));
  CHECK(cv::checkRange(grid.colour));
  CHECK(cv::checkRange(grid.brightness));
}
