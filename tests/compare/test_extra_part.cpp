// SPDX-License-Identifier: Apache-2.0
#include "compare/extra_part.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

using boarddiff::compare::describe_extra_part;
using boarddiff::compare::ExtraPart;
using boarddiff::compare::find_surface;
using boarddiff::compare::name_of;
using boarddiff::compare::PartGround;
using boarddiff::compare::sentence_on;
using boarddiff::imaging::Box;
using boarddiff::imaging::NormalizedPair;
using boarddiff::imaging::Point;

namespace {

const cv::Size kSize(320, 240);
const cv::Scalar kGreen(0.12, 0.35, 0.14);
const cv::Scalar kTrace(0.16, 0.47, 0.19);
const cv::Scalar kMetal(0.75, 0.76, 0.78);
const cv::Scalar kEpoxy(0.1, 0.1, 0.1);
const cv::Scalar kCeramic(0.3, 0.48, 0.62);

const cv::Rect kChip(140, 100, 40, 20);
const Box kAsked{.x = 132, .y = 92, .width = 56, .height = 36};

cv::Mat3f board() { return {kSize, cv::Vec3f(float(kGreen[0]), float(kGreen[1]), float(kGreen[2]))}; }

void fill(cv::Mat3f& picture, const cv::Rect& place, const cv::Scalar& colour) {
  cv::rectangle(picture, place, colour, cv::FILLED);
}

// A body with a metal cap at either end.
void add_chip(cv::Mat3f& picture, const cv::Rect& place) {
  fill(picture, place, kCeramic);
  fill(picture, cv::Rect(place.x, place.y, 10, place.height), kMetal);
  fill(picture, cv::Rect(place.br().x - 10, place.y, 10, place.height), kMetal);
}

std::optional<ExtraPart> described(const cv::Mat3f& reference, const cv::Mat3f& sample, double scale = 1,
                                   const Box& asked = kAsked) {
  NormalizedPair pair{.reference = reference.clone(), .sample = sample.clone(), .scale = scale};
  for (cv::Mat* picture : {&pair.reference, &pair.sample}) {
    cv::GaussianBlur(*picture, *picture, {}, 1);
  }
  return describe_extra_part(pair, find_surface(pair.reference, cv::Mat1b(kSize, uchar{255})), asked);
}

}  // namespace

TEST_CASE("an added chip is described by size, colour, terminals and what it lies on", "[compare][extra_part]") {
  cv::Mat3f sample = board();
  add_chip(sample, kChip);
  const auto part = described(board(), sample);
  REQUIRE(part);
  CHECK(part->length_px == Approx(40).margin(2));
  CHECK(part->width_px == Approx(20).margin(2));
  CHECK(part->colour == "brown");
  CHECK(part->terminals == 2);
  CHECK(part->ground == PartGround::bare_board);
  CHECK(part->reference_outline.size() == 4);
  for (const Point& corner : part->reference_outline) {
    CHECK(std::abs(corner.x() - 159.5) == Approx(20).margin(1.5));
    CHECK(std::abs(corner.y() - 109.5) == Approx(10).margin(1.5));
  }
}

TEST_CASE("sizes and outline are those of the reference, however much the pair is shrunk", "[compare][extra_part]") {
  cv::Mat3f sample = board();
  add_chip(sample, kChip);
  const auto part = described(board(), sample, 0.5, {.x = 2 * kAsked.x, .y = 2 * kAsked.y, .width = 112, .height = 72});
  REQUIRE(part);
  CHECK(part->length_px == Approx(80).margin(4));
  CHECK(part->reference_outline.at(0).x() > 250);
}

TEST_CASE("a turned part has the same size", "[compare][extra_part]") {
  cv::Mat3f sample = board();
  std::array<cv::Point2f, 4> corners;
  cv::RotatedRect({160, 110}, {44, 20}, 30).points(corners.data());
  const std::vector<cv::Point> polygon(corners.begin(), corners.end());
  cv::fillConvexPoly(sample, polygon, kEpoxy);
  const auto part = described(board(), sample);
  REQUIRE(part);
  CHECK(part->length_px == Approx(44).margin(3));
  CHECK(part->width_px == Approx(20).margin(3));
  CHECK(part->colour == "black");
}

TEST_CASE("its shadow is no part of it", "[compare][extra_part]") {
  cv::Mat3f sample = board();
  cv::Mat3f shaded(sample(cv::Rect(140, 108, 40, 22)));
  shaded *= 0.6F;
  add_chip(sample, kChip);
  const auto part = described(board(), sample);
  REQUIRE(part);
  CHECK(part->width_px == Approx(20).margin(3));
}

TEST_CASE("rows of leads are counted, and none where they are not in pairs", "[compare][extra_part]") {
  const Box asked{.x = 95, .y = 70, .width = 110, .height = 80};
  cv::Mat3f sample = board();
  fill(sample, cv::Rect(100, 80, 100, 60), kEpoxy);
  for (int i = 0; i < 4; ++i) {
    fill(sample, cv::Rect(106 + 25 * i, 78, 10, 10), kMetal);
    fill(sample, cv::Rect(106 + 25 * i, 132, 10, 10), kMetal);
  }
  CHECK(described(board(), sample, 1, asked)->terminals == 8);
  fill(sample, cv::Rect(106, 132, 10, 10), kEpoxy);
  CHECK_FALSE(described(board(), sample, 1, asked)->terminals);
}

TEST_CASE("pads without a part, traces and the top of another part are told as its ground", "[compare][extra_part]") {
  cv::Mat3f pads = board();
  fill(pads, cv::Rect(136, 98, 14, 24), kMetal);
  fill(pads, cv::Rect(170, 98, 14, 24), kMetal);
  cv::Mat3f traces = board();
  for (int x = 110; x < 220; x += 12) {
    fill(traces, cv::Rect(x, 0, 5, 240), kTrace);
  }
  cv::Mat3f circuit = board();
  fill(circuit, cv::Rect(90, 60, 140, 100), cv::Scalar(0.2, 0.2, 0.2));
  for (const auto& [reference, ground] :
       {std::pair(pads, PartGround::empty_footprint), std::pair(traces, PartGround::across_traces),
        std::pair(circuit, PartGround::on_part)}) {
    CAPTURE(std::string(name_of(ground)));
    cv::Mat3f sample = reference.clone();
    fill(sample, kChip, cv::Scalar(0.3, 0.05, 0.6));
    const auto part = described(reference, sample);
    REQUIRE(part);
    CHECK(part->ground == ground);
  }
}

TEST_CASE("on a black board bare mask and the top of a circuit are not told apart", "[compare][extra_part]") {
  const cv::Mat3f black(kSize, cv::Vec3f(0.15F, 0.15F, 0.15F));
  cv::Mat3f sample = black.clone();
  add_chip(sample, kChip);
  CHECK_FALSE(described(black, sample)->ground);
}

TEST_CASE("where nothing changed no part is described", "[compare][extra_part]") {
  CHECK_FALSE(described(board(), board()));
  CHECK_FALSE(described(board(), board(), 1, {.x = 900, .y = 900, .width = 10, .height = 10}));
}

TEST_CASE("the sentence says what is known, in millimetres where there is a scale", "[compare][extra_part]") {
  ExtraPart part{.length_px = 40.2, .width_px = 19.8, .colour = "black"};
  CHECK(sentence_on(part) == "It is about 40 x 20 px, black.");
  part.size_mm = Point(1.62, 0.8);
  part.terminals = 2;
  part.ground = PartGround::empty_footprint;
  CHECK(sentence_on(part) ==
        "It is about 1.6 x 0.8 mm, black, with 2 terminals, and lies on pads that have no part in the reference.");
}
