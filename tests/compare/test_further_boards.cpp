// SPDX-License-Identifier: Apache-2.0
#include "compare/board_check.h"
#include "compare/further_boards.h"
#include "compare/inspection.h"
#include "compare/report_json.h"
#include "imaging/base/execution.h"
#include "tests/compare/one_part_pair.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using compare::Finding;
using compare::InspectionReport;
using compare::KnownGood;
using compare::LaidBoards;
using compare::Outcome;
using imaging::BoardImage;

namespace {

// With a second known-good unit of the design.
const datasets::BoardPair& pair() {
  static const datasets::BoardPair made = boarddiff::test::one_part_pair(2);
  return made;
}

LaidBoards laid(const std::vector<BoardImage>& pictures) {
  LaidBoards boards{.pictures = pictures};
  for (const BoardImage& picture : pictures) {
    const imaging::Registration registration =
        register_to_reference(pictures.front(), picture, imaging::Modality::photo);
    REQUIRE(registration.ok());
    boards.from_first.push_back(registration.plane);
  }
  return boards;
}

KnownGood known_good(const std::vector<BoardImage>& pictures) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    all.push_back(i);
  }
  return {.enrolled = true, .name = "boards", .boards = in_one_frame(laid(pictures), all)};
}

// The sample photographed once more: other noise, the same unit.
BoardImage again(const BoardImage& picture) {
  BoardImage other = picture;
  cv::Mat noise(picture.size(), CV_8UC3);
  cv::RNG generator(5);
  generator.fill(noise, cv::RNG::UNIFORM, 0, 7);
  other.pixels = cv::Mat(picture.pixels + noise);  // not into the pixels that both share
  return other;
}

// Sensitivity has tests of its own.
compare::InspectionOptions findings_alone() {
  compare::InspectionOptions options;
  options.sensitivity.copies = 0;
  return options;
}

bool has_extra_part(const std::vector<Finding>& findings) {
  constexpr double kTwoCells_px = 8;
  const imaging::Point part = pair().changes.at(0).sample_box.centre();
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return (finding.sample_box.centre() - part).norm() < 2 * kTwoCells_px;
  });
}

}  // namespace

TEST_CASE("a part that one known-good board has is no finding", "[compare][further_boards][long]") {
  REQUIRE(has_extra_part(compare::inspect(pair().reference, pair().sample, findings_alone()).findings));
  const InspectionReport report =
      compare::inspect(known_good({pair().reference, again(pair().sample)}), pair().sample, findings_alone());
  CHECK(report.outcome == Outcome::nothing_found);
  CHECK_FALSE(has_extra_part(report.candidates));
  CHECK(report.notes.back() == "The sample was compared with 2 known-good boards.");
  REQUIRE(report.known_good.size() == 2);
  CHECK(report.known_good[1].compared);
  CHECK(report.reference_name == "boards");
}

TEST_CASE("a part that no known-good board has is found", "[compare][further_boards][long]") {
  const InspectionReport report = compare::inspect(known_good({pair().reference, pair().further_references.at(0)}),
                                                   pair().sample, findings_alone());
  CHECK(report.outcome == Outcome::needs_review);
  CHECK(has_extra_part(report.findings));
}

TEST_CASE("one board gives the report that its picture gives", "[compare][further_boards][long]") {
  const std::string plain = report_json(compare::inspect(pair().reference, pair().sample, findings_alone()));
  CHECK(report_json(compare::inspect(KnownGood{.boards = {pair().reference}}, pair().sample, findings_alone())) ==
        plain);
  InspectionReport enrolled = compare::inspect(known_good({pair().reference}), pair().sample, findings_alone());
  CHECK(enrolled.known_good.at(0).compared);
  enrolled.known_good.clear();
  CHECK(report_json(enrolled) == plain);
}

TEST_CASE("the report of several boards is the same with their features prepared", "[compare][further_boards][long]") {
  KnownGood boards = known_good({pair().reference, pair().further_references.at(0)});
  const std::string plain = report_json(compare::inspect(boards, pair().sample, findings_alone()));
  for (const BoardImage& board : boards.boards) {
    boards.features.push_back(imaging::prepare_features(board, imaging::Modality::photo));
    REQUIRE(boards.features.back());
  }
  CHECK(report_json(compare::inspect(boards, pair().sample, findings_alone())) == plain);
  // They are what the boards are recognised by: without any, each is one without detail.
  KnownGood second_hollow = boards;
  second_hollow.features[1]->features = {};
  CHECK_THAT(compare::inspect(second_hollow, pair().sample, findings_alone()).notes.back(),
             Catch::Contains("was left out: the reference picture shows too little detail"));
  KnownGood first_hollow = boards;
  first_hollow.features[0]->features = {};
  CHECK_THAT(compare::inspect(first_hollow, pair().sample, findings_alone()).reason,
             Catch::StartsWith("the reference picture shows too little detail"));
}

TEST_CASE("the report of several boards does not depend on threads", "[compare][further_boards][long]") {
  const std::vector<BoardImage> boards = {pair().reference, pair().further_references.at(0)};
  imaging::set_thread_count(4);
  const std::string four = report_json(compare::inspect(known_good(boards), pair().sample, findings_alone()));
  imaging::set_thread_count(1);
  const std::string one = report_json(compare::inspect(known_good(boards), pair().sample, findings_alone()));
  imaging::set_thread_count(0);
  CHECK(one == four);
}

TEST_CASE("a further board that the sample cannot be laid on is left out and named",
          "[compare][further_boards][long]") {
  KnownGood boards{.enrolled = true, .boards = {pair().reference, pair().reference}};
  boards.boards[1].pixels = boarddiff::test::textured_picture(pair().reference.size(), 9);
  boards.boards[1].source.name = "other.jpg";
  const InspectionReport report = compare::inspect(boards, pair().sample, findings_alone());
  const InspectionReport alone = compare::inspect(pair().reference, pair().sample, findings_alone());
  CHECK_THAT(report.notes.back(),
             Catch::StartsWith("The sample was compared with 1 of 2 known-good boards; other.jpg was left out: "));
  CHECK(report.known_good.at(0).compared);
  CHECK_FALSE(report.known_good.at(1).compared);
  REQUIRE(report.findings.size() == alone.findings.size());
  CHECK(report.findings.at(0).score == alone.findings.at(0).score);
}

TEST_CASE("a place that glare hides on the first board is inspected with the second",
          "[compare][further_boards][long]") {
  BoardImage glared = pair().reference;
  cv::Mat pixels = glared.pixels.clone();
  const imaging::Point part = pair().changes.at(0).reference_box.centre();
  for (int y = 0; y < pixels.rows; ++y) {
    for (int x = 0; x < pixels.cols; ++x) {
      // Bright in the middle, gone 90 pixels from there.
      const double light = std::clamp(1.6 - (part - imaging::Point(x, y)).norm() / 56, 0.0, 1.0);
      cv::Vec3b& pixel = pixels.at<cv::Vec3b>(y, x);
      pixel = pixel * (1 - light) + cv::Vec3b(255, 255, 255) * light;
    }
  }
  glared.pixels = pixels;
  const auto glare_hides = [](const InspectionReport& report) {
    const auto& regions = report.coverage.not_inspected_regions;
    return std::any_of(regions.begin(), regions.end(), [](const compare::Region& region) {
      return region.why.find("in the reference") != std::string::npos;
    });
  };
  const InspectionReport alone = compare::inspect(glared, pair().sample, findings_alone());
  REQUIRE(glare_hides(alone));
  const InspectionReport both =
      compare::inspect(known_good({glared, pair().further_references.at(0)}), pair().sample, findings_alone());
  CHECK_FALSE(glare_hides(both));
  CHECK(both.coverage.inspected > alone.coverage.inspected + 0.01);
}

TEST_CASE("of three boards the one that differs from both others is told", "[compare][board_check][long]") {
  const LaidBoards boards = laid({pair().reference, pair().sample, pair().further_references.at(0)});
  const std::vector<compare::BoardCheck> checks = compare::check_boards(boards);
  REQUIRE(checks.size() == 3);
  CHECK(checks[0].report.findings.empty());
  CHECK(checks[2].report.findings.empty());
  CHECK(checks[1].board == 1);
  CHECK(checks[1].others == std::vector<std::size_t>{0, 2});
  CHECK(has_extra_part(checks[1].report.findings));
}

TEST_CASE("two boards are compared once, and one not at all", "[compare][board_check][long]") {
  const auto checks = compare::check_boards(laid({pair().reference, pair().sample}));
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].others == std::vector<std::size_t>{0});
  CHECK(has_extra_part(checks[0].report.findings));
  CHECK(compare::check_boards(laid({pair().reference})).empty());
}
