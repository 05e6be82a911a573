// SPDX-License-Identifier: Apache-2.0
#include "compare/display_image.h"
#include "compare/overlay.h"
#include "compare/overlay_marks.h"
#include "tests/support/sample_report.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <limits>

using boarddiff::compare::draw_overlay;
using boarddiff::compare::InspectionReport;
using boarddiff::compare::Outcome;
using boarddiff::imaging::BoardImage;
using boarddiff::test::sample_picture;
using boarddiff::test::sample_report;
namespace compare = boarddiff::compare;

namespace {

int changed_pixels(const cv::Mat3b& a, const cv::Mat3b& b, const cv::Rect& where) {
  cv::Mat difference;
  cv::absdiff(a(where), b(where), difference);
  return cv::countNonZero(difference.reshape(1) > 0);
}

cv::Mat3b plain(const BoardImage& image) {
  return compare::display_pixels(image.pixels, compare::display_range(image, boarddiff::imaging::Modality::photo));
}

}  // namespace

TEST_CASE("a finding is framed and its inside stays as it was", "[compare][overlay]") {
  const BoardImage sample = sample_picture(CV_8UC3);
  const cv::Mat3b overlay = draw_overlay(sample_report(), sample);
  REQUIRE(overlay.size() == sample.size());
  const cv::Rect inside(132, 95, 30, 20);
  CHECK(changed_pixels(overlay, plain(sample), inside) == 0);
  const cv::Rect around(inside.x - 8, inside.y - 8, inside.width + 16, inside.height + 16);
  CHECK(changed_pixels(overlay, plain(sample), around) > 100);
}

TEST_CASE("extra and missing parts have other colours", "[compare][overlay]") {
  const cv::Mat3b overlay = draw_overlay(sample_report(), sample_picture(CV_8UC3));
  const auto has = [&](const cv::Rect& where, const cv::Scalar& colour) {
    cv::Mat1b equal;
    cv::inRange(overlay(where), colour, colour, equal);
    return cv::countNonZero(equal) > 0;
  };
  const cv::Scalar vermilion(0, 94, 213);
  const cv::Scalar blue(178, 114, 0);
  const cv::Rect extra(110, 60, 80, 70);
  const cv::Rect missing(255, 165, 70, 70);
  CHECK(has(extra, vermilion));
  CHECK_FALSE(has(extra, blue));
  CHECK(has(missing, blue));
  CHECK_FALSE(has(missing, vermilion));
}

TEST_CASE("all places of a candidate are framed", "[compare][overlay]") {
  const BoardImage sample = sample_picture(CV_8UC3);
  const cv::Mat3b overlay = draw_overlay(sample_report(), sample);
  InspectionReport report = sample_report();
  report.candidates.front().also_at.clear();
  const cv::Rect place(222, 235, 30, 30);
  CHECK(changed_pixels(overlay, draw_overlay(report, sample), place) > 40);
}

TEST_CASE("what is ignored is hatched, what is watched is outlined", "[compare][overlay]") {
  const BoardImage sample = sample_picture(CV_8UC3);
  InspectionReport report = sample_report();
  report.findings.clear();
  report.candidates.clear();
  const cv::Mat3b overlay = draw_overlay(report, sample);
  const cv::Rect ignored(64, 197, 66, 76);  // two pixels inside (50, 200) to (120, 280) of the reference
  CHECK(changed_pixels(overlay, plain(sample), ignored) > ignored.area());
  cv::Mat1b brighter;
  cv::inRange(overlay(ignored), cv::Scalar::all(200), cv::Scalar::all(255), brighter);
  CHECK(cv::countNonZero(brighter) > ignored.area() / 20);
  CHECK(cv::countNonZero(brighter) < ignored.area() / 2);  // the board stays visible
  const cv::Rect watched(162, 225, 51, 61);
  const cv::Rect inside(watched.x + 5, watched.y + 5, watched.width - 10, watched.height - 10);
  const cv::Rect around(watched.x - 5, watched.y - 5, watched.width + 10, watched.height + 10);
  CHECK(changed_pixels(overlay, plain(sample), inside) == 0);
  CHECK(changed_pixels(overlay, plain(sample), around) > 2 * (watched.width + watched.height));
  report.coverage.masks.clear();
  report.coverage.watched.clear();
  const cv::Mat3b bare = draw_overlay(report, sample);
  CHECK(changed_pixels(bare, plain(sample), ignored) == 0);
  CHECK(changed_pixels(bare, plain(sample), around) == 0);
}

TEST_CASE("variations are hatched thinly, on a board as bright as it is", "[compare][overlay]") {
  const BoardImage sample = sample_picture(CV_8UC3);
  InspectionReport report = sample_report();
  report.findings.clear();
  report.candidates.clear();
  const cv::Mat3b overlay = draw_overlay(report, sample);
  const cv::Rect varied(314, 187, 36, 36);  // two pixels inside (300, 190) to (340, 230) of the reference
  const int changed = changed_pixels(overlay, plain(sample), varied);
  CHECK(changed > varied.area() / 20);
  CHECK(changed < varied.area() / 2);
  report.coverage.variations.clear();
  CHECK(changed_pixels(draw_overlay(report, sample), plain(sample), varied) == 0);
}

TEST_CASE("the drawing leaves the sample's pixels alone", "[compare][overlay]") {
  const BoardImage sample = sample_picture(CV_8UC3);
  const cv::Mat before = sample.pixels.clone();
  (void)draw_overlay(sample_report(), sample);
  CHECK(cv::norm(before, sample.pixels, cv::NORM_INF) == 0);
}

TEST_CASE("grey and 16-bit samples become 8-bit colour of the same size", "[compare][overlay]") {
  const auto type = GENERATE(CV_8UC1, CV_16UC1, CV_16UC3);
  const auto modality = GENERATE(boarddiff::imaging::Modality::photo, boarddiff::imaging::Modality::xray);
  InspectionReport report = sample_report();
  report.modality = modality;
  const cv::Mat3b overlay = draw_overlay(report, sample_picture(type));
  CHECK(overlay.type() == CV_8UC3);
  CHECK(overlay.size() == cv::Size(400, 300));
  double least = 0;
  double most = 0;
  cv::minMaxLoc(overlay.reshape(1), &least, &most);
  CHECK(most - least > 200);  // 4000 of 65535 would be nearly black
}

TEST_CASE("a picture of any size can be marked", "[compare][overlay]") {
  const auto size = GENERATE(cv::Size(1, 1), cv::Size(64, 64), cv::Size(3, 500), cv::Size(500, 3));
  const BoardImage sample = {.pixels = cv::Mat(size, CV_8UC3, cv::Scalar::all(90))};
  InspectionReport report = sample_report();
  report.findings[0].sample_box = {0, 0, 20, 20};
  report.findings[1].sample_box = {40, 40, 500, 500};
  CHECK(draw_overlay(report, sample).size() == size);
  report.outcome = Outcome::not_comparable;
  report.reason = "A long reason that cannot have room in a picture of this size, whatever one tries.";
  CHECK(draw_overlay(report, sample).size() == size);
}

TEST_CASE("boxes outside the picture or without numbers are passed over", "[compare][overlay]") {
  InspectionReport report = sample_report();
  report.findings[0].sample_box = {-900, -900, 10, 10};
  report.findings[1].sample_box.x = std::numeric_limits<double>::quiet_NaN();
  report.candidates[0].sample_box = {1e300, 0, 5, 5};
  report.coverage.variations.clear();
  const BoardImage sample = sample_picture(CV_8UC3);
  const cv::Mat3b overlay = draw_overlay(report, sample);
  CHECK(changed_pixels(overlay, plain(sample), {260, 20, 130, 260}) == 0);
}

TEST_CASE("a sample that could not be compared is dimmed and carries words", "[compare][overlay]") {
  InspectionReport report;
  report.reason = "The sample shows another board.";
  const BoardImage sample = sample_picture(CV_8UC3);
  const cv::Mat3b overlay = draw_overlay(report, sample);
  CHECK(cv::mean(overlay.reshape(1))[0] < 0.5 * cv::mean(sample.pixels.reshape(1))[0]);
  double most = 0;
  cv::minMaxLoc(overlay.reshape(1), nullptr, &most);
  CHECK(most > 200);
}

TEST_CASE("badges of findings side by side do not cover each other or a frame", "[compare][overlay]") {
  const cv::Size picture(1000, 800);
  std::vector<cv::Rect> taken;
  for (int i = 0; i < 6; ++i) {
    taken.emplace_back(300 + 60 * i, 400, 50, 40);
  }
  const std::size_t frames = taken.size();
  for (std::size_t i = 0; i < frames; ++i) {
    const cv::Rect badge = compare::badge_beside(taken[i], {40, 24}, picture, taken);
    for (const cv::Rect& other : taken) {
      CHECK((badge & other).empty());
    }
    taken.push_back(badge);
  }
}

TEST_CASE("marks grow with the picture", "[compare][overlay]") {
  const compare::MarkSizes photo = compare::mark_sizes({6000, 4000});
  const compare::MarkSizes small = compare::mark_sizes({600, 400});
  // Shown 600 px wide, numbers of the large photo are still 9 px high.
  CHECK(photo.text_height >= 90);
  CHECK(small.text_height >= 8);
  CHECK(photo.stroke > 5 * small.stroke);
}
