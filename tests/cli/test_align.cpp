// SPDX-License-Identifier: Apache-2.0
#include "cli/align_job.h"
#include "cli/points_file.h"
#include "imaging/load.h"
#include "tests/cli/run_program.h"
#include "tests/support/image_bytes.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

using boarddiff::cli::read_points;
using boarddiff::imaging::BoardImage;
using boarddiff::imaging::load_board_image;
using boarddiff::imaging::Point;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::textured_picture;
using boarddiff::test::write_noise_picture;
using boarddiff::test::write_text;
using Catch::Contains;
using Catch::StartsWith;
using Json = nlohmann::json;

namespace {

// The sample shows the reference's board 40 pixels farther left and 30 higher; a stranger shows noise.
class Bench {
 public:
  explicit Bench(int depth = CV_8U) {
    cv::Mat board;
    textured_picture({500, 400}, 1).convertTo(board, depth, depth == CV_16U ? 257 : 1);
    cv::imwrite(path("reference.png"), board(cv::Rect(0, 0, 440, 340)));
    cv::imwrite(path("sample.png"), board(cv::Rect(40, 30, 440, 350)));
  }

  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return folder_ / name; }
  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }

  [[nodiscard]] ProgramRun align(const std::string& output, const std::vector<std::string>& more = {},
                                 std::string_view sample = "sample.png") const {
    std::vector<std::string> arguments = {"align", path("reference.png"), path(sample), "--output", path(output)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(arguments);
  }

 private:
  TemporaryFolder folder_ = {};
};

// And no file.
void check_trouble(const ProgramRun& run, const Bench& bench, const std::string& says) {
  check_trouble(run, says);
  CHECK_FALSE(std::filesystem::exists(bench / "out.png"));
}

// Mean difference in levels of 8 bits of two pictures in one place.
double difference(const cv::Mat& a, const cv::Mat& b) {
  const double levels = a.depth() == CV_16U ? 257 : 1;
  return cv::norm(a, b, cv::NORM_L1) / static_cast<double>(a.total() * static_cast<std::size_t>(a.channels())) / levels;
}

}  // namespace

TEST_CASE("the sample is written in the reference's frame, with its bits, transparent where it shows nothing",
          "[cli][align]") {
  const int depth = GENERATE(CV_8U, CV_16U);
  const std::string output = GENERATE("out.png", "out.tif");
  const Bench bench(depth);
  const ProgramRun run = bench.align(output);
  INFO(run.err);
  CHECK(run.status == 0);
  CHECK(run.err.empty());
  CHECK_THAT(run.out, StartsWith("aligned: ") && Contains("; see " + bench.path(output)));
  const BoardImage aligned = load_board_image(bench / output);
  const BoardImage reference = load_board_image(bench / "reference.png");
  REQUIRE(aligned.size() == reference.size());
  CHECK(aligned.pixels.type() == reference.pixels.type());
  const cv::Rect common(60, 50, 370, 280);
  // The same pixels, shifted by whole ones: what is left is how exactly the shift was found.
  CHECK(difference(aligned.pixels(common), reference.pixels(common)) < 1);
  REQUIRE_FALSE(aligned.usable.empty());
  CHECK(aligned.usable(10, 10) == 0);
  CHECK(aligned.usable(200, 200) != 0);
  CHECK(cv::norm(aligned.pixels(cv::Rect(0, 0, 30, 20)), cv::NORM_INF) == 0);
}

TEST_CASE("what has to be said about an alignment is said in a line of its own", "[cli][align]") {
  boarddiff::compare::Mapping mapping;
  mapping.registration.status = boarddiff::imaging::RegistrationStatus::aligned;
  mapping.registration.inliers = 321;
  mapping.registration.residual_median_px = 0.456;
  mapping.registration.warnings = {"The sample is mirrored.", "Some of the layout differs."};
  CHECK(boarddiff::cli::alignment_lines(mapping, "out.png") ==
        "aligned: 321 details agree, 0.46 px median; see out.png\n"
        "warning: The sample is mirrored.\n"
        "warning: Some of the layout differs.\n");
}

TEST_CASE("with --frame sample it is the reference that moves", "[cli][align]") {
  const Bench bench;
  CHECK(bench.align("out.png", {"--frame", "sample"}).status == 0);
  const BoardImage aligned = load_board_image(bench / "out.png");
  const BoardImage sample = load_board_image(bench / "sample.png");
  REQUIRE(aligned.size() == sample.size());
  const cv::Rect common(10, 10, 380, 290);
  CHECK(difference(aligned.pixels(common), sample.pixels(common)) < 1);
  CHECK(aligned.usable(345, 200) == 0);
}

TEST_CASE("points go either way", "[cli][align]") {
  const Bench bench;
  write_text(bench / "points.csv", "x,y\n200,150\n");
  const bool from_sample = GENERATE(false, true);
  std::vector<std::string> flags = {"--points", bench.path("points.csv"), "--points-output", bench.path("mapped.csv")};
  if (from_sample) {
    flags.insert(flags.end(), {"--points-frame", "sample"});
  }
  CHECK(bench.align("out.png", flags).status == 0);
  const std::vector<Point> mapped = read_points(bench / "mapped.csv");
  REQUIRE(mapped.size() == 1);
  CHECK((mapped.front() - (from_sample ? Point(240, 180) : Point(160, 120))).norm() < 0.1);
}

TEST_CASE("the mapping is the same in the file and on standard output, for any number of threads", "[cli][align]") {
  const Bench bench;
  const ProgramRun run = bench.align("out.png", {"--mapping", bench.path("map.json"), "--json", "--threads", "1"});
  CHECK(run.status == 0);
  CHECK(run.out == read_text(bench / "map.json"));
  const Json mapping = Json::parse(run.out);
  CHECK(mapping["schema"] == "boarddiff.mapping/1");
  CHECK(mapping["registration"]["status"] == "aligned");
  CHECK(mapping["reference"]["width"] == 440);
  const std::string picture = read_text(bench / "out.png");
  CHECK(bench.align("out.png", {"--json", "--force", "--threads", "4"}).out == run.out);
  CHECK(read_text(bench / "out.png") == picture);
}

TEST_CASE("a view for the eye is written as a checkerboard or as an animation", "[cli][align]") {
  const Bench bench;
  CHECK(bench.align("out.png", {"--view", bench.path("squares.jpg")}).status == 0);
  CHECK(load_board_image(bench / "squares.jpg").size() == cv::Size(440, 340));
  CHECK(bench.align("out.png", {"--view", bench.path("both.webp"), "--view-kind", "flicker", "--force"}).status == 0);
  const std::string animation = read_text(bench / "both.webp");
  CHECK(animation.starts_with("RIFF"));
  CHECK(animation.find("ANMF") != animation.rfind("ANMF"));
  CHECK(animation.find("ANMF") != std::string::npos);
}

TEST_CASE("pictures that cannot be aligned end with 3, and only the mapping is written", "[cli][align]") {
  const Bench bench;
  write_noise_picture(bench / "noise.png", 320, 240, 2);
  write_text(bench / "points.csv", "x,y\n200,150\n");
  for (const char* stale : {"out.png", "view.png", "mapped.csv"}) {
    write_text(bench / stale, "earlier");
  }
  const ProgramRun run = bench.align("out.png",
                                     {"--mapping", bench.path("map.json"), "--view", bench.path("view.png"), "--points",
                                      bench.path("points.csv"), "--points-output", bench.path("mapped.csv"), "--force"},
                                     "noise.png");
  CHECK(run.status == 3);
  const Json mapping = Json::parse(read_text(bench / "map.json"));
  CHECK(mapping["registration"]["status"] == "not_comparable");
  CHECK(mapping["registration"]["reason"].is_string());
  // Nothing of an earlier pair stands beside the refusal.
  for (const char* stale : {"out.png", "view.png", "mapped.csv"}) {
    CHECK_FALSE(std::filesystem::exists(bench / stale));
  }
}

TEST_CASE("one line says why, and nothing is written for pictures that cannot be aligned", "[cli][align]") {
  const Bench bench;
  write_noise_picture(bench / "noise.png", 320, 240, 2);
  const ProgramRun run = bench.align("out.png", {}, "noise.png");
  CHECK(run.status == 3);
  CHECK(run.err.empty());
  CHECK_THAT(run.out, StartsWith("not comparable: "));
  CHECK(run.out.find('\n') == run.out.size() - 1);
  CHECK_FALSE(std::filesystem::exists(bench / "out.png"));
}

TEST_CASE("formats that cannot hold the picture are refused", "[cli][align]") {
  const Bench bench(CV_16U);
  const std::string output = GENERATE("out.jpg", "out.bmp", "out.webp");
  check_trouble(bench.align(output), bench, bench.path(output) + ": the aligned picture has 16 bits");
  CHECK_FALSE(std::filesystem::exists(bench / output));
}

TEST_CASE("a picture of 16 bits has a view of 8 bits in any format", "[cli][align]") {
  const Bench bench(CV_16U);
  CHECK(bench.align("out.png", {"--view", bench.path("view.jpg")}).status == 0);
  CHECK(load_board_image(bench / "view.jpg").pixels.depth() == CV_8U);
}

TEST_CASE("outputs without a known ending are refused before any work", "[cli][align]") {
  const Bench bench;
  check_trouble(bench.align("out.gif", {}, "none.png"), bench, "--output must end in .png");
  check_trouble(bench.align("out.png", {"--view", bench.path("view")}, "none.png"), bench, "--view must end in .png");
  check_trouble(bench.align("out.png", {"--view", bench.path("view.png"), "--view-kind", "flicker"}, "none.png"), bench,
                "--view must end in .webp for --view-kind flicker");
}

TEST_CASE("files that exist are replaced only with --force, and inputs never", "[cli][align]") {
  const Bench bench;
  for (const char* flag : {"--mapping", "--view"}) {
    write_text(bench / "old.png", "earlier");
    check_trouble(bench.align("out.png", {flag, bench.path("old.png")}), bench, bench.path("old.png"));
    CHECK(read_text(bench / "old.png") == "earlier");
  }
  const std::string before = read_text(bench / "sample.png");
  check_trouble(bench.align("sample.png", {"--force"}), bench, "it is one of the inputs");
  check_trouble(bench.align("out.png", {"--mapping", bench.path("reference.png"), "--force"}), bench,
                "it is one of the inputs");
  check_trouble(bench.align("out.png", {"--view", bench.path("out.png")}), bench, "two outputs have the same name");
  CHECK(read_text(bench / "sample.png") == before);
}

TEST_CASE("arguments of align that are missing or wrong are all named", "[cli][align]") {
  const Bench bench;
  check_trouble(run_program({"align", bench.path("reference.png"), "--output", bench.path("out.png")}), bench,
                "align needs two pictures, REFERENCE and SAMPLE, and was given 1");
  const ProgramRun run =
      run_program({"align", bench.path("reference.png"), bench.path("sample.png"), "--points", bench.path("points.csv"),
                   "--frame", "board", "--threads=-1", "--scale-mm=3", "--registration.min-inliers=1"});
  check_trouble(run, bench, "--output must name a file");
  CHECK_THAT(run.err, Contains("--points-output must be given together with --points"));
  CHECK_THAT(run.err, Contains("--frame must be reference or sample, is \"board\""));
  CHECK_THAT(run.err, Contains("--threads must be between 0 and 1024"));
  CHECK_THAT(run.err, Contains("--scale-points must be given together with --scale-mm"));
  CHECK_THAT(run.err, Contains("--registration.min-inliers"));
}

TEST_CASE("a bad points file is trouble before the pictures of align are read", "[cli][align]") {
  const Bench bench;
  write_text(bench / "points.csv", "x,y\n1,two\n");
  check_trouble(bench.align("out.png", {"--points", bench.path("points.csv"), "--points-output", bench.path("m.csv")},
                            "none.png"),
                bench, bench.path("points.csv") + ":2:");
}

TEST_CASE("a scale is carried into the mapping, with its origin", "[cli][align]") {
  const Bench bench;
  const ProgramRun run = bench.align("out.png", {"--scale-points", "10,20,40,60", "--scale-mm", "4", "--json"});
  const Json mapping = Json::parse(run.out);
  CHECK(mapping["reference"]["pixels_per_mm"] == 12.5);
  CHECK(mapping["reference"]["pixels_per_mm_origin"] == "points");
  CHECK(mapping["sample"]["pixels_per_mm"].get<double>() == Approx(12.5).epsilon(0.001));
  CHECK(mapping["sample"]["pixels_per_mm_origin"] == "registration");
  CHECK_THAT(mapping["notes"].dump(), Contains("Reference: The scale is 12.5 px/mm"));
}

TEST_CASE("a ChArUco board that is not there is trouble that names the picture", "[cli][align]") {
  const Bench bench;
  check_trouble(bench.align("out.png", {"--scale-charuco", "7x5,10,7"}), bench,
                "reference.png: shows no ChArUco board of 7 x 5 squares");
}
