// SPDX-License-Identifier: Apache-2.0
#include "imaging/registration.h"

#include "datasets/board_pair.h"
#include "imaging/base/random.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <vector>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using boarddiff::test::board_image;
using datasets::BoardPair;
using datasets::BoardPairSettings;
using datasets::SampleBoard;
using imaging::BoardImage;
using imaging::Modality;
using imaging::Point;
using imaging::register_to_reference;
using imaging::Registration;
using imaging::RegistrationOptions;

namespace {

// Units of one design differ by 0.03 mm and the bow of either lens by pixels; the plane itself is known to this, in
// sample pixels, over the whole board and outwards to its corners.
constexpr double kMedianError_px = 0.25;
constexpr double kP95Error_px = 0.8;

BoardPairSettings small_pair() {
  BoardPairSettings settings;
  settings.megapixels = 0.6;
  return settings;
}

Registration registered(const BoardPair& pair) {
  return register_to_reference(pair.reference, pair.sample, pair.modality);
}

struct Errors {
  double median_px = 1e9;
  double p95_px = 1e9;
};

Errors errors_of(const Registration& registration, const std::vector<datasets::PointPair>& points) {
  std::vector<double> errors;
  for (const datasets::PointPair& point : points) {
    errors.push_back((to_sample(registration.plane, point.in_reference) - point.in_sample).norm());
  }
  std::sort(errors.begin(), errors.end());
  return {errors.at(errors.size() / 2), errors.at(errors.size() * 95 / 100)};
}

void check_points(const Registration& registration, const BoardPair& pair, double tolerance = 1) {
  CAPTURE(registration.reason, registration.inliers);
  REQUIRE(registration.ok());
  CHECK(registration.reason.empty());
  const Errors errors = errors_of(registration, pair.points);
  CHECK(errors.median_px < tolerance * kMedianError_px);
  CHECK(errors.p95_px < tolerance * kP95Error_px);
}

// The smaller angle between two directions.
double turn_between(double a_deg, double b_deg) { return std::abs(std::remainder(a_deg - b_deg, 360)); }

void check_refused(const Registration& registration, const std::string& word) {
  CHECK_FALSE(registration.ok());
  CHECK_THAT(registration.reason, Catch::Contains(word));
}

}  // namespace

TEST_CASE("a board turned by any angle is registered", "[imaging][registration]") {
  BoardPairSettings settings = small_pair();
  settings.rotation_deg = GENERATE(0.0, 90.0, 180.0, -37.0);
  const BoardPair pair = make_board_pair(settings, 21);
  const Registration registration = registered(pair);
  check_points(registration, pair);
  // Severity adds up to 6 degrees; the renderer turns clockwise, the registration says counter-clockwise.
  CHECK(turn_between(registration.rotation_deg, -settings.rotation_deg) < 8);
  CHECK_FALSE(registration.mirrored);
}

TEST_CASE("a board at another scale is registered, both ways", "[imaging][registration]") {
  BoardPairSettings settings = small_pair();
  settings.megapixels = 1;
  settings.severity = datasets::Severity::easy;
  settings.scale = GENERATE(0.25, 0.5);
  CAPTURE(settings.scale);
  BoardPair pair = make_board_pair(settings, 22);
  const Registration shrunk = registered(pair);
  check_points(shrunk, pair);
  CHECK(shrunk.scale == Approx(settings.scale).epsilon(0.06));
  std::swap(pair.reference, pair.sample);
  for (datasets::PointPair& point : pair.points) {
    std::swap(point.in_reference, point.in_sample);
  }
  const Registration enlarged = registered(pair);
  // The error is counted in pixels of the larger picture now, and comes from those of the smaller.
  check_points(enlarged, pair, 1 / settings.scale);
  CHECK(enlarged.scale == Approx(1 / settings.scale).epsilon(0.06));
}

TEST_CASE("a board seen at a slant is registered", "[imaging][registration]") {
  BoardPairSettings settings = small_pair();
  settings.tilt_deg = 25;
  const std::uint64_t seed = GENERATE(23U, 24U);
  const BoardPair pair = make_board_pair(settings, seed);
  const Registration registration = registered(pair);
  check_points(registration, pair);
  // The angle is read off the foreshortening in the middle, and the reference itself is tilted by up to 1.5 degrees.
  CHECK(registration.tilt_deg == Approx(25).margin(4));
}

TEST_CASE("other lights do not matter", "[imaging][registration]") {
  BoardPairSettings settings = small_pair();
  settings.severity = datasets::Severity::hard;
  const std::uint64_t seed = GENERATE(25U, 26U);
  const BoardPair pair = make_board_pair(settings, seed);
  check_points(registered(pair), pair);
}

TEST_CASE("a picture of part of the board is registered and its overlap is known", "[imaging][registration]") {
  BoardPairSettings settings = small_pair();
  settings.part_view = true;
  const BoardPair pair = make_board_pair(settings, 27);
  const Registration registration = registered(pair);
  check_points(registration, pair);
  CHECK(registration.overlap > 0.2);
  CHECK(registration.overlap < 0.75);
}

TEST_CASE("an X-ray is registered", "[imaging][registration]") {
  BoardPairSettings settings = small_pair();
  settings.modality = Modality::xray;
  const BoardPair pair = make_board_pair(settings, 28);
  check_points(registered(pair), pair);
}

TEST_CASE("a picture registered with itself is the identity", "[imaging][registration]") {
  const BoardPair pair = make_board_pair(small_pair(), 29);
  const Registration registration = register_to_reference(pair.reference, pair.reference, Modality::photo);
  REQUIRE(registration.ok());
  for (const Point& corner : imaging::corners({0, 0, 800, 600})) {
    CHECK((to_sample(registration.plane, corner) - corner).norm() < 0.01);
  }
  CHECK(registration.overlap == Approx(1).margin(0.01));
  CHECK(registration.scale == Approx(1).margin(1e-4));
  CHECK(std::abs(registration.rotation_deg) < 0.01);
  CHECK(registration.tilt_deg < 1);  // the arc cosine turns 1e-4 of foreshortening into 0.8 degrees
  CHECK(registration.residual_p95_px < 0.01);
}

TEST_CASE("swapping the pictures gives the inverse map", "[imaging][registration]") {
  const BoardPair pair = make_board_pair(small_pair(), 30);
  const Registration forth = register_to_reference(pair.reference, pair.sample, Modality::photo);
  const Registration back = register_to_reference(pair.sample, pair.reference, Modality::photo);
  REQUIRE(forth.ok());
  REQUIRE(back.ok());
  double worst = 0;
  for (const datasets::PointPair& point : pair.points) {
    const Point again = to_sample(back.plane, to_sample(forth.plane, point.in_reference));
    worst = std::max(worst, (again - point.in_reference).norm());
  }
  CHECK(worst < 2 * kP95Error_px);  // two fits, each with its own error
  CHECK(forth.scale * back.scale == Approx(1).margin(0.005));
  CHECK(turn_between(forth.rotation_deg, -back.rotation_deg) < 0.5);
}

TEST_CASE("the same pictures give the same registration for any number of threads", "[imaging][registration]") {
  const BoardPair pair = make_board_pair(small_pair(), 31);
  imaging::set_thread_count(1);
  const Registration one = registered(pair);
  imaging::set_thread_count(4);
  const Registration four = registered(pair);
  imaging::set_thread_count(0);
  CHECK(one.plane.sample_from_reference == four.plane.sample_from_reference);
  CHECK(one.plane.residual.shift_px == four.plane.residual.shift_px);
  CHECK(one.inliers == four.inliers);
}

TEST_CASE("another board is refused", "[imaging][registration]") {
  BoardPairSettings settings = small_pair();
  settings.sample_board = GENERATE(SampleBoard::other_design, SampleBoard::other_side);
  const std::uint64_t seed = GENERATE(32U, 33U, 34U);
  CAPTURE(seed);
  const Registration registration = registered(make_board_pair(settings, seed));
  CHECK_FALSE(registration.ok());
  CHECK_FALSE(registration.reason.empty());
}

TEST_CASE("a mirrored picture is refused", "[imaging][registration]") {
  const BoardPair pair = make_board_pair(small_pair(), 35);
  cv::Mat mirrored;
  cv::flip(pair.reference.pixels, mirrored, 1);
  const Registration registration = register_to_reference(pair.reference, board_image(mirrored), Modality::photo);
  CHECK_FALSE(registration.ok());
  CHECK_FALSE(registration.reason.empty());
}

TEST_CASE("pictures that show nothing are refused in words", "[imaging][registration]") {
  const BoardImage board = board_image(boarddiff::test::textured_picture({400, 300}, 1));
  const BoardImage blank = board_image(cv::Mat(300, 400, CV_8UC3, cv::Scalar::all(180)));
  const BoardImage small = board_image(boarddiff::test::textured_picture({200, 63}, 1));
  check_refused(register_to_reference(board, blank, Modality::photo), "sample picture shows too little detail");
  check_refused(register_to_reference(blank, board, Modality::photo), "reference picture shows too little detail");
  check_refused(register_to_reference(board, small, Modality::photo), "sample picture is too small: 200 x 63");
  check_refused(register_to_reference(small, board, Modality::photo), "reference picture is too small");
}

TEST_CASE("noise is refused", "[imaging][registration]") {
  cv::Mat3b noise(300, 400);
  imaging::Random random(1);
  for (cv::Vec3b& pixel : noise) {
    for (int c = 0; c < 3; ++c) {
      pixel[c] = static_cast<uchar>(random.integer(0, 255));
    }
  }
  const BoardImage board = board_image(boarddiff::test::textured_picture({400, 300}, 1));
  check_refused(register_to_reference(board, board_image(noise), Modality::photo), "too few common details");
  check_refused(register_to_reference(board_image(noise), board, Modality::photo), "too few common details");
}

TEST_CASE("what asks for too much is refused", "[imaging][registration]") {
  BoardPairSettings settings = small_pair();
  settings.tilt_deg = 25;
  const BoardPair pair = make_board_pair(settings, 23);
  RegistrationOptions strict;
  strict.max_tilt_deg = 10;
  check_refused(register_to_reference(pair.reference, pair.sample, Modality::photo, strict), "tilt");
  strict = {};
  strict.min_inliers = 100000;
  check_refused(register_to_reference(pair.reference, pair.sample, Modality::photo, strict), "too few common details");
}

TEST_CASE("every option of the registration outside its range is reported by name", "[imaging][registration]") {
  const RegistrationOptions wrong{.max_side_px = 10, .max_features = 1, .min_inliers = 3, .max_tilt_deg = 90};
  const auto found = problems(wrong);
  REQUIRE(found.size() == 4);
  CHECK(found[0].flag == "--registration.max-side-px");
  CHECK(found[1].flag == "--registration.max-features");
  CHECK(found[2].flag == "--registration.min-inliers");
  CHECK(found[3].flag == "--registration.max-tilt-deg");
  CHECK(problems(RegistrationOptions{}).empty());
}
