// SPDX-License-Identifier: Apache-2.0
#include "compare/hit_rule.h"
#include "compare/inspection.h"
#include "compare/region_score.h"
#include "compare/sensitivity.h"
#include "compare/sensitivity_counts.h"
#include "imaging/base/random.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <optional>

namespace compare = boarddiff::compare;
namespace imaging = boarddiff::imaging;
using compare::Comparison;
using compare::InspectionOptions;
using compare::Sensitivity;
using compare::SizeSensitivity;
using imaging::Box;

namespace {

constexpr double kPxPerMm = 12;
constexpr double kBoardShare = 0.93;  // of board_picture that no body covers

// A green board with traces and some dark bodies.
cv::Mat3f board_picture(double noise, std::uint64_t seed) {
  cv::Mat3f picture(800, 1000, cv::Vec3f(0.2F, 0.4F, 0.15F));
  for (int y = 20; y < picture.rows; y += 80) {
    picture(cv::Rect(0, y, picture.cols, 3)) = cv::Vec3f(0.25F, 0.5F, 0.2F);
    for (int x = 30 + y % 160; x + 40 < picture.cols; x += 200) {
      picture(cv::Rect(x, y + 20, 36, 30)) = cv::Vec3f(0.1F, 0.1F, 0.1F);
    }
  }
  cv::GaussianBlur(picture, picture, {}, 0.8);
  imaging::Random random(seed);
  for (cv::Vec3f& pixel : picture) {
    for (int c = 0; c < 3; ++c) {
      pixel[c] = std::max(0.0F, pixel[c] + static_cast<float>(noise * random.normal()));
    }
  }
  return picture;
}

Comparison compared(const cv::Mat& reference, const cv::Mat& sample) {
  Comparison result{.pair = boarddiff::test::pair_of(reference, sample)};
  result.board = cv::Mat1b(reference.size(), uchar{255});
  result.ignored = cv::Mat1b(reference.size(), uchar{0});
  result.evidence = compare::measure_evidence(result.pair, result.board);
  result.layouts.reference = compare::find_components(result.pair.reference, result.board);
  result.layouts.sample = compare::find_components(result.pair.sample, result.board);
  result.layouts.surface = compare::find_surface(result.pair.reference, result.board);
  result.layouts.changes = compare::diff_layouts(result.layouts.reference, result.layouts.sample);
  return result;
}

std::optional<Sensitivity> sensitivity_at(double noise, const InspectionOptions& options = {}) {
  const Comparison both = compared(board_picture(noise, 1), board_picture(noise, 2));
  return compare::measure_sensitivity(both, kPxPerMm, {}, 0.9, options);
}

int found_in(const Sensitivity& sensitivity) {
  int found = 0;
  for (const SizeSensitivity& size : sensitivity.sizes) {
    found += size.all().found;
  }
  return found;
}

}  // namespace

TEST_CASE("On a quiet pair large virtual parts are found and the smallest are not counted as found") {
  const auto sensitivity = sensitivity_at(0.005);
  REQUIRE(sensitivity);
  CHECK(sensitivity->in_mm);
  REQUIRE(sensitivity->sizes.size() == 6);
  CHECK(sensitivity->sizes.front().length < sensitivity->sizes.back().length);
  const compare::PlantedCount largest = sensitivity->sizes.back().all();
  CHECK(largest.planted > 3);
  CHECK(largest.found >= 0.8 * largest.planted);
  const compare::PlantedCount smallest = sensitivity->sizes.front().all();
  CHECK(smallest.found < 0.8 * smallest.planted);
}

TEST_CASE("Virtual parts are looked at as parts, too, where the scale is known") {
  Comparison both = compared(board_picture(0.005, 1), board_picture(0.005, 2));
  const imaging::BoardImage reference{.pixels = cv::Mat(8, 8, CV_8UC3), .pixels_per_mm = kPxPerMm};
  both.layouts.parts = compare::find_pair_parts(both.pair, reference);
  REQUIRE(both.layouts.parts.known());
  const auto sensitivity = compare::measure_sensitivity(both, kPxPerMm, {}, 0.9, {});
  REQUIRE(sensitivity);
  const compare::PlantedCount largest = sensitivity->sizes.back().all();
  CHECK(largest.planted > 3);
  CHECK(largest.found >= 0.6 * largest.planted);
}

TEST_CASE("Parts that were found are handed out with what they were found as, a few of each size") {
  const auto sensitivity = sensitivity_at(0.005);
  REQUIRE(sensitivity);
  REQUIRE(sensitivity->found.size() > 4);
  CHECK(sensitivity->found.size() <= 4 * sensitivity->sizes.size());
  CHECK(static_cast<int>(sensitivity->found.size()) <= found_in(*sensitivity));
  const double threshold = compare::score_at(InspectionOptions{}.finding.false_calls_per_board);
  for (const compare::FoundPart& part : sensitivity->found) {
    CHECK(compare::hits(part.finding.reference_box, imaging::outline_px(part.painted.part, part.painted.place)));
    CHECK(part.finding.score >= threshold);
    CHECK(part.finding.board_box_mm);
    CHECK_FALSE(part.finding.reason.empty());
    CHECK(part.length == part.painted.part.length_mm);
  }
}

TEST_CASE("Noise makes an inspection less sensitive") {
  const auto quiet = sensitivity_at(0.005);
  const auto noisy = sensitivity_at(0.12);
  REQUIRE(quiet);
  REQUIRE(noisy);
  CHECK(found_in(*noisy) < found_in(*quiet));
}

TEST_CASE("A looser threshold makes an inspection more sensitive") {
  InspectionOptions loose;
  loose.finding.false_calls_per_board = 20;
  CHECK(found_in(*sensitivity_at(0.01, loose)) > found_in(*sensitivity_at(0.01)));
}

TEST_CASE("What is stated as certain was found in 95 % of the places, and so was all that is larger") {
  int stated = 0;
  for (const double false_calls : {0.2, 50.0}) {
    InspectionOptions options;
    options.finding.false_calls_per_board = false_calls;
    const auto sensitivity = sensitivity_at(0.003, options);
    UNSCOPED_INFO(sentence_on(*sensitivity));
    REQUIRE(sensitivity);
    if (!sensitivity->smallest) {
      CHECK(sensitivity->share_of_board == 0);
      continue;
    }
    ++stated;
    int missed = 0;
    for (std::size_t i = *sensitivity->smallest; i < sensitivity->sizes.size(); ++i) {
      const compare::PlantedCount all = sensitivity->sizes[i].all();
      CHECK(all.found >= 0.95 * all.planted);
      missed += all.planted - all.found;
    }
    CHECK(sensitivity->missed.size() >= static_cast<std::size_t>(missed));
    CHECK(sensitivity->share_of_board <= 0.9 * kBoardShare + 0.02);
    CHECK(sensitivity->share_of_board >= 0.9 * kBoardShare * 0.95 - 0.02);
  }
  CHECK(stated > 0);
}

TEST_CASE("Without a scale sizes are in pixels of the reference") {
  Comparison both = compared(board_picture(0.005, 1), board_picture(0.005, 2));
  both.pair.scale = 0.5;
  const auto sensitivity = compare::measure_sensitivity(both, std::nullopt, {}, 0.9, {});
  REQUIRE(sensitivity);
  CHECK_FALSE(sensitivity->in_mm);
  CHECK(sensitivity->sizes.front().length == Approx(0.5 * 10 / 0.5));
  CHECK(sentence_on(*sensitivity).find(" 120 x 100 px") != std::string::npos);
}

TEST_CASE("No virtual part lies on what is a finding anyway") {
  const Comparison both = compared(board_picture(0.005, 1), board_picture(0.005, 2));
  const compare::Finding everywhere{.reference_box = {.x = 0, .y = 0, .width = 1000, .height = 800}};
  CHECK_FALSE(compare::measure_sensitivity(both, kPxPerMm, {everywhere}, 0.9, {}));
}

TEST_CASE("Sensitivity is left out on request") {
  InspectionOptions without;
  without.sensitivity.copies = 0;
  CHECK_FALSE(sensitivity_at(0.005, without));
}

TEST_CASE("Into X-rays go bodies by what is in them, and more noise hides more") {
  const auto at_noise = [](double deviation) {
    cv::Mat1f reference(600, 800, 0.5F);
    cv::Mat1f sample = reference.clone();
    cv::Mat1f noise(reference.size());
    cv::RNG random(4);
    for (cv::Mat1f* attenuation : {&reference, &sample}) {
      random.fill(noise, cv::RNG::NORMAL, 0, deviation);
      *attenuation += noise;
    }
    Comparison both{.pair = boarddiff::test::pair_of(reference, sample)};
    both.board = cv::Mat1b(reference.size(), uchar{255});
    both.ignored = cv::Mat1b(reference.size(), uchar{0});
    both.evidence = compare::measure_evidence(both.pair, both.board);
    const auto sensitivity = compare::measure_sensitivity(both, kPxPerMm, {}, 1, {});
    REQUIRE(sensitivity);
    return *sensitivity;
  };
  const auto found = [](const Sensitivity& sensitivity) {
    int sum = 0;
    for (const auto& size : sensitivity.sizes) sum += size.all().found;
    return sum;
  };
  const Sensitivity quiet = at_noise(0.005);
  CHECK(quiet.looks.at(0) == "silicon");
  CHECK(quiet.looks.at(2) == "frame");
  // A frame is found where silicon alone is.
  for (const auto& size : quiet.sizes) {
    CHECK(size.by_look[2].found * size.by_look[0].planted >= size.by_look[0].found * size.by_look[2].planted);
  }
  const Sensitivity noisy = at_noise(0.08);
  CHECK(found(noisy) < found(quiet));
}

TEST_CASE("The sentence states the smallest certain size, or that none is") {
  Sensitivity sensitivity{.in_mm = true, .sizes = {{.length = 1, .width = 0.5}, {.length = 3, .width = 3}}};
  sensitivity.sizes[0].by_look[0] = {.planted = 20, .found = 5};
  sensitivity.sizes[1].by_look[1] = {.planted = 20, .found = 19};
  CHECK(sentence_on(sensitivity).find("no size of virtual parts up to 3 x 3 mm") != std::string::npos);
  sensitivity.smallest = 1;
  CHECK(sentence_on(sensitivity)
            .find("parts of 3 x 3 mm and larger are found in 95 % of the places on the board itself (19 of 20)") !=
        std::string::npos);
  CHECK(sentence_on(sensitivity).find("On top") == std::string::npos);
  sensitivity.sizes[1].on_parts = {.planted = 9, .found = 2};
  CHECK(sentence_on(sensitivity).find("On top of other parts 2 of 9 were found.") != std::string::npos);
}

TEST_CASE("What is certain of one look alone is said where it is not of all") {
  Sensitivity sensitivity{.in_mm = true, .sizes = {{.length = 1, .width = 0.5}, {.length = 3, .width = 3}}};
  sensitivity.sizes[0].by_look = {{{.planted = 8, .found = 0}, {.planted = 8, .found = 4}, {.planted = 8, .found = 8}}};
  sensitivity.sizes[1].by_look = {
      {{.planted = 9, .found = 9}, {.planted = 12, .found = 12}, {.planted = 6, .found = 6}}};
  compare::set_smallest(sensitivity);
  CHECK(sensitivity.smallest == 1U);
  CHECK_FALSE(sensitivity.smallest_by_look[0]);  // certain, and of nine places alone
  CHECK(sensitivity.smallest_by_look[1] == 1U);
  CHECK(sensitivity.smallest_by_look[2] == 0U);

  sensitivity.sizes[1].by_look[0].found = 0;
  compare::set_smallest(sensitivity);
  CHECK_FALSE(sensitivity.smallest);
  CHECK(sentence_on(sensitivity)
            .find("In 95 % of the places: grey parts from 3 x 3 mm on (12 of 12); parts of the board's colour from "
                  "1 x 0.5 mm on (14 of 14).") != std::string::npos);
}

TEST_CASE("What lies on top of a part is counted apart") {
  cv::Mat3f picture = board_picture(0.005, 1);
  picture(cv::Rect(0, 400, 1000, 400)) = cv::Vec3f(0.45F, 0.45F, 0.45F);  // a heat sink over half of the board
  const Comparison both = compared(picture, picture);
  const auto sensitivity = compare::measure_sensitivity(both, kPxPerMm, {}, 0.9, {});
  REQUIRE(sensitivity);
  int on_parts = 0;
  int on_board = 0;
  for (const SizeSensitivity& size : sensitivity->sizes) {
    on_parts += size.on_parts.planted;
    on_board += size.all().planted;
  }
  CHECK(on_parts > 10);
  CHECK(on_board > 10);
}
