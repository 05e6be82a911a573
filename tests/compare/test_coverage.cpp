// SPDX-License-Identifier: Apache-2.0
#include "compare/coverage.h"
#include "tests/support/evidence_map.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

using boarddiff::compare::Coverage;
using boarddiff::compare::Evidence;
using boarddiff::compare::measure_coverage;
using boarddiff::imaging::NormalizedPair;
using boarddiff::test::no_evidence;
using boarddiff::test::pair_of;

namespace {

const cv::Size kSize(240, 160);

NormalizedPair plain_pair() { return pair_of(cv::Mat3f(kSize), cv::Mat3f(kSize)); }

cv::Mat1b whole_board() { return {kSize, uchar{255}}; }

cv::Mat1b nothing() { return {kSize, uchar{0}}; }

}  // namespace

TEST_CASE("a board that was inspected whole is covered", "[compare][coverage]") {
  const Coverage coverage = measure_coverage(no_evidence({60, 40}), whole_board(), plain_pair(), {}, nothing());
  CHECK(coverage.inspected == 1);
  CHECK(coverage.not_inspected == 0);
  CHECK(coverage.not_inspected_regions.empty());
}

TEST_CASE("what the sample does not show is said with its place", "[compare][coverage]") {
  NormalizedPair pair = plain_pair();
  cv::Mat1b seen(kSize, uchar{255});
  seen(cv::Rect(180, 0, 60, 160)) = 0;
  pair.seen = seen;
  Evidence evidence = no_evidence({60, 40});
  cv::Mat1b inspected = evidence.inspected.clone();
  inspected(cv::Rect(45, 0, 15, 40)) = 0;
  evidence.inspected = inspected;
  const Coverage coverage = measure_coverage(evidence, whole_board(), pair, {}, nothing());
  CHECK(coverage.inspected == Approx(0.75));
  CHECK(coverage.inspected + coverage.masked + coverage.not_inspected == Approx(1));
  REQUIRE(coverage.not_inspected_regions.size() == 1);
  CHECK(coverage.not_inspected_regions[0].why == "not shown by the sample, or without picture in one of the files");
  REQUIRE(coverage.not_inspected_regions[0].reference_polygon.size() >= 4);
  for (const auto& corner : coverage.not_inspected_regions[0].reference_polygon) {
    CHECK(corner.x() >= 179);  // cells of 4 px, to their centres
    CHECK(corner.x() <= 240);
  }
}

TEST_CASE("where a picture cannot be judged is said with the reason, once", "[compare][coverage]") {
  cv::Mat1b glare(kSize, uchar{0});
  glare(cv::Rect(80, 40, 60, 60)) = 255;
  Evidence evidence = no_evidence({60, 40});
  cv::Mat1b inspected = evidence.inspected.clone();
  // As it is left out: with a margin of three cells.
  inspected(cv::Rect(17, 7, 21, 21)) = 0;
  evidence.inspected = inspected;
  const boarddiff::imaging::FaultyPlaces faulty{boarddiff::imaging::QualityFault::glare,
                                                boarddiff::imaging::Frame::sample, glare};
  // The same place twice: the first reason counts.
  const boarddiff::imaging::FaultyPlaces blur{boarddiff::imaging::QualityFault::too_blurred,
                                              boarddiff::imaging::Frame::reference, glare};
  const Coverage coverage = measure_coverage(evidence, whole_board(), plain_pair(), {faulty, blur}, nothing());
  CHECK(coverage.not_inspected == Approx(21.0 * 21 / (60 * 40)));
  REQUIRE(coverage.not_inspected_regions.size() == 1);
  CHECK(coverage.not_inspected_regions[0].why == "glare in the sample");
  for (const auto& corner : coverage.not_inspected_regions[0].reference_polygon) {
    CHECK(corner.x() >= 67);
    CHECK(corner.x() <= 153);
  }
}

TEST_CASE("shares are those of the board, not of the picture", "[compare][coverage]") {
  cv::Mat1b board(kSize, uchar{0});
  board(cv::Rect(0, 0, 120, 160)) = 255;
  Evidence evidence = no_evidence({60, 40});
  cv::Mat1b inspected(evidence.inspected.size(), uchar{255});
  inspected(cv::Rect(0, 0, 60, 20)) = 0;
  evidence.inspected = inspected;
  const Coverage coverage = measure_coverage(evidence, board, plain_pair(), {}, nothing());
  CHECK(coverage.inspected == Approx(0.5));
  CHECK(coverage.not_inspected == Approx(0.5));
}

TEST_CASE("what is ignored is neither inspected nor missed, and what it costs around is said", "[compare][coverage]") {
  cv::Mat1b ignored = nothing();
  ignored(cv::Rect(80, 40, 60, 60)) = 255;  // 15 x 15 cells
  Evidence evidence = no_evidence({60, 40});
  cv::Mat1b inspected = evidence.inspected.clone();
  // As it is left out: with a margin of three cells.
  inspected(cv::Rect(17, 7, 21, 21)) = 0;
  evidence.inspected = inspected;
  const Coverage coverage = measure_coverage(evidence, whole_board(), plain_pair(), {}, ignored);
  CHECK(coverage.masked == Approx(15.0 * 15 / (60 * 40)));
  CHECK(coverage.not_inspected == Approx((21.0 * 21 - 15 * 15) / (60 * 40)));
  CHECK(coverage.inspected + coverage.masked + coverage.not_inspected == Approx(1));
  REQUIRE(coverage.not_inspected_regions.size() == 1);
  CHECK(coverage.not_inspected_regions[0].why == "beside an ignored region");
}

TEST_CASE("what is ignored counts as ignored where the sample does not show it either", "[compare][coverage]") {
  cv::Mat1b right_half = nothing();
  right_half(cv::Rect(120, 0, 120, 160)) = 255;
  NormalizedPair pair = plain_pair();
  pair.seen = cv::Mat1b(~right_half);
  Evidence evidence = no_evidence({60, 40});
  cv::Mat1b inspected = evidence.inspected.clone();
  inspected(cv::Rect(27, 0, 33, 40)) = 0;
  evidence.inspected = inspected;
  const Coverage coverage = measure_coverage(evidence, whole_board(), pair, {}, right_half);
  CHECK(coverage.masked == Approx(0.5));
  CHECK(coverage.not_inspected == Approx(3.0 / 60));
}
