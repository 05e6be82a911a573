// SPDX-License-Identifier: Apache-2.0
#include "compare/substrate.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

using boarddiff::compare::AppearanceGrid;
using boarddiff::compare::describe_colour;
using boarddiff::compare::find_substrate;
using boarddiff::compare::not_substrate;
using boarddiff::compare::Substrate;

namespace {

constexpr int kCell_px = 2;
const cv::Size kSize(320, 240);
const cv::Scalar kGreen(0.12, 0.32, 0.14);
const cv::Scalar kBlue(0.45, 0.22, 0.12);
const cv::Scalar kBlack(0.16, 0.17, 0.16);
const cv::Scalar kWhite(0.85, 0.87, 0.88);
const cv::Scalar kMetal(0.45, 0.46, 0.47);
const cv::Scalar kEpoxy(0.15, 0.15, 0.15);

// Blocks of a colour that cover nearly two thirds of a board and leave it between them.
cv::Mat3f crowded(const cv::Scalar& mask, const cv::Scalar& blocks) {
  cv::Mat3f picture(kSize);
  picture.setTo(mask);
  for (int y = 10; y + 30 < kSize.height; y += 38) {
    for (int x = 10; x + 36 < kSize.width; x += 44) {
      cv::rectangle(picture, cv::Rect(x, y, 36, 30), blocks, cv::FILLED);
    }
  }
  return picture;
}

cv::Mat1b everywhere(const AppearanceGrid& grid) { return {grid.colour.size(), uchar{255}}; }

// Whether the colour's cells, and no others, are taken for substrate; those at edges aside.
bool is_told(const cv::Mat3f& picture, const cv::Scalar& mask) {
  const AppearanceGrid grid = describe_colour(picture, kCell_px);
  const cv::Mat1b other = not_substrate(grid, find_substrate(grid, everywhere(grid)), everywhere(grid));
  cv::Mat difference;
  cv::absdiff(picture, cv::Scalar(mask[0], mask[1], mask[2]), difference);
  cv::Mat1f largest;
  cv::transform(difference, largest, cv::Matx13f(1, 1, 1));
  cv::Mat1b is_other(largest > 0.02F);
  cv::resize(is_other, is_other, other.size(), 0, 0, cv::INTER_NEAREST);
  cv::Mat1b far_inside;
  cv::erode(is_other, far_inside, cv::Mat::ones(5, 5, CV_8U));
  cv::Mat1b far_outside;
  cv::erode(cv::Mat1b(~is_other), far_outside, cv::Mat::ones(5, 5, CV_8U));
  return cv::countNonZero(far_inside & ~other) == 0 && cv::countNonZero(far_outside & other) == 0;
}

}  // namespace

TEST_CASE("the board is what runs between the parts, even where they cover most of it", "[compare][substrate]") {
  CHECK(is_told(crowded(kGreen, kMetal), kGreen));
  CHECK(is_told(crowded(kGreen, kEpoxy), kGreen));
  CHECK(is_told(crowded(kBlue, kMetal), kBlue));
  CHECK(is_told(crowded(kBlack, kMetal), kBlack));
  CHECK(is_told(crowded(kWhite, kMetal), kWhite));
  CHECK(is_told(crowded(kWhite, kEpoxy), kWhite));
}

TEST_CASE("a large grey part does not outdo a coloured board that it leaves half of", "[compare][substrate]") {
  cv::Mat3f picture = crowded(kBlue, kEpoxy);
  cv::rectangle(picture, cv::Rect(0, 0, 200, 240), kMetal, cv::FILLED);
  CHECK(is_told(picture, kBlue));
}

TEST_CASE("print that cuts the mask to pieces leaves it one board", "[compare][substrate]") {
  cv::Mat3f picture = crowded(kBlack, kMetal);
  for (int x = 4; x < kSize.width; x += 44) {
    cv::line(picture, {x, 0}, {x, kSize.height}, kWhite, 2);
  }
  CHECK(is_told(picture, kBlack));
}

TEST_CASE("copper below the mask and weak shadow are shades of the board", "[compare][substrate]") {
  cv::Mat3f picture = crowded(kGreen, kMetal);
  picture(cv::Rect(0, 0, kSize.width, 9)) *= 1.25F;
  picture(cv::Rect(0, 192, kSize.width, 8)) *= 0.75F;
  const AppearanceGrid grid = describe_colour(picture, kCell_px);
  const cv::Mat1b other = not_substrate(grid, find_substrate(grid, everywhere(grid)), everywhere(grid));
  CHECK(cv::countNonZero(other(cv::Rect(1, 1, 158, 2))) == 0);
  CHECK(cv::countNonZero(other(cv::Rect(1, 97, 158, 2))) == 0);
}

TEST_CASE("of X-rays the substrate is the attenuation of the bare board", "[compare][substrate]") {
  cv::Mat1f attenuation(kSize, 0.4F);
  for (int x = 10; x + 30 < kSize.width; x += 44) {
    attenuation(cv::Rect(x, 10, 36, 200)) = 1.5F;
  }
  const AppearanceGrid grid = describe_colour(attenuation, kCell_px);
  CHECK(find_substrate(grid, everywhere(grid)).centre[0] == Approx(0.4).margin(0.01));
}

TEST_CASE("a board of no size has some substrate and nothing on it", "[compare][substrate]") {
  const AppearanceGrid grid = describe_colour(cv::Mat3f(kSize, cv::Vec3f(0, 0, 0)), kCell_px);
  const cv::Mat1b nowhere(grid.colour.size(), uchar{0});
  const Substrate substrate = find_substrate(grid, nowhere);
  CHECK(cv::countNonZero(not_substrate(grid, substrate, nowhere)) == 0);
}
