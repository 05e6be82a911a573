// SPDX-License-Identifier: Apache-2.0
#include "compare/evidence.h"
#include "tests/support/small_pair.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

using boarddiff::compare::Evidence;
using boarddiff::compare::EvidenceOptions;
using boarddiff::compare::measure_evidence;
using boarddiff::imaging::NormalizedPair;
using boarddiff::test::pair_of;
using boarddiff::test::textured_light;
using boarddiff::test::with_body;

namespace {

const cv::Size kSize(480, 360);
const cv::Rect kPlace(240, 160, 40, 24);

cv::Mat1b whole_board() { return {kSize, uchar{255}}; }

Evidence measured(const cv::Mat& reference, const cv::Mat& sample) {
  return measure_evidence(pair_of(reference, sample), whole_board());
}

// A board: mask with some strokes, less busy than the textured pictures, with sensor noise of its own.
cv::Mat3f quiet_board(std::uint64_t noise_seed) {
  cv::Mat3f board(textured_light(kSize, 1) * 0.25);
  cv::add(board, cv::Scalar(0.1, 0.25, 0.1), board);
  cv::Mat3f noise(kSize);
  cv::RNG generator(noise_seed);
  generator.fill(noise, cv::RNG::NORMAL, 0, 0.004);
  return cv::Mat3f(board + noise);
}

double largest(const cv::Mat1f& map, const cv::Rect& cells) {
  double most = 0;
  cv::minMaxLoc(map(cells), nullptr, &most);
  return most;
}

cv::Point peak(const cv::Mat1f& map) {
  cv::Point at;
  cv::minMaxLoc(map, nullptr, nullptr, nullptr, &at);
  return at;
}

cv::Rect cells_of(const cv::Rect& pixels) {
  return {pixels.x / 4 - 1, pixels.y / 4 - 1, pixels.width / 4 + 2, pixels.height / 4 + 2};
}

}  // namespace

TEST_CASE("a picture against itself has no evidence", "[compare][evidence]") {
  const cv::Mat3f board = quiet_board(1);
  const Evidence evidence = measured(board, board);
  CHECK(cv::norm(evidence.strength, cv::NORM_INF) < 0.2);  // 1 is as much as the surroundings show
}

TEST_CASE("noise alone is as strong nowhere as an added body", "[compare][evidence]") {
  const Evidence noise = measured(quiet_board(1), quiet_board(2));
  const Evidence body = measured(quiet_board(1), with_body(quiet_board(2), kPlace));
  CHECK(largest(body.strength, cells_of(kPlace)) > 2 * cv::norm(noise.strength, cv::NORM_INF));
}

TEST_CASE("an added body is strongest at its place, and in the direction of its coming", "[compare][evidence]") {
  const Evidence evidence = measured(quiet_board(1), with_body(quiet_board(2), kPlace));
  CHECK(cells_of(kPlace).contains(peak(evidence.strength)));
  const cv::Rect cells = cells_of(kPlace);
  CHECK(cv::mean(evidence.sample.difference(cells))[0] > 0.2);
  CHECK(largest(evidence.strength, {5, 5, 40, 20}) < 0.5 * largest(evidence.strength, cells));
}

TEST_CASE("swapping the pictures swaps what came and what went", "[compare][evidence]") {
  const cv::Mat3f board = quiet_board(1);
  const cv::Mat3f more = with_body(quiet_board(2), kPlace);
  const Evidence come = measured(board, more);
  const Evidence gone = measured(more, board);
  CHECK(cells_of(kPlace).contains(peak(gone.strength)));
  const cv::Rect cells = cells_of(kPlace);
  // Colours are brought to the reference's, so that the two are not the same to the last bit.
  CHECK(cv::mean(come.sample.difference(cells))[0] ==
        Approx(cv::mean(gone.reference.difference(cells))[0]).epsilon(0.1));
  CHECK(cv::mean(come.reference.difference(cells))[0] ==
        Approx(cv::mean(gone.sample.difference(cells))[0]).epsilon(0.1));
}

TEST_CASE("a tall part that stands aside is less than one that was added", "[compare][evidence]") {
  const cv::Rect tall(220, 140, 80, 70);
  const cv::Mat3f part = textured_light(tall.size(), 7);
  cv::Mat3f before = quiet_board(1);
  part.copyTo(before(tall));
  cv::Mat3f aside = quiet_board(2);
  part.copyTo(aside(tall + cv::Point(7, 3)));
  cv::Mat3f added = quiet_board(2);
  part.copyTo(added(tall));
  const cv::Rect cells(58, 38, 14, 12);  // inside the part in both pictures
  const double of_aside = cv::mean(measured(before, aside).strength(cells))[0];
  const double of_added = cv::mean(measured(quiet_board(1), added).strength(cells))[0];
  CHECK(of_aside < 0.4 * of_added);
}

TEST_CASE("a part that its height has moved is no evidence, nor the board that it hides", "[compare][evidence]") {
  // A part of texture on plain mask, which the sample shows 24 pixels farther right.
  const cv::Rect tall(220, 140, 80, 70);
  const cv::Mat3f part = textured_light(tall.size(), 7);
  cv::Mat3f before(kSize, cv::Vec3f(0.1F, 0.3F, 0.1F));
  cv::Mat3f after = before.clone();
  part.copyTo(before(tall));
  part.copyTo(after(tall + cv::Point(24, 0)));
  NormalizedPair pair = pair_of(before, after);
  pair.raised = {
      .known = true, .upward_known = true, .farthest_px = 32, .direction = cv::Mat2f(12, 15, cv::Vec2f(1, 0))};
  const Evidence known = measure_evidence(pair, whole_board());
  pair.raised.direction = cv::Mat2f(12, 15, cv::Vec2f(-1, 0));  // as if it had to be on the other side
  const Evidence wrong = measure_evidence(pair, whole_board());
  CHECK(cv::mean(known.reference.height(cv::Rect(58, 38, 14, 12)))[0] == Approx(6).margin(0.5));
  const cv::Rect inside(60, 40, 12, 10);
  const cv::Rect covered(77, 40, 2, 10);  // cells of the mask beside it
  for (const cv::Rect& cells : {inside, covered}) {
    CHECK(cv::mean(known.difference(cells))[0] < 0.3 * cv::mean(wrong.difference(cells))[0]);
  }
}

TEST_CASE("nothing is said of what is not board or not seen", "[compare][evidence]") {
  NormalizedPair pair = pair_of(quiet_board(1), with_body(quiet_board(2), kPlace));
  cv::Mat1b seen(kSize, uchar{255});
  seen(cv::Rect(0, 0, 120, 360)) = 0;
  pair.seen = seen;
  cv::Mat1b board(kSize, uchar{255});
  board(kPlace) = 0;
  const Evidence evidence = measure_evidence(pair, board);
  for (const cv::Mat1f& map : {evidence.strength, evidence.sample.difference, evidence.reference.difference}) {
    CHECK(cv::countNonZero(map(cv::Rect(0, 0, 30, 90))) == 0);
    CHECK(cv::countNonZero(map(cv::Rect(60, 40, 10, 6))) == 0);
  }
  CHECK(cv::countNonZero(evidence.inspected(cv::Rect(0, 0, 30, 90))) == 0);
  CHECK(evidence.inspected(50, 50) == 255);
}

TEST_CASE("all maps have one value a cell and are finite", "[compare][evidence]") {
  const EvidenceOptions options{.cell_px = 5};
  const Evidence evidence = measure_evidence(pair_of(quiet_board(1), quiet_board(2)), whole_board(), options);
  CHECK(evidence.cell_px == 5);
  for (const cv::Mat1f& map :
       {evidence.strength, evidence.sample.difference, evidence.reference.difference, evidence.sample.colour,
        evidence.reference.colour, evidence.reference.texture, evidence.sample.texture}) {
    CHECK(map.size() == cv::Size(96, 72));
    CHECK(cv::checkRange(map));
  }
}

TEST_CASE("an X-ray shows what was added", "[compare][evidence]") {
  cv::Mat1f reference;
  cv::cvtColor(textured_light(kSize, 3), reference, cv::COLOR_BGR2GRAY);
  cv::Mat1f sample = reference.clone();
  sample(kPlace) += 0.3;
  const Evidence evidence = measured(reference, sample);
  REQUIRE(evidence.attenuation.known());
  CHECK(kPlace.contains(peak(evidence.attenuation.added[1])));
  CHECK(evidence.strength.empty());
}

TEST_CASE("every option of the evidence outside its range is reported by name", "[compare][evidence]") {
  const auto found = problems(EvidenceOptions{.cell_px = 1, .colour_weight = -1});
  REQUIRE(found.size() == 2);
  CHECK(found[0].flag == "--evidence.cell-px");
  CHECK(found[1].flag == "--evidence.colour-weight");
}

TEST_CASE("a part twelve grey levels from smooth mask is a step well above the noise", "[compare][evidence]") {
  const auto mask = [](std::uint64_t seed) {
    cv::Mat3f noise(kSize);
    cv::RNG generator(seed);
    generator.fill(noise, cv::RNG::NORMAL, 0, 0.004);
    return cv::Mat3f(cv::Mat3f(kSize, cv::Vec3f(0.033F, 0.033F, 0.033F)) + noise);  // grey level 51
  };
  cv::Mat3f sample = mask(2);
  sample(kPlace) += cv::Scalar::all(0.017);  // 63
  const Evidence evidence = measured(mask(1), sample);
  CHECK(cells_of(kPlace).contains(peak(evidence.step_strength)));
  CHECK(largest(evidence.step_strength, cells_of(kPlace)) > 2);
  CHECK(largest(evidence.step_strength, {5, 5, 40, 20}) < 1);
}

TEST_CASE("soft light and white balance are no step", "[compare][evidence]") {
  cv::Mat3f sample = quiet_board(2);
  for (int x = 0; x < sample.cols; ++x) {
    sample.col(x) *= 0.95 + 0.1 * x / sample.cols;
  }
  CHECK(largest(measured(quiet_board(1), sample).step_strength, {5, 5, 110, 80}) < 1.25);
}
