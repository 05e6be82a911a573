// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/changes.h"
#include "datasets/picture/render_photo.h"
#include "imaging/base/execution.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <memory>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardDesign;
using datasets::BoardStyle;
using datasets::PhotoSettings;
using datasets::RenderedPicture;

namespace {

PhotoSettings small_photo() {
  PhotoSettings settings;
  settings.camera.picture_px = {560, 420};
  settings.camera.pixels_per_mm = 8;
  return settings;
}

PhotoSettings without_noise(PhotoSettings settings) {
  settings.camera.noise = 0;
  return settings;
}

bool same_pixels(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

cv::Rect pixels_around(const datasets::Place& place, const datasets::Camera& camera, double by, const cv::Size& size) {
  std::vector<imaging::Point> corners;
  for (const imaging::Point& corner : place.outline_mm) {
    corners.push_back(camera.pixel_of(corner, 0));
    corners.push_back(camera.pixel_of(corner, place.top_mm));
  }
  const imaging::Box box = imaging::bounding_box(corners);
  return cv::Rect(cv::Point2d(box.x - by, box.y - by), cv::Point2d(box.x + box.width + by, box.y + box.height + by)) &
         cv::Rect(cv::Point(0, 0), size);
}

}  // namespace

TEST_CASE("the same seed gives the same bytes for one and for two threads", "[datasets][render_photo]") {
  const BoardDesign design = make_board_design(BoardStyle::controller, 4);
  PhotoSettings settings = small_photo();
  settings.desk = datasets::Desk::cluttered;
  settings.camera.tilt_deg = 10;
  imaging::set_thread_count(1);
  const RenderedPicture one = render_photo(design, settings, 9);
  imaging::set_thread_count(2);
  const RenderedPicture two = render_photo(design, settings, 9);
  imaging::set_thread_count(0);
  CHECK(one.pixels.type() == CV_8UC3);
  CHECK(same_pixels(one.pixels, two.pixels));
  CHECK_FALSE(same_pixels(one.pixels, render_photo(design, settings, 10).pixels));
}

TEST_CASE("an extra part changes the picture where the truth says, and its light and shadow nearby",
          "[datasets][render_photo]") {
  const BoardDesign design = make_board_design(BoardStyle::controller, 4);
  const datasets::ChangedBoard changed =
      plant_changes(design, {{datasets::Alteration::extra_part, datasets::Package::soic8}}, 1);
  REQUIRE(changed.changes.size() == 1);
  PhotoSettings settings = without_noise(small_photo());
  settings.camera.tilt_deg = 12;
  const RenderedPicture before = render_photo(design, settings, 1);
  const RenderedPicture after = render_photo(changed.design, settings, 1);
  cv::Mat difference;
  cv::absdiff(before.pixels, after.pixels, difference);
  cv::Mat3b changed_pixels = difference;
  // A part of 1.6 mm under a lamp 50 degrees high throws a shadow of 1.3 mm; ambient shading reaches 4 mm.
  const double reach_px = 4 * settings.camera.pixels_per_mm;
  const cv::Rect body = pixels_around(changed.changes.front().place, after.camera, 0, after.pixels.size());
  const cv::Rect near = pixels_around(changed.changes.front().place, after.camera, reach_px, after.pixels.size());
  CHECK(cv::mean(changed_pixels(body)).val[1] > 12);
  changed_pixels(near) = cv::Vec3b(0, 0, 0);
  CHECK(cv::norm(changed_pixels, cv::NORM_INF) <= 3);
}

TEST_CASE("a lamp from the other side moves the shadows", "[datasets][render_photo]") {
  BoardDesign design;
  design.width_mm = 40;
  design.depth_mm = 30;
  datasets::Part part;
  part.package = datasets::Package::electrolytic8;
  part.centre_mm = {20, 15};
  design.parts.push_back(part);
  PhotoSettings settings = without_noise(small_photo());
  settings.light.azimuth_deg = 0;  // lamp on the right: shadow on the left
  const RenderedPicture right = render_photo(design, settings, 1);
  settings.light.azimuth_deg = 180;
  const RenderedPicture left = render_photo(design, settings, 1);
  const auto brightness = [](const RenderedPicture& picture, double x_mm) {
    const imaging::Point at = picture.camera.pixel_of({x_mm, 15}, 0);
    const cv::Rect spot(static_cast<int>(at.x()) - 4, static_cast<int>(at.y()) - 4, 9, 9);
    return cv::mean(picture.pixels(spot)).val[1];
  };
  CHECK(brightness(right, 12.5) < 0.8 * brightness(left, 12.5));
  CHECK(brightness(left, 27.5) < 0.8 * brightness(right, 27.5));
}

TEST_CASE("a tall part hides the board behind it from a tilted camera", "[datasets][render_photo]") {
  BoardDesign design;
  design.width_mm = 40;
  design.depth_mm = 30;
  datasets::Part part;
  part.package = datasets::Package::connector_white;
  part.centre_mm = {20, 15};
  design.parts.push_back(part);
  PhotoSettings settings = without_noise(small_photo());
  settings.camera.tilt_deg = 25;
  const RenderedPicture picture = render_photo(design, settings, 1);
  // The white shell is seen where its top is, which lies over board that the plane's mapping puts elsewhere.
  const imaging::Point top = picture.camera.pixel_of({20, 15}, 6);
  const imaging::Point foot = picture.camera.pixel_of({20, 15}, 0);
  const double shift_px = (top - foot).norm();
  CHECK(shift_px > 6 * 0.4 * settings.camera.pixels_per_mm);  // 6 mm times sin 25 degrees
  const imaging::Point beyond = picture.camera.pixel_of({20, 15 + (top.y() > foot.y() ? 3.4 : -3.4)}, 0);
  const cv::Vec3b hidden = picture.pixels.at<cv::Vec3b>(cv::Point2d(beyond.x(), beyond.y()));
  CHECK(hidden[2] > 90);  // the mask has at most half as much red
}

TEST_CASE("a board beside another one is seen where it is said to lie, and changes nothing elsewhere",
          "[datasets][render_photo]") {
  const BoardDesign design = make_board_design(BoardStyle::controller, 4);
  PhotoSettings settings = without_noise(small_photo());
  settings.camera.pixels_per_mm = 4;
  settings.camera.tilt_deg = 8;
  const RenderedPicture alone = render_photo(design, settings, 9);
  // Turned by a quarter about its upper left corner: it reaches from there to the left by its depth.
  const imaging::Point corner(design.width_mm + 8 + design.depth_mm, 3);
  settings.beside = {{std::make_shared<BoardDesign>(design), corner, 90}};
  const RenderedPicture both = render_photo(design, settings, 9);
  cv::Mat1b changed;
  cv::Mat difference;
  cv::absdiff(alone.pixels, both.pixels, difference);
  cv::cvtColor(difference, difference, cv::COLOR_BGR2GRAY);
  changed = difference > 12;
  const auto pixel_of = [&](double x_mm, double y_mm) {
    return cv::Point2d(both.camera.pixel_of({x_mm, y_mm}, 0).x(), both.camera.pixel_of({x_mm, y_mm}, 0).y());
  };
  const cv::Point2d upper_left = pixel_of(corner.x() - design.depth_mm + 1, 4);
  const cv::Point2d lower = pixel_of(corner.x() - design.depth_mm + 8, design.width_mm - 6);
  const cv::Rect on_it = cv::Rect(upper_left, lower) & cv::Rect({}, changed.size());
  REQUIRE(on_it.area() > 1000);
  CHECK(cv::countNonZero(changed(on_it)) > 0.8 * on_it.area());
  const cv::Rect on_the_first = cv::Rect(pixel_of(2, 2), pixel_of(design.width_mm - 2, design.depth_mm - 2));
  CHECK(cv::countNonZero(changed(on_the_first & cv::Rect({}, changed.size()))) == 0);
}
