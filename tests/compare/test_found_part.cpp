// SPDX-License-Identifier: Apache-2.0
#include "compare/found_part.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <limits>

namespace compare = boarddiff::compare;
namespace imaging = boarddiff::imaging;
using compare::PaintedPart;

namespace {

constexpr double kLevel = 0.4;

imaging::SceneLight plain_light(const cv::Size& size) {
  return {.local = cv::Mat1f(size, 1.0F), .white_level = 0.9, .blur_px = 0.8};
}

const imaging::VirtualPart kPart = {
    .length_mm = 6, .width_mm = 5, .height_mm = 0.9, .colour = imaging::BodyColour::dark};
const imaging::PartPlace kPlace = {.centre_px = {150, 100}, .px_per_mm = 10};

cv::Mat3f even_board(const cv::Size& size) { return {size, cv::Vec3f::all(static_cast<float>(kLevel))}; }

double mean_at(const cv::Mat& picture, const cv::Rect& place) { return cv::mean(picture(place))[1]; }

}  // namespace

TEST_CASE("A part is painted again as it was tried, whatever light the picture has", "[compare][found_part]") {
  const cv::Size size(300, 200);
  const cv::Mat3f board = even_board(size);
  cv::Mat3f tried = board.clone();
  const imaging::SceneLight light = plain_light(size);
  imaging::plant_part(tried, kPart, kPlace, light, 5);
  const PaintedPart painted = compare::painted_part(board, kPart, kPlace, light, 1, 5);
  REQUIRE(compare::can_be_painted(painted));

  for (const double exposure : {1.0, 0.5}) {
    CAPTURE(exposure);
    cv::Mat3b shown;
    board.convertTo(shown, CV_8U, 255 * exposure);
    cv::Mat3b expected;
    tried.convertTo(expected, CV_8U, 255 * exposure);
    compare::paint(shown, painted);
    cv::Mat difference;
    cv::absdiff(shown, expected, difference);
    double most = 0;
    cv::minMaxLoc(difference.reshape(1), nullptr, &most);
    CHECK(most <= 2);
    CHECK(mean_at(shown, cv::Rect(140, 90, 20, 20)) != Approx(255 * exposure * kLevel).margin(5));
  }
}

TEST_CASE("A part that was tried in a shrunk picture has its size in the whole one", "[compare][found_part]") {
  const cv::Size small(300, 200);
  const PaintedPart painted = compare::painted_part(even_board(small), kPart, kPlace, plain_light(small), 0.5, 5);
  CHECK(painted.place.px_per_mm == 20);
  CHECK(painted.place.centre_px.x() == Approx(300.5));
  CHECK(painted.blur_px > plain_light(small).blur_px);
  cv::Mat3b whole(400, 600, cv::Vec3b::all(102));
  compare::paint(whole, painted);
  cv::Mat1b changed;
  cv::inRange(whole, cv::Scalar::all(100), cv::Scalar::all(104), changed);
  const cv::Rect outline = cv::boundingRect(~changed);
  CHECK(outline.width == Approx(120).margin(6));
  CHECK(outline.height == Approx(100).margin(6));
}

TEST_CASE("Numbers that are none, and parts beyond all parts, are not painted", "[compare][found_part]") {
  const cv::Size size(300, 200);
  const PaintedPart good = compare::painted_part(even_board(size), kPart, kPlace, plain_light(size), 1, 5);
  const auto with = [&](auto change) {
    PaintedPart other = good;
    change(other);
    return compare::can_be_painted(other);
  };
  CHECK(with([](PaintedPart&) {}));
  CHECK_FALSE(with([](PaintedPart& one) { one.part.length_mm = 1e6; }));
  CHECK_FALSE(with([](PaintedPart& one) { one.part.width_mm = -1; }));
  CHECK_FALSE(with([](PaintedPart& one) { one.place.px_per_mm = 1e5; }));
  CHECK_FALSE(with([](PaintedPart& one) { one.place.centre_px.x() = std::numeric_limits<double>::quiet_NaN(); }));
  CHECK_FALSE(with([](PaintedPart& one) { one.blur_px = 1e4; }));
  CHECK_FALSE(with([](PaintedPart& one) { one.ground[1] = std::numeric_limits<double>::infinity(); }));
}
