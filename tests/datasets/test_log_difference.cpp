// SPDX-License-Identifier: Apache-2.0
#include "compare/hit_rule.h"
#include "datasets/board_pair.h"
#include "datasets/evaluation/log_difference.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>

#include <cmath>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
using boarddiff::imaging::BoardImage;

namespace {

BoardImage xray() {
  datasets::BoardPairSettings settings;
  settings.modality = boarddiff::imaging::Modality::xray;
  settings.megapixels = 1;
  return datasets::make_board_pair(settings, 4).reference;
}

}  // namespace

TEST_CASE("the yardstick of X-rays finds what absorbs half, at another exposure", "[datasets][log_difference]") {
  const BoardImage reference = xray();
  BoardImage sample = reference;
  sample.pixels = cv::Mat(reference.pixels * 0.8);
  const cv::Rect place(sample.pixels.cols / 2, sample.pixels.rows / 2, 40, 30);
  sample.pixels(place) *= 0.5;
  const compare::InspectionReport report = datasets::log_difference(reference, sample);
  REQUIRE(report.findings.size() == 1);
  CHECK(compare::hits(report.findings[0].sample_box,
                      {static_cast<double>(place.x), static_cast<double>(place.y), 40, 30}));
  CHECK(report.findings[0].score == Approx(std::log(2.0)).epsilon(0.3));
}

TEST_CASE("the yardstick of X-rays finds nothing between a picture and itself", "[datasets][log_difference]") {
  CHECK(datasets::log_difference(xray(), xray()).outcome == compare::Outcome::nothing_found);
}

TEST_CASE("the yardstick of X-rays refuses what has no features", "[datasets][log_difference]") {
  const BoardImage plain = boarddiff::test::board_image(cv::Mat3b(200, 300, cv::Vec3b(90, 90, 90)));
  CHECK(datasets::log_difference(xray(), plain).outcome == compare::Outcome::not_comparable);
}
