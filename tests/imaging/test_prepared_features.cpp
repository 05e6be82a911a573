// SPDX-License-Identifier: Apache-2.0
#include "imaging/feature_bytes.h"
#include "imaging/registration.h"
#include "tests/imaging/turned_view.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <cstddef>
#include <optional>

namespace imaging = boarddiff::imaging;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;
using boarddiff::test::TurnedView;
using boarddiff::test::view_of;
using imaging::BoardImage;
using imaging::Modality;
using imaging::register_to_reference;
using imaging::Registration;
using imaging::RegistrationOptions;

namespace {

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

Registration registered(const TurnedView& view, const std::optional<imaging::PreparedFeatures>& prepared,
                        const RegistrationOptions& options = {}) {
  return register_to_reference(imaging::PreparedReference(view.reference, Modality::photo, options, prepared),
                               view.sample);
}

}  // namespace

TEST_CASE("a prepared reference gives the same registration", "[imaging][prepared_features]") {
  const TurnedView view = view_of(10, 7);
  const imaging::PreparedReference prepared(view.reference, Modality::photo);
  const Registration once = register_to_reference(prepared, view.sample);
  const Registration direct = register_to_reference(view.reference, view.sample, Modality::photo);
  REQUIRE(once.ok());
  CHECK(once.plane.sample_from_reference == direct.plane.sample_from_reference);
}

TEST_CASE("features that come from a file give the same registration to the bit", "[imaging][prepared_features]") {
  const TurnedView view = view_of(10, 7);
  const auto prepared = imaging::prepare_features(view.reference, Modality::photo);
  REQUIRE(prepared);
  const auto read = imaging::features_in_bytes(imaging::feature_bytes(*prepared));
  REQUIRE(read);
  const Registration with = registered(view, read);
  REQUIRE(with.ok());
  check_same(with, register_to_reference(view.reference, view.sample, Modality::photo));
}

TEST_CASE("prepared features are not looked for again", "[imaging][prepared_features]") {
  const TurnedView view = view_of(10, 7);
  const Registration registration = registered(view, hollow_features(view.reference));
  CHECK_FALSE(registration.ok());
  CHECK_THAT(registration.reason, Catch::Contains("reference picture shows too little detail"));
}

TEST_CASE("features of another picture, or found in another way, are left aside", "[imaging][prepared_features]") {
  const TurnedView view = view_of(10, 7);
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

TEST_CASE("a picture that cannot be registered has no features to prepare", "[imaging][prepared_features]") {
  const BoardImage small = board_image(textured_picture({200, 63}, 1));
  CHECK_FALSE(imaging::prepare_features(small, Modality::photo));
  BoardImage transparent = board_image(textured_picture({200, 160}, 1));
  transparent.usable = cv::Mat1b(transparent.size(), uchar{0});
  CHECK_FALSE(imaging::prepare_features(transparent, Modality::photo));
}
