// SPDX-License-Identifier: Apache-2.0
#include "compare/pair_parts.h"
#include "compare/part_signs.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>

using boarddiff::compare::ChangedBody;
using boarddiff::compare::find_pair_parts;
using boarddiff::compare::kPartSignNames;
using boarddiff::compare::PairParts;
using boarddiff::compare::part_signs_of;
using boarddiff::compare::PartLikelihood;
using boarddiff::compare::with_altered;
using boarddiff::imaging::BoardImage;
using boarddiff::imaging::Box;
using boarddiff::imaging::NormalizedPair;
using boarddiff::test::pair_of;
using boarddiff::test::with_body;

namespace {

const cv::Rect kPlace(80, 60, 40, 24);
const Box kBox{80, 60, 40, 24};
const ChangedBody kBody{.box = kBox, .width_px = 24};

// Two pixels of the pair are one of the maps, whose likelihoods are `elsewhere` but for the part's place.
PartLikelihood likelihood(float at_place, float elsewhere = 0) {
  PartLikelihood result{.part = cv::Mat1f(80, 100, elsewhere)};
  result.part(cv::Rect(kPlace.x / 2, kPlace.y / 2, kPlace.width / 2, kPlace.height / 2)) = at_place;
  result.part_from_frame << 0.5, 0, -0.25, 0, 0.5, -0.25, 0, 0, 1;
  return result;
}

double sign_of(std::string_view name, const PairParts& parts, const ChangedBody& body = kBody) {
  const auto at = std::find(kPartSignNames.begin(), kPartSignNames.end(), name);
  REQUIRE(at != kPartSignNames.end());
  return part_signs_of(body, parts)[static_cast<int>(at - kPartSignNames.begin())];
}

BoardImage photo_with(const std::optional<double>& pixels_per_mm) {
  return {.pixels = cv::Mat(8, 8, CV_8UC3, cv::Scalar(60, 110, 30)), .pixels_per_mm = pixels_per_mm};
}

cv::Mat3f plain() { return cv::Mat3f({200, 160}, cv::Vec3f(0.12F, 0.35F, 0.15F)); }

}  // namespace

TEST_CASE("signs of parts have names, each its own", "[compare][part_signs]") {
  CHECK(std::set(kPartSignNames.begin(), kPartSignNames.end()).size() == kPartSignNames.size());
}

TEST_CASE("a part that appeared is seen in the sample alone", "[compare][part_signs]") {
  const PairParts parts{.pixels_per_mm = 8, .reference = likelihood(0.25F, 0.125F), .sample = likelihood(1, 0.125F)};
  CHECK(sign_of("reference part", parts) == Approx(0.25));
  CHECK(sign_of("sample part", parts) == Approx(1));
  CHECK(sign_of("reference part around", parts) == Approx(0.125));
  CHECK(sign_of("sample part around", parts) == Approx(0.125));
  CHECK(sign_of("part appeared, most", parts) == Approx(0.75));
  CHECK(sign_of("part disappeared, most", parts) == Approx(-0.75));
  CHECK(sign_of("log of width in mm", parts) == Approx(std::log(3)));
}

TEST_CASE("of a large difference the place that tells most counts", "[compare][part_signs]") {
  PairParts parts{.pixels_per_mm = 8, .reference = likelihood(1), .sample = likelihood(1)};
  parts.sample.part(cv::Rect(42, 32, 6, 6)) = 0;
  CHECK(sign_of("part disappeared, most", parts) == Approx(1));
  CHECK(sign_of("part appeared, most", parts) == Approx(0).margin(1e-6));
  CHECK(sign_of("sample part", parts) == Approx(1 - 36.0 / 240));
}

TEST_CASE("without a scale, or outside the pictures, nothing is known of parts", "[compare][part_signs]") {
  const PairParts known{.pixels_per_mm = 8, .reference = likelihood(1), .sample = likelihood(1)};
  CHECK(part_signs_of(kBody, {}).isZero());
  CHECK_FALSE(part_signs_of(kBody, known).isZero());
  CHECK(part_signs_of({.box = {500, 60, 40, 24}, .width_px = 24}, known).isZero());
  // A body as large as the picture has no surroundings.
  CHECK(part_signs_of({.box = {0, 0, 200, 160}, .width_px = 160}, known).allFinite());
}

TEST_CASE("the pictures of a pair are looked at where their scale allows it", "[compare][pair_parts]") {
  NormalizedPair pair = pair_of(plain(), with_body(plain(), kPlace));
  CHECK_FALSE(find_pair_parts(pair, photo_with({})).known());
  CHECK_FALSE(find_pair_parts(pair, photo_with(6.9)).known());
  const PairParts parts = find_pair_parts(pair, photo_with(20));
  REQUIRE(parts.known());
  CHECK(parts.pixels_per_mm == 20);
  CHECK(parts.reference.part.size() == parts.sample.part.size());
  CHECK(parts.reference.part.cols == 140);  // at 14 pixels a millimetre
  pair.scale = 0.5;
  CHECK(find_pair_parts(pair, photo_with(20)).pixels_per_mm == 10);
  pair.scale = 0.25;
  CHECK_FALSE(find_pair_parts(pair, photo_with(20)).known());
}

TEST_CASE("parts are not looked for in X-rays", "[compare][pair_parts]") {
  const cv::Mat1f attenuation(160, 200, 0.5F);
  CHECK_FALSE(find_pair_parts(pair_of(attenuation, attenuation), photo_with(20)).known());
}

TEST_CASE("dark pictures of 16 bits are looked at as a screen shows them", "[compare][pair_parts]") {
  // A sixteenth of the light, as 12 bits in the lower bits of 16.
  const cv::Mat3f dark(with_body(plain(), kPlace) / 16);
  BoardImage reference = photo_with(12);
  dark.convertTo(reference.pixels, CV_16U, 65535);
  const PairParts parts = find_pair_parts(pair_of(dark, dark), reference);
  CHECK(parts.shown.black > 0);
  CHECK(parts.shown.white < 0.1);
  CHECK(find_pair_parts(pair_of(plain(), plain()), photo_with(12)).shown.white == 1);
}

TEST_CASE("an altered sample is looked at where it was altered, and only there", "[compare][pair_parts]") {
  const PairParts before = find_pair_parts(pair_of(plain(), plain()), photo_with(12));
  CHECK(cv::norm(before.reference.part, before.sample.part, cv::NORM_INF) == 0);
  const cv::Mat3f altered = with_body(plain(), kPlace);
  const PairParts after = with_altered(before, altered, {kBox});
  const PairParts whole = find_pair_parts(pair_of(plain(), altered), photo_with(12));
  CHECK(cv::norm(after.reference.part, before.reference.part, cv::NORM_INF) == 0);
  CHECK(cv::norm(after.sample.part, before.sample.part, cv::NORM_INF) > 0.1);
  CHECK(cv::norm(after.sample.part(kPlace), whole.sample.part(kPlace), cv::NORM_INF) < 0.05);
  const PairParts elsewhere = with_altered(before, altered, {{0, 0, 4, 4}, {900, 900, 4, 4}});
  CHECK(cv::norm(elsewhere.sample.part(kPlace), before.sample.part(kPlace), cv::NORM_INF) == 0);
  CHECK_FALSE(with_altered({}, plain(), {kBox}).known());
}
