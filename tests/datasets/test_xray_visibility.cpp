// SPDX-License-Identifier: Apache-2.0
#include "datasets/board_pair.h"
#include "datasets/xray_visibility.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::visibility_of;
using datasets::XraySettings;

namespace {

const imaging::Polygon kOutline = {{20, 20}, {49, 20}, {49, 39}, {20, 39}};

XraySettings settings() {
  XraySettings xray;
  xray.camera.noise = 0.01;
  xray.electronic_noise = 0;
  return xray;
}

cv::Mat1f darkened(double times, const cv::Rect& where) {
  cv::Mat1f level(80, 100, 0.5F);
  level(where) *= times;
  return level;
}

}  // namespace

TEST_CASE("visibility is contrast over noise, and how many pixels have it", "[datasets][xray_visibility]") {
  const cv::Mat1f before(80, 100, 0.5F);
  const auto seen = visibility_of(kOutline, before, darkened(0.8, {20, 20, 30, 20}), settings());
  // Photons alone: the deviation of a level is the noise times its root.
  const double noise = 0.01 * std::sqrt(0.4) / 0.4;
  CHECK(seen.contrast_to_noise == Approx(std::log(1 / 0.8) / noise).epsilon(0.01));
  CHECK(seen.changed_px == Approx(600));
  CHECK(seen.against_noise() == Approx(seen.contrast_to_noise * std::sqrt(600.0)).epsilon(0.01));
}

TEST_CASE("of a part only what shows counts", "[datasets][xray_visibility]") {
  const cv::Mat1f before(80, 100, 0.5F);
  CHECK(visibility_of(kOutline, before, darkened(0.8, {20, 20, 10, 20}), settings()).changed_px == Approx(200));
  CHECK(visibility_of(kOutline, before, darkened(0.8, {60, 60, 10, 10}), settings()).changed_px == 0);
  CHECK(visibility_of({}, before, before, settings()).against_noise() == 0);
}

TEST_CASE("more noise hides more", "[datasets][xray_visibility]") {
  const cv::Mat1f before(80, 100, 0.5F);
  const cv::Mat1f after = darkened(0.8, {20, 20, 30, 20});
  XraySettings noisy = settings();
  noisy.exposure = 0.25;
  CHECK(visibility_of(kOutline, before, after, noisy).contrast_to_noise ==
        Approx(visibility_of(kOutline, before, after, settings()).contrast_to_noise / 2));
}

TEST_CASE("the truth of an X-ray says how visible each change is", "[datasets][xray_visibility]") {
  datasets::BoardPairSettings pair_settings;
  pair_settings.modality = imaging::Modality::xray;
  pair_settings.megapixels = 0.5;
  pair_settings.changes = datasets::parse_changes("extra:soic8,extra:bare_die@under-part,cut-trace,other-die", 3);
  const datasets::BoardPair pair = make_board_pair(pair_settings, 3);
  REQUIRE(pair.changes.size() == 4);
  for (const datasets::TrueChange& change : pair.changes) {
    CAPTURE(change.id);
    REQUIRE(change.visibility);
    CHECK(change.visibility->against_noise() > 1);
  }
  const auto seen = [&](std::size_t i) { return pair.changes[i].visibility->against_noise(); };
  CHECK(seen(0) > 10 * seen(2));  // a chip, and a cut of a trace
}
