// SPDX-License-Identifier: Apache-2.0
#include "compare/look_signs.h"
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
               const std::optional<LayoutChange>& change = {}) {
  const auto pair = pair_of(reference, sample);
  EvidenceRegion region{.box = kBox};
  region.appeared = 0.4;
  region.disappeared = 0.2;
  const RegionView view{.body = find_changed_body(pair, kBox), .layout_change = change};
  const LookSigns signs = look_signs_of(region, view, {}, pair);
  const auto at = std::find(kLookSignNames.begin(), kLookSignNames.end(), name);
  REQUIRE(at != kLookSignNames.end());
  return signs[static_cast<int>(at - kLookSignNames.begin())];
}

}  // namespace

TEST_CASE("signs of looks have names, each its own", "[compare][look_signs]") {
  CHECK(std::set(kLookSignNames.begin(), kLookSignNames.end()).size() == kLookSignNames.size());
}

TEST_CASE("a wire is long for its width, whichever way it runs", "[compare][look_signs]") {
  for (const cv::Point& end : {cv::Point(119, 83), {119, 60}}) {
    cv::Mat3f wire = plain();
    cv::line(wire, {80, 60}, end, cv::Scalar(0.7, 0.2, 0.1), 5);
    CHECK(sign_of("log of length over width", plain(), wire) > std::log(5));
    CHECK(sign_of("log of width", plain(), wire) == Approx(std::log(5)).margin(0.35));
  }
  CHECK(sign_of("log of length over width", plain(), with_body(plain(), kPlace)) < std::log(4));
}

TEST_CASE("a body stands out in the picture that shows it", "[compare][look_signs]") {
  CHECK(sign_of("sample over reference contrast", plain(), with_body(plain(), kPlace)) > 1);
  CHECK(sign_of("sample over reference contrast", with_body(plain(), kPlace), plain()) < -1);
  CHECK(sign_of("appeared over disappeared", plain(), plain()) == Approx(std::log(0.42 / 0.22)));
}

TEST_CASE("what moved is alike once shifted, what was turned once turned", "[compare][look_signs]") {
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

TEST_CASE("the layouts have a say", "[compare][look_signs]") {
  const LayoutChange extra{LayoutChangeKind::extra, {}, kBox};
  const LayoutChange missing{LayoutChangeKind::missing, kBox, {}};
  CHECK(sign_of("extra by layouts", plain(), plain(), extra) == 1);
  CHECK(sign_of("missing by layouts", plain(), plain(), extra) == 0);
  CHECK(sign_of("missing by layouts", plain(), plain(), missing) == 1);
}
