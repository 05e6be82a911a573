// SPDX-License-Identifier: Apache-2.0
#include "imaging/plant_part.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

namespace imaging = boarddiff::imaging;
using imaging::BodyColour;
using imaging::Box;
using imaging::PartPlace;
using imaging::SceneLight;
using imaging::VirtualPart;

namespace {

const cv::Size kSize(300, 240);
constexpr float kBoardLevel = 0.4F;
const VirtualPart kPart{.length_mm = 6, .width_mm = 5, .height_mm = 0.9, .colour = BodyColour::dark};
const PartPlace kPlace{.centre_px = {150, 120}, .px_per_mm = 16};

SceneLight even_light() { return {.local = cv::Mat1f(kSize, 1.0F), .white_level = 0.9}; }

cv::Mat3f board() { return {kSize, cv::Vec3f::all(kBoardLevel)}; }

cv::Mat3f planted(const VirtualPart& part, const PartPlace& place, const SceneLight& light) {
  cv::Mat3f picture = board();
  imaging::plant_part(picture, part, place, light, 3);
  return picture;
}

cv::Mat1b changed(const cv::Mat3f& picture) {
  cv::Mat difference;
  cv::absdiff(picture, board(), difference);
  cv::Mat1f grey;
  cv::cvtColor(difference, grey, cv::COLOR_BGR2GRAY);
  return cv::Mat1b(grey > 0.01);
}

}  // namespace

TEST_CASE("A planted part changes its own outline and nothing beyond its blur") {
  const Box outline = outline_px(kPart, kPlace);
  CHECK(outline.width == Approx(96));
  CHECK(outline.height == Approx(80));
  const cv::Rect found = cv::boundingRect(changed(planted(kPart, kPlace, even_light())));
  CHECK(found.x == Approx(outline.x).margin(3));
  CHECK(found.y == Approx(outline.y).margin(3));
  CHECK(found.width == Approx(outline.width).margin(5));
  CHECK(found.height == Approx(outline.height).margin(5));
}

TEST_CASE("A planted part that stands upright is as high as it was long") {
  PartPlace upright = kPlace;
  upright.upright = true;
  const cv::Rect found = cv::boundingRect(changed(planted(kPart, upright, even_light())));
  CHECK(found.width == Approx(80).margin(5));
  CHECK(found.height == Approx(96).margin(5));
}

TEST_CASE("Bodies are dark, grey, or twelve levels from their board") {
  const auto middle = [&](BodyColour colour) {
    VirtualPart part = kPart;
    part.colour = colour;
    return planted(part, kPlace, even_light())(120, 150)[1];
  };
  CHECK(middle(BodyColour::dark) < 0.5F * kBoardLevel);
  CHECK(middle(BodyColour::grey) > 2 * middle(BodyColour::dark));
  CHECK(middle(BodyColour::board) == Approx(kBoardLevel + 12.0 / 255).margin(1e-3));
}

TEST_CASE("A planted part throws its shadow where the others do") {
  SceneLight light = even_light();
  light.shadow = {1, 0};
  light.shadow_depth = 0.5;
  const cv::Mat3f picture = planted(kPart, kPlace, light);
  CHECK(picture(120, 150 + 48 + 7)[1] == Approx(0.5 * kBoardLevel).margin(0.05));
  CHECK(picture(120, 150 - 48 - 7)[1] == Approx(kBoardLevel).margin(0.01));
}

TEST_CASE("A planted part is darker where there is less light") {
  SceneLight dim = even_light();
  dim.local = cv::Mat1f(kSize, 0.5F);
  const VirtualPart grey{.length_mm = 6, .width_mm = 5, .height_mm = 0.9, .colour = BodyColour::grey};
  CHECK(planted(grey, kPlace, dim)(120, 150)[1] ==
        Approx(planted(grey, kPlace, even_light())(120, 150)[1] / 2).epsilon(0.02));
}

TEST_CASE("A planted part is as blurred as the picture") {
  const auto strongest_step = [](const cv::Mat3f& picture) {
    float most = 0;
    for (int x = 1; x < picture.cols; ++x) {
      most = std::max(most, std::abs(picture(120, x)[1] - picture(120, x - 1)[1]));
    }
    return most;
  };
  SceneLight soft = even_light();
  soft.blur_px = 3;
  CHECK(strongest_step(planted(kPart, kPlace, soft)) < 0.5F * strongest_step(planted(kPart, kPlace, even_light())));
}

TEST_CASE("A part planted half outside the picture is painted as far as it is inside") {
  PartPlace edge = kPlace;
  edge.centre_px = {0, 120};
  const cv::Rect found = cv::boundingRect(changed(planted(kPart, edge, even_light())));
  CHECK(found.x == 0);
  CHECK(found.width == Approx(48).margin(4));
  edge.centre_px = {-500, 120};
  CHECK(cv::countNonZero(changed(planted(kPart, edge, even_light()))) == 0);
}

TEST_CASE("The same seed paints the same part") {
  SceneLight noisy = even_light();
  noisy.noise = 0.02;
  const cv::Mat3f one = planted(kPart, kPlace, noisy);
  CHECK(cv::norm(one, planted(kPart, kPlace, noisy), cv::NORM_INF) == 0);
  cv::Mat3f other = board();
  imaging::plant_part(other, kPart, kPlace, noisy, 4);
  CHECK(cv::norm(one, other, cv::NORM_INF) > 0);
}
