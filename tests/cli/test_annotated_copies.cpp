// SPDX-License-Identifier: Apache-2.0
#include "cli/export/annotated_copies.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

using namespace boarddiff::cli;
using boarddiff::imaging::BoardImage;
using boarddiff::imaging::Box;
using boarddiff::imaging::Modality;

namespace {

ExportedFinding finding_in(const Box& box, const std::string& verdict = {}) {
  ExportedFinding one{.found = {.number = 1, .kind = "extra_component", .above_threshold = true, .sample_box = box}};
  if (!verdict.empty()) one.decided.verdicts.push_back({.verdict = verdict});
  return one;
}

// Pixels that differ from the plain grey sample.
int drawn_pixels(const cv::Mat3b& drawn) {
  cv::Mat1b differs;
  cv::inRange(drawn, cv::Scalar::all(90), cv::Scalar::all(90), differs);
  return static_cast<int>(drawn.total()) - cv::countNonZero(differs);
}

// Of the colour that added parts are marked with.
bool has_colour(const cv::Mat3b& drawn) {
  cv::Mat1b vermilion;
  cv::inRange(drawn, cv::Scalar(0, 94, 213), cv::Scalar(0, 94, 213), vermilion);
  return cv::countNonZero(vermilion) > 0;
}

}  // namespace

TEST_CASE("what counts is marked in colour with a number, what is dismissed thinly, and the sample stays as it is",
          "[cli][report]") {
  const BoardImage sample{.pixels = cv::Mat(300, 400, CV_8UC3, cv::Scalar::all(90))};
  const Box box{.x = 150, .y = 100, .width = 60, .height = 50};
  const auto drawn = [&](const std::string& verdict) {
    ExportedBoard board;
    board.findings.push_back(finding_in(box, verdict));
    return drawn_findings(board, sample, Modality::photo);
  };
  CHECK(has_colour(drawn("")));
  CHECK(has_colour(drawn("unexpected")));
  CHECK_FALSE(has_colour(drawn("dismissed")));
  CHECK(drawn_pixels(drawn("dismissed")) > 0);
  CHECK(drawn_pixels(drawn("dismissed")) < drawn_pixels(drawn("")));
  CHECK(drawn_pixels(sample.pixels) == 0);
}

TEST_CASE("a box beside the picture is not drawn", "[cli][report]") {
  const BoardImage sample{.pixels = cv::Mat(300, 400, CV_8UC3, cv::Scalar::all(90))};
  ExportedBoard board;
  board.findings.push_back(finding_in({.x = 5000, .y = -900, .width = 10, .height = 10}));
  board.findings.push_back(finding_in({.x = 1e300, .y = 1e300, .width = 1e300, .height = 1e300}));
  CHECK(drawn_pixels(drawn_findings(board, sample, Modality::photo)) == 0);
}
