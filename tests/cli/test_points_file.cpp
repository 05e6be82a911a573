// SPDX-License-Identifier: Apache-2.0
#include "cli/points_file.h"
#include "imaging/base/error.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

using boarddiff::cli::points_text;
using boarddiff::cli::read_points;
using boarddiff::imaging::Error;
using boarddiff::imaging::Point;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_text;
using Catch::Contains;

namespace {

std::vector<Point> points_in(std::string_view text) {
  const TemporaryFolder folder;
  write_text(folder / "points.csv", text);
  return read_points(folder / "points.csv");
}

std::string refusal(std::string_view text) {
  try {
    (void)points_in(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "read";
}

}  // namespace

TEST_CASE("points are read in their order", "[cli][points]") {
  CHECK(points_in("x,y\n1,2\n-3.5,4e2\n") == std::vector<Point>{{1, 2}, {-3.5, 400}});
}

TEST_CASE("columns may stand in any order among others", "[cli][points]") {
  CHECK(points_in("name, y ,x,layer\nR1,2,1,top\nR2, 4 ,3,top\n") == std::vector<Point>{{1, 2}, {3, 4}});
}

TEST_CASE("a byte order mark, CRLF and a missing last newline are accepted", "[cli][points]") {
  CHECK(points_in("\xEF\xBB\xBFx,y\r\n1,2\r\n3,4") == std::vector<Point>{{1, 2}, {3, 4}});
}

TEST_CASE("a header alone gives no points", "[cli][points]") { CHECK(points_in("x,y\n").empty()); }

TEST_CASE("a bad line is named by file and number", "[cli][points]") {
  CHECK_THAT(refusal(""), Contains("points.csv:1: the first line must name one column x"));
  CHECK_THAT(refusal("1,2\n"), Contains("points.csv:1:"));
  CHECK_THAT(refusal("x,z\n1,2\n"), Contains("points.csv:1:") && Contains("column y"));
  CHECK_THAT(refusal("x,y,x\n1,2,3\n"), Contains("points.csv:1:") && Contains("column x"));
  CHECK_THAT(refusal("x,y\n1,2\n3\n"), Contains("points.csv:3: there is no y"));
  CHECK_THAT(refusal("x,y\n1,2\n\n3,4\n"), Contains("points.csv:3: x must be a number, is \"\""));
  CHECK_THAT(refusal("x,y\n1,2mm\n"), Contains("points.csv:2: y must be a number, is \"2mm\""));
  CHECK_THAT(refusal("x,y\nnan,2\n"), Contains("points.csv:2: x must be a number"));
  CHECK_THAT(refusal("x,y\n1,inf\n"), Contains("points.csv:2: y must be a number"));
}

TEST_CASE("a file that is not there is named", "[cli][points]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(read_points(folder / "none.csv"), Contains((folder / "none.csv").string()));
  CHECK_THROWS_WITH(read_points(folder.path()), Contains(folder.path().string()));
}

TEST_CASE("written points read back to a ten-thousandth of a pixel", "[cli][points]") {
  CHECK(points_in(points_text({{1.25, -2}})) == std::vector<Point>{{1.25, -2}});
  CHECK(points_text({{1.00004, -2}, {1e6, 0.5}}) == "x,y\n1.0000,-2.0000\n1000000.0000,0.5000\n");
}
