// SPDX-License-Identifier: Apache-2.0
#include "datasets/board_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <cmath>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardPair;
using datasets::BoardPairSettings;
using datasets::TrueChange;

namespace {

BoardPairSettings small_pair() {
  BoardPairSettings settings;
  settings.megapixels = 0.3;
  settings.changes = datasets::usual_changes();
  return settings;
}

bool inside(const imaging::Box& box, const cv::Size& size) {
  return box.x >= -box.width && box.y >= -box.height && box.x + box.width < size.width + box.width &&
         box.y + box.height < size.height + box.height;
}

}  // namespace

TEST_CASE("the same seed gives the same pair", "[datasets][board_pair]") {
  const BoardPair first = make_board_pair(small_pair(), 11);
  const BoardPair again = make_board_pair(small_pair(), 11);
  CHECK(cv::norm(first.reference.pixels, again.reference.pixels, cv::NORM_INF) == 0);
  CHECK(cv::norm(first.sample.pixels, again.sample.pixels, cv::NORM_INF) == 0);
  REQUIRE(first.changes.size() == again.changes.size());
  CHECK(first.changes.front().sample_box == again.changes.front().sample_box);
}

TEST_CASE("a pair shows its changes inside the sample, each with a size", "[datasets][board_pair]") {
  const BoardPair pair = make_board_pair(small_pair(), GENERATE(range(1U, 4U)));
  CHECK(pair.same_board);
  CHECK(pair.changes.size() >= 6);
  for (const TrueChange& change : pair.changes) {
    CAPTURE(change.id);
    CHECK(inside(change.sample_box, pair.sample.size()));
    CHECK(change.sample_box.area() > 4);
    CHECK(change.size_mm.minCoeff() >= 0.49);  // no part is smaller than a 0402
  }
}

TEST_CASE("points of the board's plane lie inside both pictures", "[datasets][board_pair]") {
  const BoardPair pair = make_board_pair(small_pair(), 2);
  CHECK(pair.points.size() > 40);
  for (const datasets::PointPair& point : pair.points) {
    CHECK((point.in_reference.x() >= 0 && point.in_reference.x() < pair.reference.size().width));
    CHECK((point.in_sample.y() >= 0 && point.in_sample.y() < pair.sample.size().height));
  }
}

TEST_CASE("a stranger is marked as one and has no changes", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair();
  settings.sample_board = GENERATE(datasets::SampleBoard::other_design, datasets::SampleBoard::other_side);
  const BoardPair pair = make_board_pair(settings, 2);
  CHECK_FALSE(pair.same_board);
  CHECK(pair.changes.empty());
  CHECK(pair.points.empty());
}

TEST_CASE("a pair can be asked for a view", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair();
  settings.scale = 0.5;
  settings.rotation_deg = 90;
  const BoardPair pair = make_board_pair(settings, 2);
  CHECK(pair.sample.size().width == Approx(pair.reference.size().width / 2.0).margin(1));
  REQUIRE(pair.points.size() > 10);
  const imaging::Point across_in_reference = pair.points.at(1).in_reference - pair.points.at(0).in_reference;
  const imaging::Point across_in_sample = pair.points.at(1).in_sample - pair.points.at(0).in_sample;
  // The board's x axis runs down in the sample; severity adds at most 6 degrees of turn and 8 of tilt.
  CHECK(across_in_reference.x() > 5 * std::abs(across_in_reference.y()));
  CHECK(across_in_sample.y() > 5 * std::abs(across_in_sample.x()));
}

TEST_CASE("an X-ray pair keeps 16 bits", "[datasets][board_pair]") {
  BoardPairSettings settings = small_pair();
  settings.modality = imaging::Modality::xray;
  const BoardPair pair = make_board_pair(settings, 2);
  CHECK(pair.sample.pixels.type() == CV_16UC1);
  CHECK(pair.sample.source.bits_per_channel == 16);
  double least = 0;
  double most = 0;
  cv::minMaxLoc(pair.sample.pixels, &least, &most);
  CHECK(most > 3 * least);
}
