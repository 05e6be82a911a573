// SPDX-License-Identifier: Apache-2.0
#include "cli/points_file.h"
#include "tests/cli/unlike_pair.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include <filesystem>
#include <string>
#include <vector>

using boarddiff::cli::read_points;
using boarddiff::imaging::Point;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::textured_picture;
using boarddiff::test::UnlikePair;
using boarddiff::test::write_text;

TEST_CASE("points are asked for by both flags or none", "[cli][inspect]") {
  const UnlikePair pair;
  write_text(pair / "points.csv", "x,y\n1,2\n");
  check_trouble(pair.inspect({"--points", pair.path("points.csv")}), pair, "--points-output must be given");
  check_trouble(pair.inspect({"--points-output", pair.path("mapped.csv")}), pair, "--points must be given");
}

TEST_CASE("a bad points file is trouble before the pictures are read", "[cli][inspect]") {
  const UnlikePair pair;
  write_text(pair / "points.csv", "x,y\n1,2\nthree,4\n");
  check_trouble(pair.inspect_sample("none.png",
                                    {"--points", pair.path("points.csv"), "--points-output", pair.path("mapped.csv")}),
                pair, pair.path("points.csv") + ":3:");
}

TEST_CASE("no points are written for pictures that cannot be compared", "[cli][inspect]") {
  const UnlikePair pair;
  write_text(pair / "points.csv", "x,y\n1,2\n");
  const ProgramRun run =
      pair.inspect({"--points", pair.path("points.csv"), "--points-output", pair.path("mapped.csv")});
  CHECK(run.status == 3);
  CHECK_FALSE(std::filesystem::exists(pair / "mapped.csv"));
}

TEST_CASE("points of the reference are mapped into the sample", "[cli][inspect]") {
  const TemporaryFolder folder;
  const cv::Mat3b board = textured_picture({500, 400}, 1);
  cv::imwrite((folder / "reference.png").string(), board(cv::Rect(0, 0, 440, 340)));
  cv::imwrite((folder / "sample.png").string(), board(cv::Rect(40, 30, 440, 340)));
  write_text(folder / "points.csv", "x,y\n200,150\n");
  const auto path = [&](std::string_view name) { return (folder / name).string(); };
  const ProgramRun run = run_program({"inspect", path("reference.png"), path("sample.png"), "--output", path("out"),
                                      "--points", path("points.csv"), "--points-output", path("mapped.csv")});
  INFO(run.out << run.err);
  CHECK(run.status == 0);
  const std::vector<Point> mapped = read_points(folder / "mapped.csv");
  REQUIRE(mapped.size() == 1);
  CHECK((mapped.front() - Point(160, 120)).norm() < 0.1);  // the same pixels, shifted: nothing but rounding
}

TEST_CASE("mapped points that exist are replaced only with --force", "[cli][inspect]") {
  const UnlikePair pair;
  write_text(pair / "points.csv", "x,y\n1,2\n");
  write_text(pair / "mapped.csv", "earlier");
  check_trouble(pair.inspect({"--points", pair.path("points.csv"), "--points-output", pair.path("mapped.csv")}), pair,
                pair.path("mapped.csv"));
  CHECK(read_text(pair / "mapped.csv") == "earlier");
}

TEST_CASE("with --force no mapped points of an earlier pair stay beside a refusal", "[cli][inspect]") {
  const UnlikePair pair;
  write_text(pair / "points.csv", "x,y\n1,2\n");
  write_text(pair / "mapped.csv", "earlier");
  const ProgramRun run =
      pair.inspect({"--points", pair.path("points.csv"), "--points-output", pair.path("mapped.csv"), "--force"});
  CHECK(run.status == 3);
  CHECK_FALSE(std::filesystem::exists(pair / "mapped.csv"));
}
