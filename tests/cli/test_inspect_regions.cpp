// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/unlike_pair.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::textured_picture;
using boarddiff::test::UnlikePair;
using boarddiff::test::write_noise_picture;
using boarddiff::test::write_text;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("a file of regions that cannot be used is trouble before the pictures are read", "[cli][inspect]") {
  const UnlikePair pair;
  write_text(pair / "marks.json", R"({"type": "Point", "coordinates": [1, 2]})");
  const auto* flag = GENERATE("--ignore", "--watch");
  check_trouble(pair.inspect_sample("none.png", {flag, pair.path("marks.json")}), pair,
                pair.path("marks.json") + ": type must be Polygon or MultiPolygon, is Point");
  check_trouble(pair.inspect({flag, pair.path("none.json")}), pair, pair.path("none.json"));
}

TEST_CASE("a mask that is not as large as the reference is trouble", "[cli][inspect]") {
  const UnlikePair pair;
  write_noise_picture(pair / "mask.png", 240, 320);
  check_trouble(pair.inspect({"--ignore", pair.path("mask.png")}), pair,
                pair.path("mask.png") + ": the mask has 240 x 320 pixels, the reference 320 x 240 pixels");
}

TEST_CASE("a file of regions is never replaced, even with --force", "[cli][inspect]") {
  const UnlikePair pair;
  std::filesystem::create_directory(pair / "in");
  write_text(pair / "in/report.json", R"({"type": "FeatureCollection", "features": []})");
  const auto* flag = GENERATE("--ignore", "--watch");
  check_trouble(run_program({"inspect", pair.path("reference.png"), pair.path("sample.png"), "--output",
                             pair.path("in"), "--force", flag, pair.path("in/report.json")}),
                pair, "one of the inputs");
  CHECK_THAT(read_text(pair / "in/report.json"), Contains("FeatureCollection"));
}

TEST_CASE("what is ignored is not reported, and what lies beside it is", "[cli][inspect]") {
  const TemporaryFolder folder;
  const auto path = [&](std::string_view name) { return (folder / name).string(); };
  const cv::Mat3b board = textured_picture({500, 400}, 1);
  cv::Mat3b changed = board.clone();
  changed(cv::Rect(100, 150, 40, 30)).setTo(cv::Scalar(20, 20, 20));
  changed(cv::Rect(350, 200, 40, 30)).setTo(cv::Scalar(20, 20, 20));
  cv::Mat1b mask(board.size(), uchar{0});
  mask(cv::Rect(80, 130, 80, 70)) = 255;
  cv::imwrite(path("reference.png"), board);
  cv::imwrite(path("sample.png"), changed);
  cv::imwrite(path("mask.png"), mask);
  write_text(folder / "marks.json",
             R"({"type": "Feature", "properties": {"why": "serial number"}, "geometry": {"type": "Polygon",)"
             R"( "coordinates": [[[79.5, 129.5], [159.5, 129.5], [159.5, 199.5], [79.5, 199.5]]]}})");
  const auto inspected = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {
        "inspect", path("reference.png"), path("sample.png"), "--output", path("out"), "--force", "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ProgramRun run = run_program(arguments);
    INFO(run.err);
    REQUIRE(run.status == 1);
    return nlohmann::json::parse(run.out);
  };
  const auto finds = [](const nlohmann::json& report, int left, int right) {
    const auto& all = report["findings"];
    return std::any_of(all.begin(), all.end(), [&](const nlohmann::json& finding) {
      const double x = finding["reference_box"][0].get<double>() + finding["reference_box"][2].get<double>() / 2;
      return x > left && x < right;
    });
  };
  const auto without = inspected({});
  CHECK(finds(without, 80, 160));
  CHECK(finds(without, 330, 410));
  CHECK(without["coverage"]["masks"].empty());
  CHECK_FALSE(without["options"].contains("ignore"));

  const auto with_polygon = inspected({"--ignore", path("marks.json")});
  CHECK_FALSE(finds(with_polygon, 80, 160));
  CHECK(finds(with_polygon, 330, 410));
  CHECK(with_polygon["coverage"]["masks"][0]["why"] == "serial number");
  CHECK(with_polygon["coverage"]["masked"].get<double>() == Approx(80.0 * 70 / (500 * 400)).margin(0.002));
  CHECK_THAT(with_polygon["options"]["ignore"].get<std::string>(), StartsWith("marks.json sha256:"));

  const auto with_mask = inspected({"--ignore", path("mask.png")});
  CHECK(with_mask["findings"] == with_polygon["findings"]);
  CHECK(with_mask["coverage"]["masked"] == with_polygon["coverage"]["masked"]);
  CHECK(with_mask["coverage"]["masks"][0]["why"].is_null());
}

TEST_CASE("a file that marks nothing is noted", "[cli][inspect]") {
  const TemporaryFolder folder;
  const cv::Mat3b board = textured_picture({500, 400}, 1);
  const auto path = [&](std::string_view name) { return (folder / name).string(); };
  cv::imwrite(path("reference.png"), board);
  write_text(folder / "none.json", R"({"type": "FeatureCollection", "features": []})");
  const ProgramRun run = run_program(
      {"inspect", path("reference.png"), path("reference.png"), "--output", path("out"), "--watch", path("none.json")});
  CHECK(run.status == 0);
  CHECK_THAT(run.out, Contains("note: --watch none.json marks nothing."));
}
