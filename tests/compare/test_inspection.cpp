// SPDX-License-Identifier: Apache-2.0
#include "compare/inspection.h"
#include "compare/report_json.h"
#include "imaging/base/error.h"
#include "tests/compare/one_part_pair.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using boarddiff::test::board_image;
using boarddiff::test::one_part_pair;
using compare::Finding;
using compare::FindingKind;
using compare::InspectionOptions;
using compare::InspectionReport;
using compare::Outcome;
using imaging::Box;
using imaging::Point;

namespace {

std::vector<Finding> places_of(const InspectionReport& report) {
  std::vector<Finding> places = report.findings;
  places.insert(places.end(), report.candidates.begin(), report.candidates.end());
  return places;
}

// The place nearest to a point of the sample, by its centre.
Finding nearest(const InspectionReport& report, const Point& in_sample) {
  const std::vector<Finding> places = places_of(report);
  REQUIRE_FALSE(places.empty());
  return *std::min_element(places.begin(), places.end(), [&](const Finding& a, const Finding& b) {
    return (a.sample_box.centre() - in_sample).norm() < (b.sample_box.centre() - in_sample).norm();
  });
}

imaging::BoardImage turned(const imaging::BoardImage& image) {
  imaging::BoardImage result = image;
  cv::Mat pixels;
  cv::rotate(image.pixels, pixels, cv::ROTATE_90_CLOCKWISE);
  result.pixels = pixels;
  return result;
}

// A point of the picture in the picture turned clockwise, which was `height` high.
Point turned(const Point& point, int height) { return {height - 1 - point.y(), point.x()}; }

// Findings clear of the threshold; what sits on it may fall on either side.
std::vector<Finding> clear_findings(const InspectionReport& report) {
  std::vector<Finding> findings;
  std::copy_if(report.findings.begin(), report.findings.end(), std::back_inserter(findings),
               [](const Finding& finding) { return finding.score > 0.6; });
  return findings;
}

// Regions are made of cells of 4 px whose grid begins at another corner after a turn: two cells either way.
constexpr double kTwoCells_px = 8;
constexpr double kLikeScore = 0.1;

}  // namespace

TEST_CASE("parts are looked for where a millimetre has enough pixels, and where not the report says so",
          "[compare][inspection]") {
  imaging::BoardImage picture = one_part_pair().reference;
  const auto parts_of = [&](const std::optional<double>& pixels_per_mm) {
    picture.pixels_per_mm = pixels_per_mm;
    const imaging::Registration registration =
        imaging::register_to_reference(picture, picture, imaging::Modality::photo);
    return compare::compare_pictures(picture, picture, registration).layouts.parts;
  };
  const auto says_so = [&](double pixels_per_mm) {
    picture.pixels_per_mm = pixels_per_mm;
    const std::vector<std::string> notes = compare::inspect(picture, picture).notes;
    return std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
      return note.find("places are also judged by whether parts are seen") != std::string::npos;
    });
  };
  CHECK(parts_of(10).known());
  CHECK_FALSE(parts_of(6).known());
  CHECK_FALSE(parts_of({}).known());
  CHECK(says_so(6));
  CHECK_FALSE(says_so(10));
}

TEST_CASE("a picture against itself shows nothing, and the report says that it is the same file",
          "[compare][inspection]") {
  imaging::BoardImage picture = one_part_pair().reference;
  picture.source.sha256 = std::string(64, 'a');
  const InspectionReport report = compare::inspect(picture, picture);
  CHECK(report.outcome == Outcome::nothing_found);
  CHECK(report.findings.empty());
  CHECK_THAT(report.notes, Catch::VectorContains(std::string("Reference and sample are the same file.")));
  const compare::Coverage& coverage = report.coverage;
  CHECK(coverage.inspected + coverage.masked + coverage.not_inspected == Approx(1));
  CHECK(coverage.inspected > 0.8);
}

TEST_CASE("an extra part is found where it is; swapping the pictures makes it a missing one", "[compare][inspection]") {
  const datasets::BoardPair pair = one_part_pair();
  REQUIRE(pair.changes.size() == 1);
  const InspectionReport there = compare::inspect(pair.reference, pair.sample);
  const InspectionReport swapped = compare::inspect(pair.sample, pair.reference);
  REQUIRE(there.outcome == Outcome::needs_review);
  REQUIRE(swapped.outcome == Outcome::needs_review);
  const Finding extra = nearest(there, pair.changes[0].sample_box.centre());
  const Finding missing = nearest(swapped, pair.changes[0].reference_box.centre());
  CHECK(extra.kind == FindingKind::extra_component);
  CHECK(missing.kind == FindingKind::missing_component);
  // The two frames differ by some degrees of turn, which makes upright boxes wider by a few pixels.
  CHECK((extra.sample_box.centre() - missing.reference_box.centre()).norm() < kTwoCells_px);
  CHECK((extra.sample_box.centre() - pair.changes[0].sample_box.centre()).norm() < 2 * kTwoCells_px);
}

TEST_CASE("turning both pictures changes nothing but the frame", "[compare][inspection][long]") {
  const datasets::BoardPair pair = one_part_pair();
  const InspectionReport upright = compare::inspect(pair.reference, pair.sample);
  const InspectionReport lying = compare::inspect(turned(pair.reference), turned(pair.sample));
  CHECK(upright.outcome == lying.outcome);
  const std::vector<Finding> clear = clear_findings(upright);
  REQUIRE_FALSE(clear.empty());
  for (const Finding& finding : clear) {
    const Point expected = turned(finding.sample_box.centre(), pair.sample.size().height);
    const Finding again = nearest(lying, expected);
    CAPTURE(finding.id, finding.score, again.id, again.score);
    CHECK((again.sample_box.centre() - expected).norm() < kTwoCells_px);
    CHECK(again.score == Approx(finding.score).margin(kLikeScore));
  }
}

TEST_CASE("turning the sample changes nothing but where findings lie in it", "[compare][inspection][long]") {
  const datasets::BoardPair pair = one_part_pair();
  const InspectionReport upright = compare::inspect(pair.reference, pair.sample);
  const InspectionReport lying = compare::inspect(pair.reference, turned(pair.sample));
  CHECK(upright.outcome == lying.outcome);
  const std::vector<Finding> clear = clear_findings(upright);
  REQUIRE_FALSE(clear.empty());
  for (const Finding& finding : clear) {
    const Point expected = turned(finding.sample_box.centre(), pair.sample.size().height);
    const Finding again = nearest(lying, expected);
    CAPTURE(finding.id, finding.score, again.id, again.score);
    CHECK((again.sample_box.centre() - expected).norm() < kTwoCells_px);
    CHECK((again.reference_box.centre() - finding.reference_box.centre()).norm() < kTwoCells_px);
    CHECK(again.score == Approx(finding.score).margin(kLikeScore));
  }
}

TEST_CASE("the report has the same bytes for 1, 2 and 4 threads", "[compare][inspection][long]") {
  const datasets::BoardPair pair = one_part_pair();
  imaging::set_thread_count(4);
  const std::string four = report_json(compare::inspect(pair.reference, pair.sample));
  imaging::set_thread_count(2);
  const std::string two = report_json(compare::inspect(pair.reference, pair.sample));
  imaging::set_thread_count(1);
  const std::string one = report_json(compare::inspect(pair.reference, pair.sample));
  imaging::set_thread_count(0);
  CHECK(one == two);
  CHECK(one == four);
}

TEST_CASE("brightness and contrast of the sample do not change the outcome", "[compare][inspection][long]") {
  const datasets::BoardPair pair = one_part_pair();
  imaging::BoardImage unchanged = pair.reference;
  imaging::BoardImage darker = pair.sample;
  cv::Mat dim_sample;
  cv::Mat dim_reference;
  pair.sample.pixels.convertTo(dim_sample, -1, 0.75, 0);
  pair.reference.pixels.convertTo(dim_reference, -1, 0.75, 0);
  darker.pixels = dim_sample;
  unchanged.pixels = dim_reference;
  CHECK(compare::inspect(pair.reference, darker).outcome == Outcome::needs_review);
  CHECK(compare::inspect(pair.reference, unchanged).outcome == Outcome::nothing_found);
}

TEST_CASE("another board is not comparable, and the report says why", "[compare][inspection]") {
  datasets::BoardPairSettings settings;
  settings.megapixels = 0.5;
  settings.sample_board = datasets::SampleBoard::other_design;
  const datasets::BoardPair pair = make_board_pair(settings, 64);
  const InspectionReport report = compare::inspect(pair.reference, pair.sample);
  CHECK(report.outcome == Outcome::not_comparable);
  CHECK_FALSE(report.reason.empty());
  CHECK(report.reason == report.registration.reason);
  CHECK(places_of(report).empty());
  CHECK(report.coverage.inspected == 0);
}

TEST_CASE("what the loader noted is in the report", "[compare][inspection]") {
  imaging::BoardImage blank = board_image(cv::Mat(100, 120, CV_8UC3, cv::Scalar::all(90)));
  imaging::BoardImage other = blank;
  blank.notes = {"The orientation tag is not valid."};
  other.notes = {"There are two pictures; the first is used."};
  const InspectionReport report = compare::inspect(blank, other);
  CHECK(report.outcome == Outcome::not_comparable);
  CHECK(report.notes == std::vector<std::string>{"Reference: The orientation tag is not valid.",
                                                 "Sample: There are two pictures; the first is used."});
}

TEST_CASE("pictures too small for the cells are not comparable, never without findings", "[compare][inspection]") {
  const imaging::BoardImage board = board_image(boarddiff::test::textured_picture({400, 300}, 1));
  InspectionOptions options;
  options.evidence.cell_px = 64;
  const InspectionReport report = compare::inspect(board, board, options);
  REQUIRE(report.registration.ok());
  CHECK(report.outcome == Outcome::not_comparable);
  CHECK_THAT(report.reason, Catch::Contains("--evidence.cell-px"));
}

TEST_CASE("what blur hides is not inspected, and the report says what to do", "[compare][inspection]") {
  // The test above finds the part that is blurred away here.
  const datasets::BoardPair pair = one_part_pair();
  const Point part = pair.changes.at(0).sample_box.centre();
  imaging::BoardImage sample = pair.sample;
  cv::Mat pixels = sample.pixels.clone();
  const int middle = pixels.cols / 2;
  const cv::Rect half(part.x() < middle ? 0 : middle, 0, middle, pixels.rows);
  cv::Mat soft;
  cv::GaussianBlur(sample.pixels, soft, {}, 8);
  soft(half).copyTo(pixels(half));
  sample.pixels = pixels;
  const InspectionReport report = compare::inspect(pair.reference, sample);
  REQUIRE(report.registration.ok());
  CHECK(report.coverage.inspected < 0.7);
  CHECK(
      std::any_of(report.coverage.not_inspected_regions.begin(), report.coverage.not_inspected_regions.end(),
                  [](const compare::Region& region) { return region.why == "out of focus or shaken in the sample"; }));
  CHECK(std::any_of(report.notes.begin(), report.notes.end(), [](const std::string& note) {
    return note.find("In the sample blur hides") == 0 && note.find("focus on the board") != std::string::npos;
  }));
  for (const Finding& finding : places_of(report)) {
    CHECK((finding.sample_box.centre() - part).norm() > 2 * kTwoCells_px);
  }
}

TEST_CASE("a change in an ignored region is not reported, one outside of it is", "[compare][inspection][long]") {
  const datasets::BoardPair pair = one_part_pair();
  const Box part = pair.changes.at(0).reference_box;
  const auto ignoring = [&](const Box& box) {
    InspectionOptions options;
    options.regions.ignored = {.sources = {{.name = "marks.json", .sha256 = "abc"}},
                               .regions = {{.reference_rings = {corners(box)}}}};
    return compare::inspect(pair.reference, pair.sample, options);
  };
  const auto reports_part = [&](const InspectionReport& report) {
    const std::vector<Finding> places = places_of(report);
    return std::any_of(places.begin(), places.end(), [&](const Finding& place) {
      return (place.reference_box.centre() - part.centre()).norm() < 2 * kTwoCells_px;
    });
  };
  const InspectionReport hidden = ignoring(grown(part, 10));
  CHECK_FALSE(reports_part(hidden));
  CHECK(hidden.coverage.masked > 0);
  CHECK(hidden.coverage.inspected + hidden.coverage.masked + hidden.coverage.not_inspected == Approx(1));
  CHECK(hidden.coverage.masks.size() == 1);
  CHECK_THAT(hidden.options,
             Catch::VectorContains(std::pair<std::string, std::string>("ignore", "marks.json sha256:abc")));

  // As large a region two widths of the part away, towards the middle of the board.
  const double step = part.centre().x() < pair.reference.size().width / 2.0 ? 1 : -1;
  Box beside = grown(part, 10);
  beside.x += step * 3 * beside.width;
  CHECK(reports_part(ignoring(beside)));
}

TEST_CASE("a board that is ignored whole is not comparable, and the report says why", "[compare][inspection]") {
  const imaging::BoardImage board = board_image(boarddiff::test::textured_picture({400, 300}, 1));
  InspectionOptions options;
  options.regions.ignored.regions = {{.reference_rings = {{{-9, -9}, {500, -9}, {500, 400}, {-9, 400}}}}};
  const InspectionReport report = compare::inspect(board, board, options);
  REQUIRE(report.registration.ok());
  CHECK(report.outcome == Outcome::not_comparable);
  CHECK(report.coverage.masked == Approx(1));
  CHECK(report.reason ==
        "no part of the board could be inspected: all that the sample shows of it is ignored (--ignore)");
  CHECK_THAT(report.notes, Catch::VectorContains(
                               std::string("100 % of the board is ignored (--ignore): nothing there was inspected.")));
}

TEST_CASE("all problems of the options are reported at once", "[compare][inspection]") {
  InspectionOptions options;
  options.registration.min_inliers = 1;
  options.normalization.max_side_px = 1;
  options.evidence.cell_px = 0;
  options.layout.min_side_px = 0;
  options.finding.false_calls_per_board = 0;
  const imaging::BoardImage blank = board_image(cv::Mat(100, 120, CV_8UC3, cv::Scalar::all(90)));
  CHECK(problems(options).size() == 5);
  try {
    static_cast<void>(compare::inspect(blank, blank, options));
    FAIL("inspect() took impossible options");
  } catch (const imaging::Error& error) {
    CHECK(error.code() == imaging::ErrorCode::invalid_option);
    for (const char* flag : {"--registration.min-inliers", "--normalization.max-side-px", "--evidence.cell-px",
                             "--layout.min-side-px", "--false-calls-per-board"}) {
      CHECK_THAT(error.what(), Catch::Contains(flag));
    }
  }
}

TEST_CASE("virtual parts that were found lie in the sample where the plane says", "[compare]") {
  const datasets::BoardPair pair = one_part_pair();
  // The board lies farther down and to the right.
  constexpr int kFarther = 150;
  cv::Mat sample;
  cv::copyMakeBorder(pair.sample.pixels, sample, kFarther, 0, kFarther, 0, cv::BORDER_REPLICATE);
  const InspectionReport report = compare::inspect({.boards = {pair.reference}}, board_image(sample));
  REQUIRE(report.sensitivity);
  REQUIRE_FALSE(report.sensitivity->found.empty());
  for (const compare::FoundPart& part : report.sensitivity->found) {
    const Point expected = to_sample(report.registration.plane, part.finding.reference_box).centre();
    // Both boxes are of what was seen in their picture: a part is not quite in one place in both.
    const double most = std::max(part.finding.sample_box.width, part.finding.sample_box.height);
    CHECK((part.finding.sample_box.centre() - expected).norm() < most);
    CHECK((part.finding.sample_box.centre() - part.finding.reference_box.centre()).norm() > most);
  }
}
