// SPDX-License-Identifier: Apache-2.0
#include "datasets/board_pair.h"
#include "imaging/lay_xray.h"
#include "imaging/prepare_xray.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardStyle;
using imaging::Modality;

namespace {

datasets::BoardPair pair_of(Modality modality, BoardStyle style, std::uint64_t seed) {
  return datasets::make_board_pair({.style = style, .modality = modality, .megapixels = 0.6}, seed);
}

// The largest distance, in pixels of the X-ray, between where the map and where the truth has a place of the board.
double largest_error_px(const imaging::PlaneMap& plane, const datasets::BoardPair& photo,
                        const datasets::BoardPair& xray, imaging::Point datasets::PointPair::*in_xray) {
  double largest = 0;
  int compared = 0;
  for (std::size_t i = 0; i < photo.points.size(); ++i) {
    const auto same = std::find_if(xray.points_mm.begin(), xray.points_mm.end(), [&](const imaging::Point& other) {
      return (other - photo.points_mm[i]).norm() < 1e-9;
    });
    if (same == xray.points_mm.end()) continue;
    const auto other = static_cast<std::size_t>(same - xray.points_mm.begin());
    largest = std::max(largest, (to_sample(plane, photo.points[i].in_reference) - xray.points[other].*in_xray).norm());
    ++compared;
  }
  CHECK(compared > 40);
  return largest;
}

}  // namespace

TEST_CASE("an X-ray lies on the photograph of its board, that of another unit from another direction a little worse",
          "[imaging][lay_xray]") {
  const BoardStyle style = GENERATE(BoardStyle::controller, BoardStyle::network_switch, BoardStyle::through_hole);
  const datasets::BoardPair photo = pair_of(Modality::photo, style, 61);
  const datasets::BoardPair xray = pair_of(Modality::xray, style, 61);
  const double px_per_mm = *photo.reference.pixels_per_mm;
  const imaging::XrayOnPhoto own = lay_xray_on_photo(photo.reference, imaging::prepared_xray(xray.reference));
  REQUIRE(own.found);
  CHECK(own.agreeing > 100);
  CHECK(largest_error_px(own.plane, photo, xray, &datasets::PointPair::in_reference) < 0.6 * px_per_mm);
  const imaging::XrayOnPhoto other = lay_xray_on_photo(photo.reference, imaging::prepared_xray(xray.sample));
  REQUIRE(other.found);
  CHECK(largest_error_px(other.plane, photo, xray, &datasets::PointPair::in_sample) < px_per_mm);
}

TEST_CASE("a mirrored X-ray, turned over, lies on the photograph", "[imaging][lay_xray]") {
  const datasets::BoardPair photo = pair_of(Modality::photo, BoardStyle::controller, 62);
  imaging::BoardImage xray = pair_of(Modality::xray, BoardStyle::controller, 62).reference;
  cv::Mat turned;
  cv::rotate(xray.pixels, turned, cv::ROTATE_90_CLOCKWISE);
  cv::flip(turned, turned, 1);
  xray.pixels = turned;
  const imaging::XrayOnPhoto laid = lay_xray_on_photo(photo.reference, imaging::prepared_xray(xray));
  REQUIRE(laid.found);
  CHECK(laid.plane.sample_from_reference.topLeftCorner<2, 2>().determinant() < 0);
}

TEST_CASE("an X-ray of another board, or of a part of it, does not lie on the photograph", "[imaging][lay_xray]") {
  const datasets::BoardPair photo = pair_of(Modality::photo, BoardStyle::controller, 63);
  const datasets::BoardPair other = pair_of(Modality::xray, BoardStyle::controller, 64);
  const imaging::XrayOnPhoto wrong = lay_xray_on_photo(photo.reference, imaging::prepared_xray(other.reference));
  CHECK_FALSE(wrong.found);
  CHECK_THAT(wrong.reason, Catch::Contains("too little"));

  imaging::BoardImage part = pair_of(Modality::xray, BoardStyle::controller, 63).reference;
  const cv::Size size = part.size();
  part.pixels = part.pixels(cv::Rect(size.width / 4, 0, size.width / 2, size.height)).clone();
  const imaging::XrayOnPhoto cut = lay_xray_on_photo(photo.reference, imaging::prepared_xray(part));
  CHECK_FALSE(cut.found);
  CHECK_THAT(cut.reason, Catch::Contains("the X-ray does not show the four sides"));
}

TEST_CASE("places that were named lay the X-ray, unless they contradict each other", "[imaging][lay_xray]") {
  std::vector<imaging::PointPair> places;
  for (const imaging::Point& place : {imaging::Point(10, 10), imaging::Point(390, 20), imaging::Point(380, 290),
                                      imaging::Point(15, 280), imaging::Point(200, 150)}) {
    places.push_back({place, imaging::Point(2 * place.y() + 5, 900 - 2 * place.x())});
  }
  const imaging::XrayOnPhoto laid = imaging::lay_xray_by_places(places, {400, 300}, {610, 910});
  REQUIRE(laid.found);
  CHECK((to_sample(laid.plane, imaging::Point(100, 50)) - imaging::Point(105, 700)).norm() < 0.01);

  std::vector<imaging::PointPair> mirrored = places;
  for (imaging::PointPair& pair : mirrored) pair.sample.x() = 609 - pair.sample.x();
  const imaging::XrayOnPhoto turned_over = imaging::lay_xray_by_places(mirrored, {400, 300}, {610, 910});
  REQUIRE(turned_over.found);
  CHECK((to_sample(turned_over.plane, imaging::Point(100, 50)) - imaging::Point(504, 700)).norm() < 0.01);

  places.back().sample.x() += 200;
  CHECK_FALSE(imaging::lay_xray_by_places(places, {400, 300}, {610, 910}).found);
  const std::vector<imaging::PointPair> on_a_line = {
      {{0, 0}, {0, 0}}, {{10, 10}, {20, 20}}, {{20, 20}, {40, 40}}, {{30, 30}, {60, 60}}};
  CHECK_FALSE(imaging::lay_xray_by_places(on_a_line, {400, 300}, {610, 910}).found);
}
