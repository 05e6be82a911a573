// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"
#include "imaging/feature_bytes.h"
#include "imaging/registration.h"
#include "tests/support/textured_picture.h"

#include <Eigen/LU>
#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <numbers>
#include <optional>
#include <string>

namespace imaging = boarddiff::imaging;
using boarddiff::test::board_image;
using imaging::BoardImage;
using imaging::Modality;
using imaging::Point;
using imaging::register_to_reference;
using imaging::Registration;
using imaging::RegistrationOptions;

namespace {

// The smaller angle between two directions.
double turn_between(double a_deg, double b_deg) { return std::abs(std::remainder(a_deg - b_deg, 360)); }

// A plane picture and the same turned about its middle and slightly tilted: the truth to a fraction of a pixel.
struct View {
  BoardImage reference = {};
  BoardImage sample = {};
  Eigen::Matrix3d sample_from_reference = Eigen::Matrix3d::Identity();
};

View view_of(double angle_deg, std::uint64_t seed) {
  const cv::Mat3b picture = boarddiff::test::textured_picture({480, 360}, seed);
  const double angle = angle_deg * std::numbers::pi / 180;
  Eigen::Matrix3d to_middle = Eigen::Matrix3d::Identity();
  to_middle.col(2) << -240, -180, 1;
  Eigen::Matrix3d turn;
  turn << std::cos(angle), -std::sin(angle), 300, std::sin(angle), std::cos(angle), 300, 1e-4, 5e-5, 1;
  View view;
  view.sample_from_reference = turn * to_middle;
  cv::Mat1d matrix(3, 3);
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      matrix(row, column) = view.sample_from_reference(row, column);
    }
  }
  cv::Mat turned;
  cv::warpPerspective(picture, turned, matrix, cv::Size(600, 600), cv::INTER_CUBIC, cv::BORDER_CONSTANT,
                      cv::Scalar::all(200));
  view.reference = board_image(picture);
  view.sample = board_image(turned);
  return view;
}

void check_refused(const Registration& registration, const std::string& word) {
  CHECK_FALSE(registration.ok());
  CHECK_THAT(registration.reason, Catch::Contains(word));
}

bool same(const imaging::RadialLens& a, const imaging::RadialLens& b) {
  return a.centre_px == b.centre_px && a.half_diagonal_px == b.half_diagonal_px && a.k == b.k;
}

void check_same(const imaging::PlaneMap& a, const imaging::PlaneMap& b) {
  CHECK(same(a.reference_lens, b.reference_lens));
  CHECK(a.sample_from_reference == b.sample_from_reference);
  CHECK(same(a.sample_lens, b.sample_lens));
  CHECK(a.residual.origin_in_reference == b.residual.origin_in_reference);
  CHECK(a.residual.half_side_px == b.residual.half_side_px);
  CHECK(a.residual.shift_px == b.residual.shift_px);
}

void check_same(const imaging::FitSigns& a, const imaging::FitSigns& b) {
  CHECK(a.places == b.places);
  CHECK(a.confirmed == b.confirmed);
  CHECK(a.by_chance == b.by_chance);
  CHECK(a.squares == b.squares);
  CHECK(a.agreeing == b.agreeing);
  CHECK(a.on_board == b.on_board);
  CHECK(a.stability == b.stability);
  CHECK(a.residual == b.residual);
}

// To the bit, in every field.
void check_same(const Registration& a, const Registration& b) {
  CHECK(a.status == b.status);
  CHECK(a.reason == b.reason);
  CHECK(a.warnings == b.warnings);
  CHECK(a.confidence == b.confidence);
  check_same(a.plane, b.plane);
  CHECK(a.parallax.known == b.parallax.known);
  CHECK(a.parallax.epipole_in_sample == b.parallax.epipole_in_sample);
  CHECK(a.parallax.upward_known == b.parallax.upward_known);
  REQUIRE(a.heights.size() == b.heights.size());
  for (std::size_t i = 0; i < a.heights.size(); ++i) {
    CHECK(a.heights[i].reference == b.heights[i].reference);
    CHECK(a.heights[i].displacement_px == b.heights[i].displacement_px);
    CHECK(a.heights[i].deviation_px == b.heights[i].deviation_px);
    CHECK(a.heights[i].on_board == b.heights[i].on_board);
  }
  CHECK(a.inliers == b.inliers);
  CHECK(a.residual_median_px == b.residual_median_px);
  CHECK(a.residual_p95_px == b.residual_p95_px);
  check_same(a.signs, b.signs);
  CHECK(a.stability_px == b.stability_px);
  CHECK(a.overlap == b.overlap);
  CHECK(a.rotation_deg == b.rotation_deg);
  CHECK(a.scale == b.scale);
  CHECK(a.tilt_deg == b.tilt_deg);
  CHECK(a.mirrored == b.mirrored);
}

// Features with the origin of the picture's own, but none: a registration that takes them sees too little detail.
imaging::PreparedFeatures hollow_features(const BoardImage& picture) {
  std::optional<imaging::PreparedFeatures> prepared = imaging::prepare_features(picture, Modality::photo);
  REQUIRE(prepared);
  REQUIRE(prepared->features.points.size() > 100);
  prepared->features = {};
  return *prepared;
}

Registration registered(const View& view, const std::optional<imaging::PreparedFeatures>& prepared,
                        const RegistrationOptions& options = {}) {
  return register_to_reference(imaging::PreparedReference(view.reference, Modality::photo, options, prepared),
                               view.sample);
}

}  // namespace

TEST_CASE("a picture turned by any angle is registered", "[imaging][registration][long]") {
  const double angle_deg = GENERATE(0.0, 90.0, 180.0, -37.0);
  const View view = view_of(angle_deg, 3);
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
  const View view = view_of(25, 6);
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
  const View view = view_of(10, 7);
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
  const View view = view_of(25, 8);
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

TEST_CASE("a prepared reference gives the same registration", "[imaging][registration]") {
  const View view = view_of(10, 7);
  const imaging::PreparedReference prepared(view.reference, Modality::photo);
  const Registration once = register_to_reference(prepared, view.sample);
  const Registration direct = register_to_reference(view.reference, view.sample, Modality::photo);
  REQUIRE(once.ok());
  CHECK(once.plane.sample_from_reference == direct.plane.sample_from_reference);
}

TEST_CASE("features that come from a file give the same registration to the bit", "[imaging][registration]") {
  const View view = view_of(10, 7);
  const auto prepared = imaging::prepare_features(view.reference, Modality::photo);
  REQUIRE(prepared);
  const auto read = imaging::features_in_bytes(imaging::feature_bytes(*prepared));
  REQUIRE(read);
  const Registration with = registered(view, read);
  REQUIRE(with.ok());
  check_same(with, register_to_reference(view.reference, view.sample, Modality::photo));
}

TEST_CASE("prepared features are not looked for again", "[imaging][registration]") {
  const View view = view_of(10, 7);
  check_refused(registered(view, hollow_features(view.reference)), "reference picture shows too little detail");
}

TEST_CASE("features of another picture, or found in another way, are left aside", "[imaging][registration]") {
  const View view = view_of(10, 7);
  const imaging::PreparedFeatures hollow = hollow_features(view.reference);
  RegistrationOptions fewer;
  fewer.max_features = 4000;
  CHECK(registered(view, hollow, fewer).ok());
  RegistrationOptions smaller;
  smaller.max_side_px = 1500;
  CHECK(registered(view, hollow, smaller).ok());
  CHECK(registered(view, hollow_features(view_of(10, 8).reference)).ok());
  imaging::PreparedFeatures other = hollow;
  other.origin.method += ", better";
  CHECK(registered(view, other).ok());
  other = hollow;
  other.origin.size.width += 1;
  CHECK(registered(view, other).ok());
  other = hollow;
  other.origin.modality = Modality::xray;
  CHECK(registered(view, other).ok());
  // What does not change the features does not put them aside.
  RegistrationOptions seeded;
  seeded.seed = 7;
  CHECK_FALSE(registered(view, hollow, seeded).ok());
}

TEST_CASE("a picture that cannot be registered has no features to prepare", "[imaging][registration]") {
  const BoardImage small = board_image(boarddiff::test::textured_picture({200, 63}, 1));
  CHECK_FALSE(imaging::prepare_features(small, Modality::photo));
  BoardImage transparent = board_image(boarddiff::test::textured_picture({200, 160}, 1));
  transparent.usable = cv::Mat1b(transparent.size(), uchar{0});
  CHECK_FALSE(imaging::prepare_features(transparent, Modality::photo));
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
  const View view = view_of(10, 9);
  RegistrationOptions strict;
  strict.min_inliers = 100000;
  check_refused(register_to_reference(view.reference, view.sample, Modality::photo, strict), "too few common details");
}

TEST_CASE("a fit that needs more tilt than allowed is refused", "[imaging][registration]") {
  View view = view_of(0, 9);
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
