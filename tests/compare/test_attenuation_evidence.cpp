// SPDX-License-Identifier: Apache-2.0
#include "compare/attenuation_evidence.h"
#include "compare/attenuation_region.h"
#include "compare/xray_noise.h"
#include "compare/xray_signs.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <set>

using namespace boarddiff::compare;
using boarddiff::test::pair_of;

namespace {

const cv::Size kSize(400, 300);
const cv::Rect kPlace(180, 130, 40, 24);

cv::Mat1f noise(int seed, double deviation = 0.01) {
  cv::Mat1f result(kSize);
  cv::RNG(static_cast<std::uint64_t>(seed)).fill(result, cv::RNG::NORMAL, 0, deviation);
  return result;
}

// Laminate with rows of pads, `aside` pixels from where they are on the plane: what is high moves under a tilted beam.
cv::Mat1f board(double aside = 0) {
  cv::Mat1f attenuation(kSize, 0.3F);
  for (int row = 0; row < 8; ++row) {
    for (int column = 0; column < 12; ++column) {
      attenuation(cv::Rect(12 + 32 * column, 14 + 36 * row, 14, 9)) = 0.8F;
    }
  }
  cv::GaussianBlur(attenuation, attenuation, {}, 1);
  const cv::Matx23d shift(1, 0, aside, 0, 1, 0);
  cv::warpAffine(attenuation, attenuation, shift, kSize, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return attenuation;
}

cv::Mat1f with_insert(cv::Mat1f attenuation, double strength, const cv::Rect& where = kPlace) {
  attenuation(where) += strength;
  return attenuation;
}

AttenuationEvidence measured(const cv::Mat1f& reference, const cv::Mat1f& sample) {
  return measure_attenuation_evidence(pair_of(reference, sample), cv::Mat1b(kSize, uchar{255}));
}

cv::Rect inner(const cv::Rect& rect) { return {rect.x + 6, rect.y + 6, rect.width - 12, rect.height - 12}; }

double most(const cv::Mat1f& map) {
  double value = 0;
  cv::minMaxLoc(map, nullptr, &value);
  return value;
}

const AttenuationRegion& highest(const std::vector<AttenuationRegion>& regions) {
  REQUIRE_FALSE(regions.empty());
  return *std::max_element(regions.begin(), regions.end(),
                           [](const auto& a, const auto& b) { return a.peak < b.peak; });
}

int index_of(std::string_view name) {
  const auto at = std::find(kXraySignNames.begin(), kXraySignNames.end(), name);
  REQUIRE(at != kXraySignNames.end());
  return static_cast<int>(at - kXraySignNames.begin());
}

}  // namespace

TEST_CASE("what was added is unexplained by as much as it absorbs", "[compare][attenuation_evidence]") {
  const AttenuationEvidence evidence =
      measured(cv::Mat1f(board() + noise(1)), with_insert(cv::Mat1f(board() + noise(2)), 0.2));
  for (const cv::Mat1f& added : evidence.added) {
    CHECK(cv::mean(added(inner(kPlace)))[0] == Approx(0.2).margin(0.03));
  }
  CHECK(cv::mean(evidence.removed[0](inner(kPlace)))[0] < 0.01);
}

TEST_CASE("swapping the pictures turns what was added into what was removed", "[compare][attenuation_evidence]") {
  const cv::Mat1f plain(board() + noise(1));
  const cv::Mat1f more = with_insert(cv::Mat1f(board() + noise(2)), 0.2);
  const AttenuationEvidence come = measured(plain, more);
  const AttenuationEvidence gone = measured(more, plain);
  CHECK(cv::norm(come.added[0], gone.removed[0], cv::NORM_INF) < 1e-6);
  CHECK(cv::norm(come.removed[1], gone.added[1], cv::NORM_INF) < 1e-6);
}

TEST_CASE("parts that the beam lays elsewhere explain each other", "[compare][attenuation_evidence]") {
  // A pixel and a half, on a board of pads that are ten deviations high.
  const AttenuationEvidence evidence = measured(cv::Mat1f(board() + noise(1)), cv::Mat1f(board(1.5) + noise(2)));
  const cv::Mat1f raw(cv::abs(evidence.sample - evidence.reference));
  REQUIRE(most(raw) > 0.15);
  const cv::Rect middle(40, 40, 320, 220);
  CHECK(most(evidence.added[1](middle)) < 0.05);
  CHECK(most(evidence.removed[1](middle)) < 0.05);
}

TEST_CASE("nothing is said where nothing was inspected", "[compare][attenuation_evidence]") {
  cv::Mat1b shown(kSize, uchar{255});
  shown(cv::Rect(100, 0, 200, 300)) = 0;
  const AttenuationEvidence evidence = measure_attenuation_evidence(pair_of(board(), with_insert(board(), 0.4)), shown);
  CHECK(most(evidence.added[0](kPlace)) == 0);
  CHECK(cv::countNonZero(evidence.inspected(kPlace)) == 0);
}

TEST_CASE("on dense ground more is put down to two good units", "[compare][attenuation_evidence]") {
  const AttenuationEvidence evidence = measured(cv::Mat1f(board() + noise(1)), cv::Mat1f(board() + noise(2)));
  const float on_pad = evidence.deviation(18, 18);
  const float beside = evidence.deviation(35, 40);
  CHECK(on_pad > 1.5 * beside);
}

TEST_CASE("noise is measured where it is, by how much gets through", "[compare][xray_noise]") {
  cv::Mat1f attenuation(cv::Size(800, 600), 0.2F);
  attenuation(cv::Rect(400, 0, 400, 600)) = 1.5F;
  cv::Mat1f grain(attenuation.size());
  cv::RNG(7).fill(grain, cv::RNG::NORMAL, 0, 1);
  grain(cv::Rect(0, 0, 400, 600)) *= 0.01;
  grain(cv::Rect(400, 0, 400, 600)) *= 0.05;
  const cv::Mat1f found = noise_of(cv::Mat1f(attenuation + grain));
  CHECK(found(300, 200) == Approx(0.01).epsilon(0.25));
  CHECK(found(300, 600) == Approx(0.05).epsilon(0.25));
}

TEST_CASE("structure is no noise", "[compare][xray_noise]") {
  const cv::Mat1f found = noise_of(cv::Mat1f(board() + noise(1)));
  CHECK(found(35, 40) == Approx(0.01).epsilon(0.4));
}

TEST_CASE("a picture of one level has its own noise or none", "[compare][xray_noise]") {
  CHECK(noise_of(cv::Mat1f(40, 50, 0.4F))(20, 20) == Approx(0).margin(1e-6));
}

TEST_CASE("the region of an insert has its box, and its sense", "[compare][attenuation_region]") {
  const cv::Mat1f plain(board() + noise(1));
  const cv::Mat1f more = with_insert(cv::Mat1f(board() + noise(2)), 0.2);
  const AttenuationRegion come = highest(find_attenuation_regions(measured(plain, more), 100));
  CHECK_FALSE(come.removed);
  CHECK(come.peak > 5);
  CHECK(come.box.x == Approx(kPlace.x).margin(3));
  CHECK(come.box.y == Approx(kPlace.y).margin(3));
  CHECK(come.box.width == Approx(kPlace.width).margin(5));
  CHECK(come.box.height == Approx(kPlace.height).margin(5));
  CHECK(highest(find_attenuation_regions(measured(more, plain), 100)).removed);
}

TEST_CASE("of many regions the highest are kept", "[compare][attenuation_region]") {
  cv::Mat1f sample(board() + noise(2));
  for (int i = 0; i < 5; ++i) sample = with_insert(sample, 0.1 + 0.05 * i, {40 + 64 * i, 140, 20, 12});
  const AttenuationEvidence evidence = measured(cv::Mat1f(board() + noise(1)), sample);
  const auto all = find_attenuation_regions(evidence, 100);
  const auto two = find_attenuation_regions(evidence, 2);
  CHECK(all.size() >= 5);
  CHECK(std::count_if(two.begin(), two.end(),
                      [](const AttenuationRegion& one) { return !one.removed && !one.is_group; }) == 2);
  CHECK(two.front().peak == all.front().peak);
  CHECK(two.front().box.x > 280);
}

TEST_CASE("pieces of one thing are also taken together, and what is far or weak is not",
          "[compare][attenuation_region]") {
  cv::Mat1f sample(board() + noise(2));
  for (const int x : {100, 118}) sample = with_insert(sample, 0.4, {x, 140, 12, 14});  // two ends, 6 px apart
  sample = with_insert(sample, 0.4, {200, 140, 12, 14});
  const auto regions = find_attenuation_regions(measured(cv::Mat1f(board() + noise(1)), sample), 100);
  const auto group = std::find_if(regions.begin(), regions.end(), [](const AttenuationRegion& one) {
    return one.is_group && one.box.x < 110 && one.box.x + one.box.width > 120;
  });
  REQUIRE(group != regions.end());
  CHECK(group->box.x == Approx(100).margin(3));
  CHECK(group->box.width == Approx(30).margin(5));
  int pieces = 0;
  for (const AttenuationRegion& region : regions) {
    if (region.thing != group->thing || region.is_group) continue;
    ++pieces;
    CHECK(region.whole.width == group->box.width);
    CHECK(region.box.width < 20);
    CHECK(group->peak >= region.peak);
  }
  CHECK(pieces == 2);
  const auto apart = std::find_if(regions.begin(), regions.end(), [](const AttenuationRegion& one) {
    return std::abs(one.box.x - 200) < 4 && one.box.width < 20;
  });
  REQUIRE(apart != regions.end());
  CHECK(apart->thing != group->thing);
  CHECK(apart->whole.width == apart->box.width);
}

TEST_CASE("signs of X-rays have names of their own, and say what was measured", "[compare][xray_signs]") {
  CHECK(std::set(kXraySignNames.begin(), kXraySignNames.end()).size() == kXraySignNames.size());
  const AttenuationEvidence evidence =
      measured(cv::Mat1f(board() + noise(1)), with_insert(cv::Mat1f(board() + noise(2)), 0.2));
  const XraySigns signs = xray_signs_of(highest(find_attenuation_regions(evidence, 100)), evidence);
  CHECK(signs.allFinite());
  CHECK(std::exp(signs[index_of("log of unexplained")]) == Approx(0.2).margin(0.04));
  CHECK(signs[index_of("difference")] == Approx(0.2).margin(0.06));
  CHECK(std::exp(signs[index_of("log of pixels")]) == Approx(kPlace.area()).epsilon(0.3));
  CHECK(std::exp(signs[index_of("log of length")]) == Approx(kPlace.width).epsilon(0.2));
  CHECK(signs[index_of("share of its rectangle")] > 0.8);
  CHECK(signs[index_of("removed")] == 0);
}

TEST_CASE("a region at the picture's end has signs all the same", "[compare][xray_signs]") {
  AttenuationEvidence evidence = measured(board(), board());
  AttenuationRegion region{.box = {0, 0, 3, 2}, .peak = 2};
  for (int x = 0; x < 3; ++x) {
    for (int y = 0; y < 2; ++y) region.pixels.emplace_back(x, y);
  }
  CHECK(xray_signs_of(region, evidence).allFinite());
}

TEST_CASE("what one of several boards explains is explained", "[compare][attenuation_evidence]") {
  const cv::Mat1f sample = with_insert(cv::Mat1f(board() + noise(3)), 0.2);
  const AttenuationEvidence plain = measured(cv::Mat1f(board() + noise(1)), sample);
  const AttenuationEvidence same = measured(with_insert(cv::Mat1f(board() + noise(2)), 0.2), sample);
  for (const AttenuationEvidence& joined : {best_explained({plain, same}), best_explained({same, plain})}) {
    CHECK(cv::mean(joined.added[0](inner(kPlace)))[0] < 0.02);
    CHECK(std::abs(cv::mean(joined.difference(inner(kPlace)))[0]) < 0.03);
  }
  REQUIRE(cv::mean(plain.added[0](inner(kPlace)))[0] > 0.15);
}

TEST_CASE("where only one board could be compared, that one decides", "[compare][attenuation_evidence]") {
  const cv::Mat1f sample = with_insert(cv::Mat1f(board() + noise(3)), 0.2);
  const AttenuationEvidence whole = measured(cv::Mat1f(board() + noise(1)), sample);
  cv::Mat1b shown(kSize, uchar{255});
  shown(cv::Rect(150, 100, 120, 90)) = 0;
  const AttenuationEvidence part = measure_attenuation_evidence(pair_of(cv::Mat1f(board() + noise(2)), sample), shown);
  for (const AttenuationEvidence& joined : {best_explained({whole, part}), best_explained({part, whole})}) {
    CHECK(cv::mean(joined.added[0](inner(kPlace)))[0] > 0.15);
    CHECK(cv::countNonZero(joined.inspected(kPlace)) == kPlace.area());
  }
}
