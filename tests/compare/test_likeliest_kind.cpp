// SPDX-License-Identifier: Apache-2.0
#include "compare/kind_signs.h"
#include "compare/likeliest_kind.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <set>

using namespace boarddiff::compare;
using boarddiff::imaging::Box;
using boarddiff::test::pair_of;
using boarddiff::test::with_body;

namespace {

const cv::Rect kPlace(80, 60, 40, 24);
const Box kBox{80, 60, 40, 24};

cv::Mat3f plain() { return cv::Mat3f({200, 160}, cv::Vec3f(0.12F, 0.35F, 0.15F)); }

double sign_of(std::string_view name, const cv::Mat3f& reference, const cv::Mat3f& sample,
               const std::optional<LayoutChangeKind>& change = {}) {
  const auto pair = pair_of(reference, sample);
  EvidenceRegion region{.box = kBox};
  region.appeared = 0.4;
  region.disappeared = 0.2;
  const KindSigns signs = kind_signs_of(region, find_changed_body(pair, kBox), {}, change, pair);
  const auto at = std::find(kKindSignNames.begin(), kKindSignNames.end(), name);
  REQUIRE(at != kKindSignNames.end());
  return signs[static_cast<int>(at - kKindSignNames.begin())];
}

// By the first sign alone: the more of it, the more a wire, the less, the more a missing part.
KindWeights by_first_sign() {
  KindWeights weights;
  weights.signs[0].mean = 5;
  weights.signs[0].deviation = 2;
  weights.signs[0].weights = {0, -1, 0, 0, 1, 0, 0};
  weights.bias = {0.5, 0, 0, 0, 0, 0, 0};
  return weights;
}

KindSigns with_first(double value) {
  KindSigns signs = KindSigns::Zero();
  signs[0] = value;
  return signs;
}

}  // namespace

TEST_CASE("signs of kinds have names, each its own", "[compare][likeliest_kind]") {
  CHECK(std::set(kKindSignNames.begin(), kKindSignNames.end()).size() == kKindSignNames.size());
}

TEST_CASE("the kind with the largest weighted sum of deviations is told", "[compare][likeliest_kind]") {
  CHECK(likeliest_kind(with_first(5), by_first_sign()) == FindingKind::extra_component);  // by its bias
  CHECK(likeliest_kind(with_first(5.9), by_first_sign()) == FindingKind::extra_component);
  CHECK(likeliest_kind(with_first(6.1), by_first_sign()) == FindingKind::extra_wire);
  CHECK(likeliest_kind(with_first(3.9), by_first_sign()) == FindingKind::missing_component);
}

TEST_CASE("far outside what it was fitted to a sign says no more", "[compare][likeliest_kind]") {
  CHECK(in_deviations(with_first(7), by_first_sign())[0] == Approx(1));
  CHECK(in_deviations(with_first(1e9), by_first_sign())[0] == in_deviations(with_first(1e6), by_first_sign())[0]);
  CHECK(in_deviations(with_first(-1e9), by_first_sign())[0] == in_deviations(with_first(-1e6), by_first_sign())[0]);
}

TEST_CASE("a wire is long for its width, whichever way it runs", "[compare][likeliest_kind]") {
  for (const cv::Point& end : {cv::Point(119, 83), {119, 60}}) {
    cv::Mat3f wire = plain();
    cv::line(wire, {80, 60}, end, cv::Scalar(0.7, 0.2, 0.1), 5);
    CHECK(sign_of("log of length over width", plain(), wire) > std::log(5));
    CHECK(sign_of("log of width", plain(), wire) == Approx(std::log(5)).margin(0.35));
  }
  CHECK(sign_of("log of length over width", plain(), with_body(plain(), kPlace)) < std::log(4));
}

TEST_CASE("a body stands out in the picture that shows it", "[compare][likeliest_kind]") {
  CHECK(sign_of("sample over reference contrast", plain(), with_body(plain(), kPlace)) > 1);
  CHECK(sign_of("sample over reference contrast", with_body(plain(), kPlace), plain()) < -1);
  CHECK(sign_of("appeared over disappeared", plain(), plain()) == Approx(std::log(0.42 / 0.22)));
}

TEST_CASE("what moved is alike once shifted, what was turned once turned", "[compare][likeliest_kind]") {
  const cv::Mat3f before = with_body(plain(), kPlace);
  CHECK(sign_of("alike", before, before) > 0.99);
  CHECK(sign_of("alike when shifted", before, before) == Approx(0).margin(0.01));
  CHECK(sign_of("alike when shifted", before, with_body(plain(), kPlace + cv::Point(10, 8))) > 0.3);
  cv::Mat3f marked = before.clone();
  marked(cv::Rect(90, 62, 8, 20)) = cv::Vec3f::all(0.9F);
  cv::Mat3f turned = before.clone();
  turned(cv::Rect(102, 62, 8, 20)) = cv::Vec3f::all(0.9F);
  CHECK(sign_of("alike when turned", marked, turned) > sign_of("alike when shifted", marked, turned) + 0.1);
}

TEST_CASE("the layouts have a say", "[compare][likeliest_kind]") {
  CHECK(sign_of("extra by layouts", plain(), plain(), LayoutChangeKind::extra) == 1);
  CHECK(sign_of("missing by layouts", plain(), plain(), LayoutChangeKind::extra) == 0);
  CHECK(sign_of("missing by layouts", plain(), plain(), LayoutChangeKind::missing) == 1);
}
