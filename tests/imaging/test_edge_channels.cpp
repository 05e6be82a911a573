// SPDX-License-Identifier: Apache-2.0
#include "imaging/edge_channels.h"
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
