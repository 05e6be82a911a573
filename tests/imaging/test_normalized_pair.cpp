// SPDX-License-Identifier: Apache-2.0
#include "imaging/normalized_pair.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <stdexcept>

using boarddiff::imaging::BoardImage;
using boarddiff::imaging::Modality;
using boarddiff::imaging::normalize_pair;
using boarddiff::imaging::NormalizedPair;
using boarddiff::imaging::Registration;
using boarddiff::imaging::RegistrationStatus;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;

namespace {

Registration in_place() {
  Registration registration;
  registration.status = RegistrationStatus::aligned;
  return registration;
}

}  // namespace

TEST_CASE("shrunk pictures stay in place to their far ends", "[imaging][normalized_pair]") {
  // Neither side is a whole number of pixels after shrinking; half a pixel of drift would differ by grey levels.
  const BoardImage board = board_image(textured_picture({1501, 501}, 3));
  const NormalizedPair pair = normalize_pair(board, board, in_place(), Modality::photo, {.max_side_px = 556});
  CHECK(pair.scale == Approx(556.0 / 1501));
  REQUIRE(pair.size() == cv::Size(556, 186));
  REQUIRE(pair.sample.size() == pair.size());
  // One way averages whole pixels and the other shrinks in two steps: a little softer, but not elsewhere.
  const cv::Rect far_end(400, 100, 150, 80);
  CHECK(cv::norm(pair.reference(far_end), pair.sample(far_end), cv::NORM_L1) / (3 * far_end.area()) < 0.02);
}

TEST_CASE("a picture keeps its pixels when it is small enough", "[imaging][normalized_pair]") {
  const BoardImage board = board_image(textured_picture({320, 240}, 3));
  const NormalizedPair pair = normalize_pair(board, board, in_place(), Modality::photo);
  CHECK(pair.scale == 1);
  CHECK(cv::norm(pair.reference, pair.sample, cv::NORM_INF) < 1e-4);  // gains of 1, computed through logarithms
  CHECK(cv::countNonZero(pair.seen) == pair.size().area());
}

TEST_CASE("what either picture does not show is not seen", "[imaging][normalized_pair]") {
  BoardImage reference = board_image(textured_picture({800, 600}, 3));
  BoardImage sample = reference;
  reference.usable = cv::Mat1b(reference.size(), uchar{255});
  reference.usable(cv::Rect(0, 0, 201, 600)).setTo(0);
  sample.usable = cv::Mat1b(sample.size(), uchar{255});
  sample.usable(cv::Rect(599, 0, 201, 600)).setTo(0);
  const NormalizedPair pair = normalize_pair(reference, sample, in_place(), Modality::photo, {.max_side_px = 400});
  // Column 100 mixes pixels 200 and 201, and column 299 pixels 598 and 599: one of each two shows nothing.
  CHECK(cv::countNonZero(pair.seen.col(100)) == 0);
  CHECK(cv::countNonZero(pair.seen.col(101)) == 300);
  CHECK(cv::countNonZero(pair.seen.col(298)) == 300);
  CHECK(cv::countNonZero(pair.seen.col(299)) == 0);
}

TEST_CASE("pictures of either modality become what is compared", "[imaging][normalized_pair]") {
  const BoardImage colour = board_image(textured_picture({320, 240}, 3));
  cv::Mat grey_pixels;
  cv::extractChannel(colour.pixels, grey_pixels, 1);
  const BoardImage grey = board_image(grey_pixels);
  CHECK(normalize_pair(grey, colour, in_place(), Modality::photo).reference.type() == CV_32FC3);
  CHECK(normalize_pair(grey, colour, in_place(), Modality::xray).sample.type() == CV_32FC1);
}

TEST_CASE("pictures that are not aligned cannot be normalised", "[imaging][normalized_pair]") {
  const BoardImage board = board_image(textured_picture({320, 240}, 3));
  CHECK_THROWS_AS(normalize_pair(board, board, {}, Modality::photo), std::logic_error);
}
