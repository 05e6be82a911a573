// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"
#include "imaging/registration.h"
#include "tests/imaging/turned_view.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <string>

namespace imaging = boarddiff::imaging;
using boarddiff::test::board_image;
using boarddiff::test::TurnedView;
using boarddiff::test::view_of;
using imaging::BoardImage;
using imaging::Modality;
using imaging::Point;
using imaging::register_to_reference;
using imaging::Registration;
using imaging::RegistrationOptions;

namespace {

// The smaller angle between two directions.
double turn_between(double a_deg, double b_deg) { return std::abs(std::remainder(a_deg - b_deg, 360)); }

void check_refused(const Registration& registration, const std::string& word) {
  CHECK_FALSE(registration.ok());
  CHECK_THAT(registration.reason, Catch::Contains(word));
}

}  // namespace

TEST_CASE("a picture turned by any angle is registered", "[imaging][registration][long]") {
  const double angle_deg = GENERATE(0.0, 90.0, 180.0, -37.0);
  const TurnedView view = view_of(angle_deg, 3);
  const Registration registration = register_to_reference(view.reference, view.sample, Modality::photo);
  CAPTURE(angle_deg, registration.reason);
  REQUIRE(registration.ok());
  CHECK(registration.reason.empty());
  for (const Point& corner : imaging::corners({100, 100, 280, 160})) {
    // The turned picture is sampled in steps of 1/32 px and followed through two interpolations.
    CHECK((to_sample(registration.plane, corner) - imaging::apply(view.sample_from_reference, corner)).norm() < 0.15);
  }
  // The matrix turns clockwise as seen, the registration says counter-clockwise; the tilt turns and scales a little
  // too.
  CHECK(turn_between(registration.rotation_deg, -angle_deg) < 2);
  CHECK(registration.scale == Approx(1).margin(0.03));
  CHECK_FALSE(registration.mirrored);
}

TEST_CASE("the smallest pictures that are taken can be registered", "[imaging][registration]") {
  for (const int side : {80, 120}) {
    CAPTURE(side);
    const BoardImage picture = boarddiff::test::board_image(boarddiff::test::textured_picture({side, side}, 9));
    CHECK(register_to_reference(picture, picture, Modality::photo).ok());
  }
}

TEST_CASE("a picture registered with itself is the identity", "[imaging][registration]") {
  const BoardImage picture = view_of(0, 5).reference;
  const Registration registration = register_to_reference(picture, picture, Modality::photo);
  REQUIRE(registration.ok());
  for (const Point& corner : imaging::corners({0, 0, 479, 359})) {
    CHECK((to_sample(registration.plane, corner) - corner).norm() < 0.01);
  }
  CHECK(registration.overlap == Approx(1).margin(0.01));
  CHECK(registration.scale == Approx(1).margin(1e-4));
  CHECK(std::abs(registration.rotation_deg) < 0.01);
  CHECK(registration.tilt_deg < 1);            // the arc cosine turns 1e-4 of foreshortening into 0.8 degrees
  CHECK(registration.residual_p95_px < 0.03);  // the least squares of a place end at steps of 0.003 px
}

TEST_CASE("swapping the pictures gives the inverse map", "[imaging][registration]") {
  const TurnedView view = view_of(25, 6);
  const Registration forth = register_to_reference(view.reference, view.sample, Modality::photo);
  const Registration back = register_to_reference(view.sample, view.reference, Modality::photo);
  REQUIRE(forth.ok());
  REQUIRE(back.ok());
  for (const Point& corner : imaging::corners({60, 60, 360, 240})) {
    CHECK((to_sample(back.plane, to_sample(forth.plane, corner)) - corner).norm() < 0.2);  // two fits' errors
  }
  CHECK(forth.scale * back.scale == Approx(1).margin(0.005));
  CHECK(turn_between(forth.rotation_deg, -back.rotation_deg) < 0.5);
}

TEST_CASE("the same pictures give the same registration for any number of threads", "[imaging][registration]") {
  const TurnedView view = view_of(10, 7);
  imaging::set_thread_count(4);
  const Registration four = register_to_reference(view.reference, view.sample, Modality::photo);
  imaging::set_thread_count(1);
  const Registration one = register_to_reference(view.reference, view.sample, Modality::photo);
  imaging::set_thread_count(0);
  REQUIRE(four.ok());
  REQUIRE(one.ok());
  CHECK(one.plane.sample_from_reference == four.plane.sample_from_reference);
  CHECK(one.plane.residual.shift_px == four.plane.residual.shift_px);
  CHECK(one.inliers == four.inliers);
}

TEST_CASE("a mirrored scan is recognised and said", "[imaging][registration]") {
  const TurnedView view = view_of(25, 8);
  const int width = view.sample.size().width;
  cv::Mat mirrored;
  cv::flip(view.sample.pixels, mirrored, 1);
  const Registration registration = register_to_reference(view.reference, board_image(mirrored), Modality::photo);
  CAPTURE(registration.reason);
  REQUIRE(registration.ok());
  CHECK(registration.mirrored);
  REQUIRE_FALSE(registration.warnings.empty());
  CHECK_THAT(registration.warnings.front(), Catch::Contains("mirrored"));
  for (const Point& corner : imaging::corners({100, 100, 280, 160})) {
    Point expected = imaging::apply(view.sample_from_reference, corner);
    expected.x() = width - 1 - expected.x();
    CHECK((to_sample(registration.plane, corner) - expected).norm() < 0.15);
  }
}

TEST_CASE("pictures of nothing but a repeated pattern are not told apart", "[imaging][registration]") {
  const cv::Mat3b module = boarddiff::test::textured_picture({60, 60}, 12);
  cv::Mat3b field(600, 780);
  for (int y = 0; y < field.rows; y += 60) {
    for (int x = 0; x < field.cols; x += 60) {
      module.copyTo(field(cv::Rect(x, y, 60, 60)));
    }
  }
  const BoardImage left = board_image(field(cv::Rect(0, 0, 600, 600)).clone());
  const BoardImage right = board_image(field(cv::Rect(75, 0, 600, 600)).clone());
  const Registration registration = register_to_reference(left, right, Modality::photo);
  CHECK_FALSE(registration.ok());
  CHECK_FALSE(registration.reason.empty());
}

TEST_CASE("transparent and missing parts of a picture neither speak for a fit nor against it",
          "[imaging][registration]") {
  const BoardImage reference = board_image(boarddiff::test::textured_picture({600, 480}, 4));
  BoardImage sample = reference;
  sample.pixels = reference.pixels.clone();
  sample.usable = cv::Mat1b(reference.size(), uchar{255});
  const cv::Rect missing(0, 190, 600, 290);
  sample.pixels(missing).setTo(cv::Scalar::all(128));
  sample.usable(missing).setTo(0);
  const Registration registration = register_to_reference(reference, sample, Modality::photo);
  REQUIRE(registration.ok());
  CHECK(registration.overlap == Approx(190.0 / 480).margin(0.01));
  sample.usable = cv::Mat1b(reference.size(), uchar{0});
  check_refused(register_to_reference(reference, sample, Modality::photo), "sample picture has no pixel that shows");
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

TEST_CASE("a fit with fewer inliers than asked for is refused", "[imaging][registration]") {
  const TurnedView view = view_of(10, 9);
  RegistrationOptions strict;
  strict.min_inliers = 100000;
  check_refused(register_to_reference(view.reference, view.sample, Modality::photo, strict), "too few common details");
}

TEST_CASE("a fit that needs more tilt than allowed is refused", "[imaging][registration]") {
  TurnedView view = view_of(0, 9);
  cv::Mat narrow;  // half as wide: as if seen from 60 degrees
  cv::resize(view.reference.pixels, narrow, {240, 360}, 0, 0, cv::INTER_AREA);
  RegistrationOptions lenient;
  lenient.max_tilt_deg = 70;
  const Registration allowed = register_to_reference(view.reference, board_image(narrow), Modality::photo, lenient);
  CAPTURE(allowed.reason);
  REQUIRE(allowed.ok());
  CHECK(allowed.tilt_deg == Approx(60).margin(0.5));
  check_refused(register_to_reference(view.reference, board_image(narrow), Modality::photo), "tilt of 60");
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
