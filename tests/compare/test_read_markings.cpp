// SPDX-License-Identifier: Apache-2.0
#include "compare/dark_bodies.h"
#include "compare/inspection.h"
#include "compare/part_place.h"
#include "compare/read_markings.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <string>
#include <vector>

namespace compare = boarddiff::compare;
namespace imaging = boarddiff::imaging;
using boarddiff::test::board_image;
using compare::Finding;
using compare::FindingKind;
using compare::KnownGood;
using compare::MarkingDifference;
using compare::Proposal;
using imaging::Box;

namespace {

const cv::Rect kChip(60, 40, 200, 120);

imaging::BoardImage board_with(const std::vector<std::string>& lines, const cv::Rect& chip = kChip) {
  cv::Mat3b picture(320, 420, cv::Vec3b(70, 110, 40));
  cv::rectangle(picture, chip, cv::Scalar(45, 42, 44), cv::FILLED);
  int baseline = chip.y + 40;
  for (const std::string& line : lines) {
    cv::putText(picture, line, {chip.x + 14, baseline}, cv::FONT_HERSHEY_SIMPLEX, 0.8, cv::Scalar::all(190), 2,
                cv::LINE_AA);
    baseline += 32;
  }
  cv::GaussianBlur(picture, picture, {}, 0.8);
  return board_image(picture);
}

// Only what is looked at: where the reference has its parts.
compare::Comparison compared_with(const std::vector<cv::Rect>& parts) {
  compare::Comparison compared;
  compared.pair.reference = cv::Mat3f(320, 420, cv::Vec3f(0.3F, 0.4F, 0.2F));
  for (const cv::Rect& part : parts) {
    compared.layouts.reference.components.push_back(
        {.box = {double(part.x), double(part.y), double(part.width), double(part.height)}, .fill = 1});
  }
  return compared;
}

Finding finding_at(const Box& box, FindingKind kind, bool advisory, bool above_threshold = true) {
  return {.id = 1,
          .kind = kind,
          .score = 0.6,
          .sample_box = box,
          .reference_box = box,
          .reason = "It differs.",
          .above_threshold = above_threshold,
          .advisory = advisory};
}

const Box kFirstLine{70, 60, 150, 26};
const Box kLastLine{70, 125, 150, 26};
const std::vector<std::string> kGood = {"MX25L128", "TAIWAN", "2319 A"};
const std::vector<std::string> kOtherPart = {"W25Q64JV", "TAIWAN", "2319 A"};
const std::vector<std::string> kOtherDate = {"MX25L128", "TAIWAN", "2142 A"};

Proposal read(const Proposal& proposal, const std::vector<std::string>& reference,
              const std::vector<std::string>& sample) {
  const KnownGood known_good{.boards = {board_with(reference)}};
  return with_markings(proposal, known_good, board_with(sample), {}, compared_with({kChip})).proposal;
}

}  // namespace

TEST_CASE("a finding on a part with another number becomes a replaced component", "[compare][read_markings]") {
  const Proposal advisory{.candidates = {finding_at(kFirstLine, FindingKind::changed_marking, true)}};
  const Proposal result = read(advisory, kGood, kOtherPart);
  REQUIRE(result.findings.size() == 1);
  CHECK(result.candidates.empty());
  const Finding& finding = result.findings[0];
  CHECK(finding.kind == FindingKind::replaced_component);
  CHECK_FALSE(finding.advisory);
  CHECK(finding.score == 0.6);
  REQUIRE(finding.marking);
  CHECK(finding.marking->difference == MarkingDifference::part_differs);
  CHECK(
      finding.reason.find("The marking reads MX25L128 / TAIWAN / 2319 A in the reference and W25Q64JV / TAIWAN / 2319 "
                          "A in the sample.") != std::string::npos);
}

TEST_CASE("below the threshold another part number is a candidate, and of several on a part one says so",
          "[compare][read_markings]") {
  Proposal weak{.candidates = {finding_at(kFirstLine, FindingKind::changed_surface, false, false),
                               finding_at(kFirstLine, FindingKind::changed_trace, false, false)}};
  const Proposal result = read(weak, kGood, kOtherPart);
  CHECK(result.findings.empty());
  REQUIRE(result.candidates.size() == 2);
  CHECK(result.candidates[0].kind == FindingKind::replaced_component);
  CHECK(result.candidates[1].kind == FindingKind::changed_trace);
  CHECK(result.candidates[1].id == 2);
}

TEST_CASE("a finding on nothing but another date code is a candidate", "[compare][read_markings]") {
  const Proposal sure{.findings = {finding_at(kLastLine, FindingKind::changed_surface, false)}};
  const Proposal result = read(sure, kGood, kOtherDate);
  CHECK(result.findings.empty());
  REQUIRE(result.candidates.size() == 1);
  CHECK(result.candidates[0].kind == FindingKind::changed_marking);
  CHECK(result.candidates[0].advisory);
  CHECK(result.candidates[0].reason.find("another date or lot code") != std::string::npos);
}

TEST_CASE("another date code excuses nothing that lies elsewhere on the part", "[compare][read_markings]") {
  const Box beside{200, 60, 56, 90};
  const Proposal sure{.findings = {finding_at(beside, FindingKind::extra_component, false)}};
  const Proposal result = read(sure, kGood, kOtherDate);
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].kind == FindingKind::extra_component);
  CHECK(result.findings[0].marking->difference == MarkingDifference::codes_differ);
}

TEST_CASE("lettering that differs is read where no body stands out, as on black boards", "[compare][read_markings]") {
  const KnownGood good{.boards = {board_with(kGood)}};
  const Proposal advisory{.candidates = {finding_at(kFirstLine, FindingKind::changed_marking, true)}};
  const Proposal result = with_markings(advisory, good, board_with(kOtherPart), {}, compared_with({})).proposal;
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].kind == FindingKind::replaced_component);
}

TEST_CASE("the same print, and print that cannot be read, change nothing", "[compare][read_markings]") {
  const Proposal advisory{.candidates = {finding_at(kFirstLine, FindingKind::changed_marking, true)}};
  const Proposal same = read(advisory, kGood, kGood);
  CHECK(same.findings.empty());
  REQUIRE(same.candidates.size() == 1);
  CHECK(same.candidates[0].marking->difference == MarkingDifference::same);
  CHECK(same.candidates[0].reason == "It differs.");
  const Proposal blank = read(advisory, {}, {});
  CHECK_FALSE(blank.candidates.at(0).marking);
}

TEST_CASE("a number that another known-good board has is no other one", "[compare][read_markings]") {
  const Proposal advisory{.candidates = {finding_at(kFirstLine, FindingKind::changed_marking, true)}};
  const KnownGood both{.boards = {board_with(kGood), board_with(kOtherPart)}};
  const Proposal result = with_markings(advisory, both, board_with(kOtherPart), {}, compared_with({kChip})).proposal;
  CHECK(result.findings.empty());
  CHECK(result.candidates.at(0).kind == FindingKind::changed_marking);
}

TEST_CASE("a known-good board that cannot be read there excuses nothing", "[compare][read_markings]") {
  const Proposal advisory{.candidates = {finding_at(kFirstLine, FindingKind::changed_marking, true)}};
  const KnownGood with_blank{.boards = {board_with(kGood), board_with({})}};
  const Proposal result =
      with_markings(advisory, with_blank, board_with(kOtherPart), {}, compared_with({kChip})).proposal;
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].kind == FindingKind::replaced_component);
}

TEST_CASE("the number of one good board with the date of another is not called another date",
          "[compare][read_markings]") {
  const Proposal sure{.findings = {finding_at(kLastLine, FindingKind::changed_surface, false)}};
  const KnownGood both{.boards = {board_with(kGood), board_with(kOtherPart)}};
  const std::vector<std::string> later = {"W25Q64JV", "TAIWAN", "2142 A"};
  const Proposal result = with_markings(sure, both, board_with(later), {}, compared_with({kChip})).proposal;
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].marking->difference == MarkingDifference::unknown);
  CHECK(result.findings[0].reason == "It differs.");
}

TEST_CASE("the sample is read where the mapping has the part", "[compare][read_markings]") {
  const Proposal advisory{.candidates = {finding_at(kFirstLine, FindingKind::changed_marking, true)}};
  imaging::PlaneMap plane;
  plane.sample_from_reference << 1, 0, 90, 0, 1, 110, 0, 0, 1;
  const KnownGood good{.boards = {board_with(kGood)}};
  const imaging::BoardImage sample = board_with(kOtherPart, kChip + cv::Point(90, 110));
  CHECK(with_markings(advisory, good, sample, plane, compared_with({kChip})).proposal.findings.size() == 1);
}

TEST_CASE("no more parts are read than asked for, and none beside the findings", "[compare][read_markings]") {
  const Proposal sure{.findings = {finding_at(kFirstLine, FindingKind::changed_surface, false)}};
  const KnownGood good{.boards = {board_with(kGood)}};
  const auto marked = [&](const std::vector<cv::Rect>& parts, int most) {
    const compare::MarkingOptions options{.max_places = most};
    return with_markings(sure, good, board_with(kOtherPart), {}, compared_with(parts), options)
               .proposal.findings.at(0)
               .kind == FindingKind::replaced_component;
  };
  CHECK(marked({kChip}, 1));
  CHECK_FALSE(marked({kChip}, 0));
  CHECK_FALSE(marked({}, 24));
  CHECK_FALSE(marked({cv::Rect(300, 200, 100, 100)}, 24));
}

TEST_CASE("a part is the body that shares most with the finding", "[compare][read_markings]") {
  const cv::Size size(420, 320);
  const std::vector<Box> bodies = {{50, 40, 200, 120}, {200, 50, 40, 40}};
  const auto centre_of = [&](const Box& box) {
    const auto part = compare::part_at(box, bodies, 1, size);
    return part ? cv::Point(part->x + part->width / 2, part->y + part->height / 2) : cv::Point(-1, -1);
  };
  CHECK(centre_of({60, 60, 30, 30}) == cv::Point(150, 100));
  CHECK(centre_of({40, 30, 220, 140}) == cv::Point(150, 100));
  CHECK(centre_of({300, 200, 20, 20}) == cv::Point(-1, -1));
  // Bodies of a picture of half the size.
  const auto part = compare::part_at({400, 100, 80, 80}, {bodies[1]}, 0.5, size * 2);
  REQUIRE(part);
  CHECK(part->contains({440, 140}));
  CHECK(part->width >= 80);
  CHECK(part->width <= 96);
}

TEST_CASE("circuits are dark and grey, whatever is printed on them", "[compare][read_markings]") {
  cv::Mat3f light(600, 900, cv::Vec3f(0.3F, 0.4F, 0.2F));
  cv::Mat3f part(light(cv::Rect(0, 0, 420, 320)));
  board_with(kGood).pixels.convertTo(part, CV_32F, 1.0 / 255);
  cv::rectangle(light, cv::Rect(300, 200, 60, 60), cv::Scalar(0.35, 0.15, 0.1), cv::FILLED);  // dark blue
  cv::rectangle(light, cv::Rect(300, 40, 60, 60), cv::Scalar::all(0.8), cv::FILLED);
  const std::vector<Box> bodies = compare::find_dark_bodies(light);
  REQUIRE(bodies.size() == 1);
  CHECK(bodies[0].x == Approx(kChip.x).margin(2));
  CHECK(bodies[0].y == Approx(kChip.y).margin(2));
  CHECK(bodies[0].width == Approx(kChip.width).margin(4));
  CHECK(bodies[0].height == Approx(kChip.height).margin(4));
}
