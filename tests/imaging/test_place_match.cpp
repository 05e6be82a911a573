// SPDX-License-Identifier: Apache-2.0
#include "imaging/place_match.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace imaging = boarddiff::imaging;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;
using imaging::GreyPyramid;
using imaging::match_places;
using imaging::Modality;
using imaging::PlaceMatch;
using imaging::PlaceSearch;
using imaging::Point;

namespace {

// The picture moved by a fraction of a pixel, darker and flatter.
GreyPyramid moved(const cv::Mat3b& picture, const Point& by) {
  const cv::Matx23d matrix(1, 0, by.x(), 0, 1, by.y());
  cv::Mat result;
  cv::warpAffine(picture, result, matrix, picture.size(), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
  result.convertTo(result, CV_8U, 0.6, 20);
  return grey_pyramid(board_image(result), Modality::photo);
}

std::vector<PlaceSearch> searches_at(const std::vector<Point>& places) {
  std::vector<PlaceSearch> searches;
  for (const Point& place : places) {
    searches.push_back({.reference = place, .sample = place});
  }
  return searches;
}

std::vector<PlaceMatch> found_ones(const std::vector<PlaceMatch>& matches) {
  std::vector<PlaceMatch> found;
  std::copy_if(matches.begin(), matches.end(), std::back_inserter(found),
               [](const PlaceMatch& match) { return match.found; });
  return found;
}

const cv::Size kSize(420, 330);

}  // namespace

TEST_CASE("a place that is blank in the sample was compared, one beyond its edge was not", "[imaging][place_match]") {
  const GreyPyramid reference = grey_pyramid(board_image(textured_picture(kSize, 1)), Modality::photo);
  const GreyPyramid blank = grey_pyramid(board_image(cv::Mat3b(kSize, cv::Vec3b(255, 255, 255))), Modality::photo);
  std::vector<PlaceSearch> searches = searches_at({Point(200, 150), Point(210, 160)});
  searches[1].sample = Point(415, 160);
  const auto matches = match_places(reference, blank, searches, {.reach_px = 6});
  CHECK(matches[0].compared());
  CHECK_FALSE(matches[0].found);
  CHECK_FALSE(matches[1].compared());
  CHECK_FALSE(matches[1].found);
}

TEST_CASE("places are found to a fraction of a pixel under other light", "[imaging][place_match]") {
  const cv::Mat3b picture = textured_picture(kSize, 1);
  const GreyPyramid reference = grey_pyramid(board_image(picture), Modality::photo);
  const Point by(GENERATE(0.0, 3.3), -2.6);
  const auto places = spread_places(reference, 0, 30, {});
  REQUIRE(places.size() > 60);
  const auto matches = found_ones(match_places(reference, moved(picture, by), searches_at(places), {.reach_px = 6}));
  REQUIRE(matches.size() > 50);
  std::vector<double> errors;
  for (const PlaceMatch& match : matches) {
    CAPTURE(match.reference.x(), match.reference.y(), match.likeness);
    errors.push_back((match.sample - match.reference - by).norm());
    CHECK(errors.back() < 0.3);  // where an edge has one direction only, it slides
    CHECK(match.likeness > 0.9);
  }
  std::sort(errors.begin(), errors.end());
  CHECK(errors[errors.size() / 2] < 0.08);  // warped in steps of 1/32 px, sampled bilinearly, 8 bits
}

TEST_CASE("a strip finds what moved along it and nothing across", "[imaging][place_match]") {
  const cv::Mat3b picture = textured_picture(kSize, 2);
  const GreyPyramid reference = grey_pyramid(board_image(picture), Modality::photo);
  const GreyPyramid sample = moved(picture, {9, 0});
  const auto searches = searches_at(spread_places(reference, 0, 30, {}));
  const imaging::SearchWindow strip{.reach_px = 2, .strip = true, .from_px = -3, .to_px = 14};
  const auto count_right = [&](const Point& direction) {
    const std::vector<Point> directions(searches.size(), direction);
    const auto matches = match_places(reference, sample, searches, strip, directions);
    return std::count_if(matches.begin(), matches.end(), [](const PlaceMatch& match) {
      return match.found && (match.sample - match.reference - Point(9, 0)).norm() < 0.2;
    });
  };
  CHECK(count_right({1, 0}) > 50);
  CHECK(count_right({0, 1}) == 0);
  CHECK(count_right({-1, 0}) == 0);  // it reaches 3 px to that side
}

TEST_CASE("a pattern that repeats itself has a runner-up", "[imaging][place_match]") {
  cv::Mat3b pins(kSize, cv::Vec3b(40, 90, 40));
  for (int y = 20; y < kSize.height; y += 14) {
    for (int x = 20; x < kSize.width; x += 14) {
      cv::rectangle(pins, {x - 3, y - 3, 6, 6}, cv::Scalar(200, 210, 210), cv::FILLED);
    }
  }
  const GreyPyramid picture = grey_pyramid(board_image(pins), Modality::photo);
  const auto matches = found_ones(
      match_places(picture, picture, searches_at({{200, 150}, {228, 164}}), {.half_patch = 8, .reach_px = 16}));
  REQUIRE(matches.size() == 2);
  for (const PlaceMatch& match : matches) {
    CHECK(match.likeness - match.runner_up < 0.02);
  }
}

TEST_CASE("places outside the sample and on unusable pixels are not found", "[imaging][place_match]") {
  const cv::Mat3b picture = textured_picture(kSize, 3);
  const GreyPyramid reference = grey_pyramid(board_image(picture), Modality::photo);
  GreyPyramid sample = reference;
  sample.usable = cv::Mat1b(kSize, uchar{255});
  sample.usable(cv::Rect(0, 0, 210, 330)).setTo(0);
  const auto matches = match_places(reference, sample, searches_at({{100, 150}, {300, 150}, {418, 328}}), {});
  CHECK_FALSE(matches[0].found);
  CHECK(matches[1].found);
  CHECK_FALSE(matches[2].found);
}

TEST_CASE("a sample at half the size is compared at its own resolution", "[imaging][place_match]") {
  const cv::Mat3b picture = textured_picture({840, 660}, 4);
  cv::Mat small;
  cv::resize(picture, small, kSize, 0, 0, cv::INTER_AREA);
  const GreyPyramid reference = grey_pyramid(board_image(picture), Modality::photo);
  const GreyPyramid sample = grey_pyramid(board_image(small), Modality::photo);
  std::vector<PlaceSearch> searches;
  for (const Point& place : spread_places(reference, 1, 30, {})) {
    searches.push_back({place, (place.array() + 0.5) / 2 - 0.5, Eigen::Matrix2d::Identity() / 2});
  }
  const auto matches = found_ones(match_places(reference, sample, searches, {.level = 1}));
  REQUIRE(matches.size() > 50);
  for (const PlaceMatch& match : matches) {
    const Point expected = (match.reference.array() + 0.5) / 2 - 0.5;
    CHECK((match.sample - expected).norm() < 0.05);
  }
}
