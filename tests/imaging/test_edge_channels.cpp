// SPDX-License-Identifier: Apache-2.0
#include "imaging/edge_channels.h"
#include "imaging/edge_match.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

using boarddiff::imaging::edge_channels;
using boarddiff::test::textured_picture;

TEST_CASE("an edge is the same whichever side is brighter", "[imaging][edge_channels]") {
  cv::Mat1b picture;
  cv::cvtColor(textured_picture({160, 120}, 3), picture, cv::COLOR_BGR2GRAY);
  const cv::Mat1b inverted(255 - picture);
  CHECK(cv::norm(edge_channels(picture), edge_channels(inverted), cv::NORM_INF) < 1e-4);
}

TEST_CASE("each direction has its channel, and an even area has none", "[imaging][edge_channels]") {
  cv::Mat1b picture(60, 80, uchar{50});
  picture.colRange(40, 80).setTo(200);  // an upright edge: brightness changes along x
  const cv::Mat channels = edge_channels(picture);
  REQUIRE(channels.type() == CV_32FC4);
  const auto at_edge = channels.at<cv::Vec4f>(30, 40);
  CHECK(at_edge[0] > 0.6F);
  CHECK(at_edge[2] < 0.05F);
  CHECK(at_edge[1] == Approx(at_edge[3]).margin(0.01));
  CHECK(cv::norm(at_edge) <= 1);
  CHECK(cv::norm(channels.at<cv::Vec4f>(30, 10)) < 1e-6);
}

TEST_CASE("squares are found where the other picture has their edges", "[imaging][edge_channels]") {
  cv::Mat1b one;
  cv::cvtColor(textured_picture({300, 240}, 5), one, cv::COLOR_BGR2GRAY);
  cv::Mat1b other;
  const cv::Mat1d shift = (cv::Mat1d(2, 3) << 1, 0, 4, 0, 1, -2.5);
  cv::warpAffine(255 - one, other, shift, one.size());
  cv::Mat1b where(one.size(), uchar{255});
  where.colRange(0, 150).setTo(0);
  const auto matches = boarddiff::imaging::match_edges(one, other, where, 7);
  REQUIRE(matches.size() > 20);
  CHECK(matches.front().likeness >= matches.back().likeness);
  for (const auto& match : matches) {
    CHECK(match.pair.reference.x() >= 150);
    const auto moved = match.pair.sample - match.pair.reference;
    CHECK(moved.x() == Approx(4).margin(0.5));
    CHECK(moved.y() == Approx(-2.5).margin(0.5));
  }
  CHECK(boarddiff::imaging::match_edges(one, other, where, 3).size() < matches.size() / 4);
}
