// SPDX-License-Identifier: Apache-2.0
#include "compare/inspection.h"
#include "compare/variation.h"
#include "tests/compare/one_part_pair.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace compare = boarddiff::compare;
namespace imaging = boarddiff::imaging;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;
using compare::Variation;
using compare::variation_place;
using imaging::BoardImage;
using imaging::Box;
using imaging::Modality;

namespace {

const Box kCore = {200, 150, 40, 30};

imaging::Registration in_place() { return {.status = imaging::RegistrationStatus::aligned}; }

BoardImage board() { return board_image(textured_picture({440, 340}, 1)); }

// With an even body of this colour on the core.
BoardImage with_body(const cv::Scalar& colour) {
  cv::Mat pixels = board().pixels.clone();
  pixels(cv::Rect(200, 150, 40, 30)).setTo(colour);
  return board_image(pixels);
}

BoardImage brighter(const BoardImage& picture) {
  cv::Mat pixels;
  picture.pixels.convertTo(pixels, -1, 1.15);
  return board_image(pixels);
}

Variation variation_of(const BoardImage& sample, int number = 1) {
  const cv::Rect place = variation_place(kCore, {}, board().size());
  return {.number = number,
          .core = kCore,
          .place = place,
          .pixels = compare::cut_look(board(), sample, in_place(), Modality::photo, place)};
}

compare::SuitedReference suited(const std::vector<Variation>& variations, const BoardImage& sample) {
  return suited_reference(board(), variations, sample, in_place(), Modality::photo);
}

double most_different(const cv::Mat& one, const cv::Mat& other) { return cv::norm(one, other, cv::NORM_INF); }

const cv::Scalar kDark(30, 30, 30);
const cv::Scalar kBlue(180, 60, 40);

// A pair of which one part differs, and that part as variation 7 of the known-good board.
struct AcceptedPart {
  boarddiff::datasets::BoardPair pair = boarddiff::test::one_part_pair();
  compare::InspectionOptions options = {};
  compare::KnownGood known_good = {.boards = {pair.reference}};
  compare::Finding found = {};

  AcceptedPart() {
    options.sensitivity.copies = 0;
    const compare::InspectionReport before = compare::inspect(known_good, pair.sample, options);
    REQUIRE(before.findings.size() == 1);
    found = before.findings.front();
    const cv::Rect place = variation_place(found.reference_box, {}, pair.reference.size());
    known_good.variations = {
        {.number = 7,
         .core = found.reference_box,
         .place = place,
         .pixels = compare::cut_look(pair.reference, pair.sample, before.registration, Modality::photo, place),
         .who = "R. Eviewer",
         .why = "approved alternate"}};
  }

  [[nodiscard]] compare::InspectionReport inspected(const BoardImage& sample) const {
    return compare::inspect(known_good, sample, options);
  }
};

}  // namespace

TEST_CASE("a variation's place is its core with a margin, inside the reference", "[compare][variation]") {
  const cv::Rect place = variation_place(kCore, {}, {440, 340});
  CHECK(place.x < 200);
  CHECK(place.y < 150);
  CHECK(place.br().x > 240);
  CHECK(place.br().y > 180);
  CHECK((place & cv::Rect(0, 0, 440, 340)) == place);
  const cv::Rect at_corner = variation_place({-5, -5, 20, 20}, {}, {440, 340});
  CHECK(at_corner.tl() == cv::Point(0, 0));
  CHECK(variation_place({500, 10, 20, 20}, {}, {440, 340}).empty());
}

TEST_CASE("a variation's place does not reach into other findings", "[compare][variation]") {
  const cv::Rect alone = variation_place(kCore, {}, {440, 340});
  const cv::Rect beside = variation_place(kCore, {{242, 100, 60, 120}}, {440, 340});
  CHECK(beside.br().x <= 242);
  CHECK(beside.tl() == alone.tl());
  // Where another one lies on the core itself, only the margin can be given up.
  const cv::Rect below = variation_place(kCore, {{210, 160, 10, 100}}, {440, 340});
  CHECK((below & cv::Rect(200, 150, 40, 30)) == cv::Rect(200, 150, 40, 30));
}

TEST_CASE("a sample that looks like a variation is compared with it, in the reference's light",
          "[compare][variation]") {
  const std::vector<Variation> variations = {variation_of(brighter(with_body(kDark)))};
  const compare::SuitedReference same = suited(variations, with_body(kDark));
  CHECK(same.is_seen == std::vector<bool>{true});
  const cv::Rect core(200, 150, 40, 30);
  CHECK(most_different(same.picture.pixels(core), with_body(kDark).pixels(core)) < 30);
  cv::Mat outside = same.picture.pixels.clone();
  board().pixels(variations[0].place).copyTo(outside(variations[0].place));
  CHECK(most_different(outside, board().pixels) == 0);
}

TEST_CASE("a sample that looks like the reference is compared with the reference", "[compare][variation]") {
  const compare::SuitedReference plain = suited({variation_of(with_body(kDark))}, brighter(board()));
  CHECK(plain.is_seen == std::vector<bool>{false});
  CHECK(most_different(plain.picture.pixels, board().pixels) == 0);
}

TEST_CASE("of variations at one place the one that is seen is taken", "[compare][variation]") {
  const std::vector<Variation> variations = {variation_of(with_body(kDark), 1), variation_of(with_body(kBlue), 2)};
  CHECK(suited(variations, with_body(kBlue)).is_seen == std::vector<bool>{false, true});
  CHECK(suited(variations, with_body(kDark)).is_seen == std::vector<bool>{true, false});
}

TEST_CASE("looks that do not fit the reference are left aside", "[compare][variation]") {
  Variation variation = variation_of(with_body(kDark));
  variation.place.x = 420;
  CHECK(suited({variation}, with_body(kDark)).is_seen == std::vector<bool>{false});
  variation = variation_of(with_body(kDark));
  cv::cvtColor(variation.pixels.clone(), variation.pixels, cv::COLOR_BGR2GRAY);
  CHECK(suited({variation}, with_body(kDark)).is_seen == std::vector<bool>{false});
}

TEST_CASE("the look of an X-ray is cut out in the reference's exposure", "[compare][variation]") {
  cv::Mat1b grey;
  cv::cvtColor(textured_picture({440, 340}, 2), grey, cv::COLOR_BGR2GRAY);
  cv::Mat1w film;
  grey.convertTo(film, CV_16U, 200, 8000);
  const BoardImage reference = board_image(film);
  cv::Mat1w other;
  film.convertTo(other, CV_16U, 0.7);
  other(cv::Rect(200, 150, 40, 30)) = 0.5 * 0.7 * 40000;
  const cv::Rect place = variation_place(kCore, {}, reference.size());
  const cv::Mat look = compare::cut_look(reference, board_image(other), in_place(), Modality::xray, place);
  REQUIRE(look.type() == CV_16UC1);
  REQUIRE(look.size() == place.size());
  const cv::Rect core(200 - place.x + 5, 150 - place.y + 5, 30, 20);
  CHECK(cv::mean(look(core))[0] == Approx(20000).epsilon(0.1));
}

TEST_CASE("places of variations that are seen are watched, and no others", "[compare][variation]") {
  const std::vector<compare::MarkedRegion> places =
      compare::watched_places({{.number = 1, .core = kCore, .who = "R. Eviewer", .is_seen = false},
                               {.number = 2, .core = kCore, .who = "R. Eviewer", .is_seen = true}});
  REQUIRE(places.size() == 1);
  CHECK(places[0].why == "accepted variation 2");
  CHECK(places[0].who == "R. Eviewer");
  REQUIRE(places[0].reference_rings.size() == 1);
  CHECK(places[0].reference_rings[0].size() == 4);
  CHECK(compare::region_around(kCore, places, {1000, 1000}, 1) == places.data());
}

TEST_CASE("a third part in a variation's place is held to the threshold of what is watched", "[compare][variation]") {
  AcceptedPart accepted;
  // A stain on what was accepted: too little for a threshold that hardly anything reaches.
  BoardImage marked = accepted.pair.sample;
  marked.pixels = accepted.pair.sample.pixels.clone();
  const imaging::Point centre = accepted.found.sample_box.centre();
  const double side = 0.35 * std::min(accepted.found.sample_box.width, accepted.found.sample_box.height);
  cv::Mat stained = marked.pixels(cv::Rect(cv::Rect2d(centre.x() - side, centre.y() - side, 2 * side, 2 * side)));
  stained += cv::Scalar::all(90);
  accepted.options.finding.false_calls_per_board = 0.001;
  accepted.options.finding.watch_false_calls_per_board = 0.001;
  const compare::InspectionReport strict = accepted.inspected(marked);
  REQUIRE(strict.coverage.variations.at(0).is_seen);
  CHECK(strict.findings.empty());
  accepted.options.finding.watch_false_calls_per_board = 5;
  const compare::InspectionReport watching = accepted.inspected(marked);
  REQUIRE(watching.findings.size() == 1);
  CHECK(watching.findings[0].watch == "accepted variation 7");
}

TEST_CASE("what was accepted is no longer called, and something else in its place is", "[compare][variation]") {
  const AcceptedPart accepted;
  const compare::InspectionReport after = accepted.inspected(accepted.pair.sample);
  CHECK(after.findings.empty());
  REQUIRE(after.coverage.variations.size() == 1);
  CHECK(after.coverage.variations[0].number == 7);
  CHECK(after.coverage.variations[0].is_seen);
  CHECK(after.coverage.varied > 0);
  CHECK(after.coverage.varied < 0.05);
  CHECK(std::find(after.notes.begin(), after.notes.end(),
                  "Of the reference file's 1 variation the sample shows 1: 7 (approved alternate).") !=
        after.notes.end());

  // Another body there: of a light colour, and turned.
  BoardImage other = accepted.pair.sample;
  other.pixels = accepted.pair.sample.pixels.clone();
  const Box in_sample = accepted.found.sample_box;
  const cv::RotatedRect body({static_cast<float>(in_sample.centre().x()), static_cast<float>(in_sample.centre().y())},
                             {static_cast<float>(0.8 * in_sample.width), static_cast<float>(0.6 * in_sample.height)},
                             30);
  std::vector<cv::Point2f> corners(4);
  body.points(corners.data());
  cv::fillConvexPoly(other.pixels, std::vector<cv::Point>(corners.begin(), corners.end()), {190, 200, 205},
                     cv::LINE_AA);
  const compare::InspectionReport still = accepted.inspected(other);
  REQUIRE(still.findings.size() == 1);
  CHECK(imaging::intersection(still.findings[0].reference_box, accepted.found.reference_box).area() > 0);
  CHECK(still.findings[0].watch == (still.coverage.variations.at(0).is_seen ? "accepted variation 7" : ""));

  const compare::InspectionReport unchanged = accepted.inspected(accepted.pair.reference);
  CHECK(unchanged.findings.empty());
  CHECK_FALSE(unchanged.coverage.variations.at(0).is_seen);
}

TEST_CASE("variations on much of the board are warned of", "[compare][variation]") {
  compare::KnownGood known_good{.boards = {board()}};
  known_good.variations = {variation_of(with_body(kDark))};
  known_good.variations[0].core = {20, 20, 200, 200};
  known_good.variations[0].place = {10, 10, 220, 220};
  known_good.variations[0].pixels = board().pixels(cv::Rect(10, 10, 220, 220)).clone();
  compare::InspectionOptions options;
  options.sensitivity.copies = 0;
  const compare::InspectionReport report = compare::inspect(known_good, board(), options);
  CHECK(report.coverage.varied > 0.2);
  CHECK(std::any_of(report.notes.begin(), report.notes.end(),
                    [](const std::string& note) { return note.starts_with("Variations lie on "); }));
}
