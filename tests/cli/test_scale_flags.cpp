// SPDX-License-Identifier: Apache-2.0
#include "cli/scale_flags.h"

#include <catch2/catch.hpp>

using boarddiff::cli::parse_scale;
using boarddiff::cli::ScaleArguments;
using boarddiff::imaging::Point;
using Catch::Contains;

namespace {

std::string problems_in(const ScaleArguments& arguments) {
  std::string text;
  for (const auto& problem : parse_scale(arguments).problems) {
    text += problem.flag + " " + problem.rule + ", is " + problem.value + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("no flag is no scale and no problem", "[cli][scale]") {
  const auto parsed = parse_scale({});
  CHECK(parsed.problems.empty());
  CHECK_FALSE(parsed.options.pixels_per_mm);
  CHECK_FALSE(parsed.options.points);
  CHECK_FALSE(parsed.options.charuco);
  CHECK_FALSE(parsed.options.ruler);
}

TEST_CASE("two points and a distance are read", "[cli][scale]") {
  const auto parsed = parse_scale({.points = "1.5,20,-0.25,4e2", .points_mm = 12.5});
  CHECK(parsed.problems.empty());
  REQUIRE(parsed.options.points);
  CHECK(parsed.options.points->first_in_reference == Point(1.5, 20));
  CHECK(parsed.options.points->second_in_reference == Point(-0.25, 400));
  CHECK(parsed.options.points->distance_mm == 12.5);
}

TEST_CASE("a ChArUco board is read with and without a dictionary", "[cli][scale]") {
  const auto plain = parse_scale({.charuco = "7x5,10,7.5"});
  CHECK(plain.problems.empty());
  REQUIRE(plain.options.charuco);
  CHECK(plain.options.charuco->columns == 7);
  CHECK(plain.options.charuco->rows == 5);
  CHECK(plain.options.charuco->square_mm == 10);
  CHECK(plain.options.charuco->marker_mm == 7.5);
  CHECK(plain.options.charuco->dictionary == "4X4_50");
  CHECK(parse_scale({.charuco = "7x5,10,7.5,6X6_250"}).options.charuco->dictionary == "6X6_250");
  CHECK(parse_scale({.charuco = "7x5,10,7.5,DICT_6X6_250"}).options.charuco->dictionary == "6X6_250");
}

TEST_CASE("a ruler is read", "[cli][scale]") {
  const auto parsed = parse_scale({.ruler = "3,5,APRILTAG_36h11"});
  CHECK(parsed.problems.empty());
  REQUIRE(parsed.options.ruler);
  CHECK(parsed.options.ruler->marker_mm == 3);
  CHECK(parsed.options.ruler->pitch_mm == 5);
  CHECK(parsed.options.ruler->dictionary == "APRILTAG_36h11");
}

TEST_CASE("texts of another form are refused with the form", "[cli][scale]") {
  const auto* points = GENERATE("1,2,3", "1,2,3,4,5", "1,2,3,x", "1,2,3,4 ", "1,2,3,inf", "1,2,,4", ",");
  CHECK_THAT(problems_in({.points = points, .points_mm = 3}),
             Contains("--scale-points must be X1,Y1,X2,Y2, is \"" + std::string(points) + "\""));
  const auto* charuco = GENERATE("7,5,10,7", "7x5,10", "7x5,10,7,4X4_50,1", "7x,10,7", "7x5x3,10,7", "7.5x5,10,7", "x");
  CHECK_THAT(problems_in({.charuco = charuco}), Contains("--scale-charuco must be COLUMNSxROWS,SQUARE_MM,MARKER_MM"));
  const auto* ruler = GENERATE("3", "3,5,4X4_50,1", "3;5", "3,mm");
  CHECK_THAT(problems_in({.ruler = ruler}), Contains("--scale-ruler must be MARKER_MM,PITCH_MM[,DICT]"));
}

TEST_CASE("points and distance come together, and only one scale is given", "[cli][scale]") {
  CHECK_THAT(problems_in({.points = "1,2,3,4"}), Contains("--scale-mm must be given together with --scale-points"));
  CHECK_THAT(problems_in({.points_mm = 4}), Contains("--scale-points must be given together with --scale-mm"));
  CHECK_THAT(problems_in({.pixels_per_mm = 4, .ruler = "3,5"}),
             Contains("--pixels-per-mm and --scale-ruler must not be given together"));
  CHECK_THAT(problems_in({.points = "1,2,3,4", .points_mm = 4, .charuco = "7x5,10,7"}),
             Contains("--scale-points and --scale-charuco must not be given together"));
  CHECK_THAT(problems_in({.charuco = "7x5,10,12"}), Contains("larger than their markers"));
}
