// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/error.h"
#include "imaging/board_scale.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/aruco.hpp>
#include <opencv2/aruco/charuco.hpp>
#include <opencv2/core/eigen.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

using boarddiff::imaging::apply;
using boarddiff::imaging::BoardImage;
using boarddiff::imaging::BoardScale;
using boarddiff::imaging::CharucoBoard;
using boarddiff::imaging::Error;
using boarddiff::imaging::ErrorCode;
using boarddiff::imaging::find_board_scale;
using boarddiff::imaging::MarkerRuler;
using boarddiff::imaging::MeasuredDistance;
using boarddiff::imaging::Modality;
using boarddiff::imaging::OptionProblem;
using boarddiff::imaging::Point;
using boarddiff::imaging::ScaleOptions;
using boarddiff::imaging::with_scale;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;
using Catch::Contains;

namespace {

constexpr int kDrawnSquare = 60;  // pixels of the drawing

cv::Ptr<cv::aruco::Dictionary> dictionary_4x4() { return cv::aruco::getPredefinedDictionary(cv::aruco::DICT_4X4_50); }

// A board of 7 x 5 squares of 6 mm with markers of 4 mm, as OpenCV prints it.
cv::Mat1b drawn_board(int columns = 7, int rows = 5) {
  const auto board = cv::aruco::CharucoBoard::create(columns, rows, 6, 4, dictionary_4x4());
  cv::Mat drawing;
  board->draw({columns * kDrawnSquare, rows * kDrawnSquare}, drawing);
  return drawing;
}

// As OpenCV before 4.6 printed boards with an even number of rows: a marker in the upper left square.
cv::Mat1b drawn_old_board(int columns, int rows) {
  cv::Mat1b drawing(rows * kDrawnSquare, columns * kDrawnSquare, uchar{0});
  int id = 0;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      if ((row + column) % 2 == 0) {
        const cv::Rect square(column * kDrawnSquare, row * kDrawnSquare, kDrawnSquare, kDrawnSquare);
        drawing(square).setTo(255);
        cv::Mat marker;
        cv::aruco::drawMarker(dictionary_4x4(), id++, 40, marker);
        marker.copyTo(drawing(cv::Rect(square.x + 10, square.y + 10, 40, 40)));
      }
    }
  }
  return drawing;
}

// Drawn with a white margin into a busy picture, where `picture_from_drawing` puts it.
BoardImage picture_with(const cv::Mat1b& drawing, const Eigen::Matrix3d& picture_from_drawing, const cv::Size& size) {
  cv::Mat1b sheet;
  cv::copyMakeBorder(drawing, sheet, 30, 30, 30, 30, cv::BORDER_CONSTANT, 255);
  Eigen::Matrix3d drawing_from_sheet;
  drawing_from_sheet << 1, 0, -30, 0, 1, -30, 0, 0, 1;
  cv::Mat matrix;
  cv::eigen2cv(Eigen::Matrix3d(picture_from_drawing * drawing_from_sheet), matrix);
  cv::Mat3b picture = textured_picture(size, 5);
  cv::Mat3b colour;
  cv::cvtColor(sheet, colour, cv::COLOR_GRAY2BGR);
  // From four times as many pixels, so that edges are as soft as a lens makes them.
  cv::Mat3b large;
  cv::resize(picture, large, {}, 4, 4, cv::INTER_LINEAR);
  const cv::Mat enlarge = (cv::Mat_<double>(3, 3) << 4, 0, 1.5, 0, 4, 1.5, 0, 0, 1);
  cv::warpPerspective(colour, large, enlarge * matrix, large.size(), cv::INTER_LINEAR, cv::BORDER_TRANSPARENT);
  cv::resize(large, picture, size, 0, 0, cv::INTER_AREA);
  BoardImage image = board_image(picture);
  image.source.name = "golden.png";
  return image;
}

Eigen::Matrix3d in_perspective() {
  Eigen::Matrix3d matrix;
  matrix << 0.9, -0.25, 120, 0.2, 0.8, 40, 1.2e-4, 2.0e-4, 1;
  return matrix;
}

// Pixels a millimetre at one place of the picture, from finite differences of the map that drew it.
double true_scale(const Eigen::Matrix3d& picture_from_drawing, const Point& at) {
  const Eigen::Matrix3d drawing_from_picture = picture_from_drawing.inverse();
  const Point here = apply(drawing_from_picture, at);
  const Point along_x = apply(drawing_from_picture, Point(at + Point(0.5, 0))) - here;
  const Point along_y = apply(drawing_from_picture, Point(at + Point(0, 0.5))) - here;
  const double drawn_area = std::abs(along_x.x() * along_y.y() - along_x.y() * along_y.x()) / 0.25;
  const double drawn_px_per_mm = kDrawnSquare / 6.0;
  return drawn_px_per_mm / std::sqrt(drawn_area);
}

ScaleOptions with_charuco(int columns = 7, int rows = 5, const std::string& dictionary = "4X4_50") {
  return {.charuco = CharucoBoard{columns, rows, 6, 4, dictionary}};
}

std::string refusal(const BoardImage& image, const ScaleOptions& options) {
  try {
    (void)find_board_scale(image, Modality::photo, options);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::invalid_option);
    return error.what();
  }
  return "";
}

std::string problems_text(const ScaleOptions& options) {
  std::string text;
  for (const OptionProblem& problem : problems(options)) {
    text += problem.flag + " " + problem.rule + ", is " + problem.value + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("a ChArUco board in perspective gives the scale within half a percent", "[imaging][scale]") {
  const cv::Size size(640, 480);
  const BoardImage image = picture_with(drawn_board(), in_perspective(), size);
  const auto scale = find_board_scale(image, Modality::photo, with_charuco());
  REQUIRE(scale);
  CHECK(scale->pixels_per_mm == Approx(true_scale(in_perspective(), {319.5, 239.5})).epsilon(0.005));
  CHECK(scale->origin == "charuco");
  REQUIRE(scale->notes.size() == 2);
  CHECK_THAT(scale->notes[0], Contains("ChArUco board of 7 x 5 squares"));
  CHECK_THAT(scale->notes[1], Contains("varies over the picture"));
}

TEST_CASE("a ChArUco board seen from straight above needs no word about varying", "[imaging][scale]") {
  Eigen::Matrix3d turned;
  turned << 0.8, -0.3, 180, 0.3, 0.8, 30, 0, 0, 1;
  const auto scale = find_board_scale(picture_with(drawn_board(), turned, {640, 480}), Modality::photo, with_charuco());
  REQUIRE(scale);
  CHECK(scale->pixels_per_mm == Approx(10 * std::sqrt(0.73)).epsilon(0.002));
  CHECK(scale->notes.size() == 1);
}

TEST_CASE("ChArUco boards of both ways to number even rows are recognised", "[imaging][scale]") {
  const Eigen::Matrix3d map = in_perspective();
  const double truth = true_scale(map, {319.5, 239.5});
  for (const bool is_old : {false, true}) {
    CAPTURE(is_old);
    const cv::Mat1b drawing = is_old ? drawn_old_board(7, 6) : drawn_board(7, 6);
    const auto scale = find_board_scale(picture_with(drawing, map, {640, 480}), Modality::photo, with_charuco(7, 6));
    REQUIRE(scale);
    CHECK(scale->pixels_per_mm == Approx(truth).epsilon(0.005));
  }
}

TEST_CASE("a ChArUco board that is half covered still gives the scale", "[imaging][scale]") {
  BoardImage image = picture_with(drawn_board(), in_perspective(), {640, 480});
  const Point middle = apply(in_perspective(), {3.5 * kDrawnSquare, 0});
  cv::Mat covered = image.pixels.clone();
  covered(cv::Rect(0, 0, static_cast<int>(middle.x()), covered.rows)).setTo(cv::Scalar::all(90));
  image.pixels = covered;
  const auto scale = find_board_scale(image, Modality::photo, with_charuco());
  REQUIRE(scale);
  CHECK(scale->pixels_per_mm == Approx(true_scale(in_perspective(), {319.5, 239.5})).epsilon(0.01));
}

TEST_CASE("a ChArUco board is found in grey pictures of 16 bits", "[imaging][scale]") {
  BoardImage image = picture_with(drawn_board(), in_perspective(), {640, 480});
  cv::Mat grey;
  cv::cvtColor(image.pixels, grey, cv::COLOR_BGR2GRAY);
  grey.convertTo(image.pixels, CV_16U, 40);
  const auto scale = find_board_scale(image, Modality::photo, with_charuco());
  REQUIRE(scale);
  CHECK(scale->pixels_per_mm == Approx(true_scale(in_perspective(), {319.5, 239.5})).epsilon(0.005));
}

TEST_CASE("a ChArUco board that the picture does not show is an error that says what was looked for",
          "[imaging][scale]") {
  BoardImage bare = board_image(textured_picture({320, 240}, 3));
  bare.source.name = "golden.png";
  CHECK_THAT(refusal(bare, with_charuco()),
             Contains("golden.png") && Contains("7 x 5 squares") && Contains("4X4_50") && Contains("--scale-charuco"));
  const BoardImage image = picture_with(drawn_board(), in_perspective(), {640, 480});
  CHECK_THAT(refusal(image, with_charuco(7, 5, "6X6_250")), Contains("0 of up to 18 markers"));
  // The markers are there, and the board is another one: nine columns put them elsewhere.
  CHECK_THAT(refusal(image, with_charuco(10, 9)), Contains("no ChArUco board of 10 x 9"));
}

TEST_CASE("a ruler of markers gives the scale where it lies", "[imaging][scale]") {
  cv::Mat1b ruler(60, 5 * 50, uchar{255});
  for (int id = 0; id < 5; ++id) {
    cv::Mat marker;
    cv::aruco::drawMarker(dictionary_4x4(), id, 36, marker);
    marker.copyTo(ruler(cv::Rect(7 + 50 * id, 12, 36, 36)));
  }
  Eigen::Matrix3d turned;
  turned << 1.2, -0.5, 120, 0.5, 1.2, 40, 0, 0, 1;
  const BoardImage image = picture_with(ruler, turned, {640, 480});
  const ScaleOptions options{.ruler = MarkerRuler{.marker_mm = 3.6, .pitch_mm = 5}};
  const auto scale = find_board_scale(image, Modality::photo, options);
  REQUIRE(scale);
  CHECK(scale->pixels_per_mm == Approx(13).epsilon(0.005));  // 10 px a millimetre, enlarged 1.3 times
  CHECK(scale->origin == "ruler");
  CHECK(scale->notes.size() == 1);
  // Another pitch contradicts the size of the markers.
  CHECK_THAT(refusal(image, {.ruler = MarkerRuler{.marker_mm = 3.6, .pitch_mm = 8}}),
             Contains("ruler") && Contains("--scale-ruler"));
}

TEST_CASE("two points and their distance give the scale", "[imaging][scale]") {
  BoardImage image = board_image(textured_picture({320, 240}, 3));
  image.source.name = "golden.png";
  const auto scale = find_board_scale(image, Modality::photo, {.points = MeasuredDistance{{10, 20}, {40, 60}, 4}});
  REQUIRE(scale);
  CHECK(scale->pixels_per_mm == Approx(12.5));
  CHECK(scale->origin == "points");
  CHECK_THAT(scale->notes.at(0), Contains("50 pixels and 4 mm apart"));
  CHECK_THAT(refusal(image, {.points = MeasuredDistance{{10, 20}, {400, 60}, 4}}),
             Contains("golden.png") && Contains("400,60") && Contains("320 x 240"));
  CHECK_THAT(refusal(image, {.points = MeasuredDistance{{10, 20}, {12, 20}, 4000}}), Contains("between 0.1 and 10000"));
}

TEST_CASE("the file's own resolution counts only when nothing else is said", "[imaging][scale]") {
  BoardImage image = board_image(textured_picture({320, 240}, 3));
  CHECK_FALSE(find_board_scale(image, Modality::photo));
  image.source.resolution_dpi = 1200;
  const auto scale = find_board_scale(image, Modality::photo);
  REQUIRE(scale);
  CHECK(scale->pixels_per_mm == Approx(1200 / 25.4));
  CHECK(scale->origin == "file");
  CHECK_THAT(scale->notes.at(0), Contains("the file's resolution: 1200 dpi"));
  const auto given = find_board_scale(image, Modality::photo, {.pixels_per_mm = 20});
  CHECK(given->pixels_per_mm == 20);
  CHECK(given->origin == "given");
  CHECK(given->notes.empty());
}

TEST_CASE("a picture takes over its scale, where it comes from, and the notes", "[imaging][scale]") {
  BoardImage image = board_image(textured_picture({320, 240}, 3));
  image.notes = {"odd"};
  CHECK_FALSE(with_scale(image, {}).pixels_per_mm);
  const BoardImage scaled = with_scale(image, BoardScale{12, "points", {"measured"}});
  CHECK(scaled.pixels_per_mm == 12);
  CHECK(scaled.pixels_per_mm_origin == "points");
  CHECK(scaled.notes == std::vector<std::string>{"odd", "measured"});
}

TEST_CASE("scales that cannot be are refused with their flags", "[imaging][scale]") {
  CHECK(problems_text({}).empty());
  CHECK_THAT(problems_text({.pixels_per_mm = 0}), Contains("--pixels-per-mm must be between 0.1 and 10000, is 0"));
  CHECK_THAT(problems_text({.pixels_per_mm = 5, .points = MeasuredDistance{{0, 0}, {9, 9}, 1}}),
             Contains("--pixels-per-mm and --scale-points must not be given together"));
  CHECK_THAT(problems_text({.points = MeasuredDistance{{3, 3}, {3, 3}, 0}}),
             Contains("--scale-mm") && Contains("--scale-points"));
  CHECK_THAT(problems_text({.ruler = MarkerRuler{5, 5}}), Contains("--scale-ruler must have a pitch"));
}

TEST_CASE("ChArUco boards that cannot be are refused", "[imaging][scale]") {
  CHECK(problems_text(with_charuco()).empty());
  CHECK_THAT(problems_text(with_charuco(1, 5)), Contains("2 to 100 columns and rows, is 1x5"));
  CHECK_THAT(problems_text(with_charuco(7, 5, "9X9")),
             Contains("must name one of the dictionaries") && Contains("5X5_100"));
  CHECK_THAT(problems_text(with_charuco(12, 12)), Contains("72 markers of 4X4_50"));
  CHECK_THAT(problems_text({.charuco = CharucoBoard{7, 5, 4, 6, "4X4_50"}}),
             Contains("larger than their markers, is 4 and 6"));
  CHECK_THAT(problems_text({.charuco = CharucoBoard{7, 5, 4, 0, "4X4_50"}}), Contains("more than 0"));
}
