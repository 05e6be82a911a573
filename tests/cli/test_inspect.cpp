// SPDX-License-Identifier: Apache-2.0
#include "cli/points_file.h"
#include "tests/cli/run_program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>

using boarddiff::cli::read_points;
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

namespace {

// Two pictures of noise, which nothing can bring together.
class Bench {
 public:
  Bench() {
    write_noise_picture(folder_ / "reference.png", 320, 240, 1);
    write_noise_picture(folder_ / "sample.png", 320, 240, 2);
  }

  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return folder_ / name; }
  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }

  [[nodiscard]] ProgramRun inspect(const std::vector<std::string>& more, bool err_is_terminal = false) const {
    return inspect_sample("sample.png", more, err_is_terminal);
  }

  [[nodiscard]] ProgramRun inspect_sample(std::string_view sample, const std::vector<std::string>& more = {},
                                          bool err_is_terminal = false) const {
    std::vector<std::string> arguments = {"inspect", path("reference.png"), path(sample), "--output", path("out")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(arguments, err_is_terminal);
  }

 private:
  TemporaryFolder folder_ = {};
};

// Trouble is status 2, one line on standard error, nothing on standard output, and no file.
void check_trouble(const ProgramRun& run, const Bench& bench, const std::string& message) {
  CHECK(run.status == 2);
  CHECK(run.out.empty());
  CHECK_THAT(run.err, StartsWith("boarddiff: ") && Contains(message));
  CHECK(run.err.find('\n') == run.err.size() - 1);
  CHECK_FALSE(std::filesystem::exists(bench / "out"));
}

}  // namespace

TEST_CASE("pictures that cannot be compared end with 3, one line and a report", "[cli][inspect]") {
  const Bench bench;
  const ProgramRun run = bench.inspect({});
  CHECK(run.status == 3);
  CHECK(run.err.empty());
  CHECK_THAT(run.out, StartsWith("not comparable: ") && Contains("; see " + bench.path("out/report.html")));
  CHECK(run.out.find('\n') == run.out.size() - 1);
  CHECK_THAT(read_text(bench / "out/report.json"), Contains("not_comparable"));
  CHECK(read_text(bench / "out/annotated.jpg").starts_with("\xFF\xD8\xFF"));
  CHECK_THAT(read_text(bench / "out/report.html"), Contains("<html"));
}

TEST_CASE("with --json the report stands on standard output, as in the file", "[cli][inspect]") {
  const Bench bench;
  const ProgramRun run = bench.inspect({"--json"});
  CHECK(run.status == 3);
  CHECK(run.out == read_text(bench / "out/report.json"));
}

TEST_CASE("the report names the options that were used", "[cli][inspect]") {
  const Bench bench;
  const ProgramRun run = bench.inspect({"--json", "--registration.seed=77", "--threads", "1"});
  CHECK_THAT(run.out, Contains("registration.seed") && Contains("77"));
  CHECK_THAT(run.out, !Contains("threads"));
}

TEST_CASE("the same file given twice is compared with a note", "[cli][inspect]") {
  const Bench bench;
  const ProgramRun run = run_program(
      {"inspect", bench.path("reference.png"), bench.path("reference.png"), "--output", bench.path("out"), "--json"});
  CHECK(run.status != 2);
  CHECK_THAT(run.out, Contains("the same file"));
  const ProgramRun in_words = run_program(
      {"inspect", bench.path("reference.png"), bench.path("reference.png"), "--output", bench.path("words")});
  CHECK_THAT(in_words.out,
             Contains("; see " + bench.path("words/report.html") + "\nnote: ") && Contains("the same file"));
}

TEST_CASE("progress is shown on a terminal only, and not when quiet", "[cli][inspect]") {
  const Bench bench;
  CHECK_THAT(bench.inspect({"--force"}, true).err, Contains("loading"));
  CHECK(bench.inspect({"--force"}, false).err.empty());
  CHECK(bench.inspect({"--force", "--quiet"}, true).err.empty());
}

TEST_CASE("progress leaves no colours and no rest of a line behind", "[cli][inspect]") {
  const Bench bench;
  const std::string err = bench.inspect({}, true).err;
  CHECK(err.ends_with("\r\x1b[K"));
  CHECK_THAT(err, !Catch::Matches("[^]*\x1b\\[[0-9;]*m[^]*"));
}

TEST_CASE("files of an earlier inspection are replaced only with --force", "[cli][inspect]") {
  const Bench bench;
  REQUIRE(bench.inspect({}).status == 3);
  const auto* name = GENERATE("report.json", "annotated.jpg", "report.html");
  for (const auto* other : {"report.json", "annotated.jpg", "report.html"}) {
    if (std::string(other) != name) {
      std::filesystem::remove(bench / ("out/" + std::string(other)));
    }
  }
  write_text(bench / ("out/" + std::string(name)), "earlier");
  const ProgramRun refused = bench.inspect({});
  CHECK(refused.status == 2);
  CHECK_THAT(refused.err, Contains(bench.path("out/" + std::string(name))) && Contains("--force"));
  CHECK(read_text(bench / ("out/" + std::string(name))) == "earlier");
  CHECK(bench.inspect({"--force"}).status == 3);
  CHECK(read_text(bench / ("out/" + std::string(name))) != "earlier");
}

TEST_CASE("other files in the output folder are left alone", "[cli][inspect]") {
  const Bench bench;
  std::filesystem::create_directory(bench / "out");
  write_text(bench / "out/notes.txt", "mine");
  CHECK(bench.inspect({}).status == 3);
  CHECK(read_text(bench / "out/notes.txt") == "mine");
}

TEST_CASE("a picture that cannot be used ends with 2 and names the file", "[cli][inspect]") {
  const Bench bench;
  write_text(bench / "empty.png", "");
  write_text(bench / "text.png", "this is no picture\n");
  write_text(bench / "cut.png", read_text(bench / "sample.png").substr(0, 5000));
  std::filesystem::create_directory(bench / "folder.png");
  const auto* name = GENERATE("none.png", "folder.png", "empty.png", "text.png", "cut.png");
  check_trouble(bench.inspect_sample(name), bench, bench.path(name));
}

TEST_CASE("a picture too small to compare is not comparable", "[cli][inspect]") {
  const Bench bench;
  write_noise_picture(bench / "dot.png", 1, 1);
  write_noise_picture(bench / "line.png", 1, 4000);
  const auto* name = GENERATE("dot.png", "line.png");
  const ProgramRun run = bench.inspect_sample(name);
  CHECK(run.status == 3);
  CHECK_THAT(run.out, StartsWith("not comparable: "));
}

TEST_CASE("a picture above the limit ends with 2", "[cli][inspect]") {
  const Bench bench;
  check_trouble(bench.inspect({"--load.max-megapixels=0.05"}), bench, bench.path("reference.png"));
}

TEST_CASE("an output folder that cannot be one ends with 2 before any work", "[cli][inspect]") {
  const Bench bench;
  write_text(bench / "file", "x");
  const auto run_into = [&](const std::string& output) {
    return run_program({"inspect", bench.path("reference.png"), bench.path("sample.png"), "--output", output});
  };
  check_trouble(run_into(bench.path("file")), bench, bench.path("file"));
  check_trouble(run_into(bench.path("file/below")), bench, bench.path("file"));
  check_trouble(run_into("/proc/boarddiff/out"), bench, "/proc/boarddiff/out");
}

TEST_CASE("an output never takes the place of an input, even with --force", "[cli][inspect]") {
  const Bench bench;
  std::filesystem::create_directory(bench / "in");
  std::filesystem::copy_file(bench / "sample.png", bench / "in/annotated.jpg");
  const std::string before = read_text(bench / "in/annotated.jpg");
  check_trouble(run_program({"inspect", bench.path("reference.png"), bench.path("in/annotated.jpg"), "--output",
                             bench.path("in"), "--force"}),
                bench, "one of the inputs");
  CHECK(read_text(bench / "in/annotated.jpg") == before);
}

TEST_CASE("anything but two pictures and an output folder is refused", "[cli][inspect]") {
  const Bench bench;
  check_trouble(run_program({"inspect", "one.png", "--output", bench.path("out")}), bench, "was given 1");
  check_trouble(run_program({"inspect", "1.png", "2.png", "3.png", "--output", bench.path("out")}), bench,
                "was given 3");
  check_trouble(run_program({"inspect", "1.png", "2.png"}), bench, "--output must name a folder");
}

TEST_CASE("all option problems are reported at once", "[cli][inspect]") {
  const Bench bench;
  const ProgramRun run = bench.inspect({"--registration.min-inliers", "x", "--false-calls-per-board=0", "--threads=-2",
                                        "--modality", "infrared", "--pixels-per-mm=0"});
  check_trouble(run, bench, "--registration.min-inliers must be a whole number, is \"x\"");
  CHECK_THAT(run.err, Contains("--false-calls-per-board must be between 0.001 and 1000, is 0"));
  CHECK_THAT(run.err, Contains("--threads must be between 0 and 1024, is -2"));
  CHECK_THAT(run.err, Contains("--modality must be photo or xray, is \"infrared\""));
  CHECK_THAT(run.err, Contains("--pixels-per-mm must be between 0.1 and 10000, is 0"));
}

TEST_CASE("an unknown flag or a bad configuration file is trouble", "[cli][inspect]") {
  const Bench bench;
  check_trouble(bench.inspect({"--forec"}), bench, "unknown option --forec; did you mean --force?");
  write_text(bench / "settings.ini", "registration.sede = 4\n");
  check_trouble(bench.inspect({"--config", bench.path("settings.ini")}), bench,
                bench.path("settings.ini") + ": unknown key registration.sede");
}

TEST_CASE("points are asked for by both flags or none", "[cli][inspect]") {
  const Bench bench;
  write_text(bench / "points.csv", "x,y\n1,2\n");
  check_trouble(bench.inspect({"--points", bench.path("points.csv")}), bench, "--points-output must be given");
  check_trouble(bench.inspect({"--points-output", bench.path("mapped.csv")}), bench, "--points must be given");
}

TEST_CASE("a bad points file is trouble before the pictures are read", "[cli][inspect]") {
  const Bench bench;
  write_text(bench / "points.csv", "x,y\n1,2\nthree,4\n");
  check_trouble(bench.inspect_sample(
                    "none.png", {"--points", bench.path("points.csv"), "--points-output", bench.path("mapped.csv")}),
                bench, bench.path("points.csv") + ":3:");
}

TEST_CASE("no points are written for pictures that cannot be compared", "[cli][inspect]") {
  const Bench bench;
  write_text(bench / "points.csv", "x,y\n1,2\n");
  const ProgramRun run =
      bench.inspect({"--points", bench.path("points.csv"), "--points-output", bench.path("mapped.csv")});
  CHECK(run.status == 3);
  CHECK_FALSE(std::filesystem::exists(bench / "mapped.csv"));
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

TEST_CASE("a scanned reference gives sizes in millimetres, and says where they come from", "[cli][inspect]") {
  const TemporaryFolder folder;
  const cv::Mat3b board = textured_picture({500, 400}, 1);
  cv::Mat3b changed = board.clone();
  changed(cv::Rect(200, 150, 40, 30)).setTo(cv::Scalar(20, 20, 20));
  std::vector<unsigned char> bytes;
  cv::imencode(".bmp", board, bytes);
  const std::uint32_t per_metre = 47244;  // 1200 dpi
  for (std::size_t i = 0; i < 8; ++i) {
    bytes.at(38 + i) = static_cast<unsigned char>(per_metre >> (8 * (i % 4)) & 0xffU);
  }
  write_text(folder / "reference.bmp", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  cv::imwrite((folder / "sample.png").string(), changed);
  const auto run = run_program({"inspect", (folder / "reference.bmp").string(), (folder / "sample.png").string(),
                                "--output", (folder / "out").string(), "--json"});
  const auto report = nlohmann::json::parse(run.out);
  CHECK(report["reference"]["pixels_per_mm"].get<double>() == Approx(47.244));
  CHECK(report["reference"]["pixels_per_mm_origin"] == "file");
  CHECK(report["sample"]["pixels_per_mm"].get<double>() == Approx(47.244).epsilon(0.001));
  CHECK(report["sample"]["pixels_per_mm_origin"] == "registration");
  CHECK_THAT(report["notes"].dump(), Contains("the file's resolution: 1200 dpi"));
  REQUIRE_FALSE(report["findings"].empty());
  const auto& finding = report["findings"][0];
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(finding["board_box_mm"][i].get<double>() ==
          Approx(finding["reference_box"][i].get<double>() / 47.244).margin(0.001));
  }
}

TEST_CASE("a file of regions that cannot be used is trouble before the pictures are read", "[cli][inspect]") {
  const Bench bench;
  write_text(bench / "marks.json", R"({"type": "Point", "coordinates": [1, 2]})");
  const auto* flag = GENERATE("--ignore", "--watch");
  check_trouble(bench.inspect_sample("none.png", {flag, bench.path("marks.json")}), bench,
                bench.path("marks.json") + ": type must be Polygon or MultiPolygon, is Point");
  check_trouble(bench.inspect({flag, bench.path("none.json")}), bench, bench.path("none.json"));
}

TEST_CASE("a mask that is not as large as the reference is trouble", "[cli][inspect]") {
  const Bench bench;
  write_noise_picture(bench / "mask.png", 240, 320);
  check_trouble(bench.inspect({"--ignore", bench.path("mask.png")}), bench,
                bench.path("mask.png") + ": the mask has 240 x 320 pixels, the reference 320 x 240 pixels");
}

TEST_CASE("a file of regions is never replaced, even with --force", "[cli][inspect]") {
  const Bench bench;
  std::filesystem::create_directory(bench / "in");
  write_text(bench / "in/report.json", R"({"type": "FeatureCollection", "features": []})");
  const auto* flag = GENERATE("--ignore", "--watch");
  check_trouble(run_program({"inspect", bench.path("reference.png"), bench.path("sample.png"), "--output",
                             bench.path("in"), "--force", flag, bench.path("in/report.json")}),
                bench, "one of the inputs");
  CHECK_THAT(read_text(bench / "in/report.json"), Contains("FeatureCollection"));
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

TEST_CASE("mapped points that exist are replaced only with --force", "[cli][inspect]") {
  const Bench bench;
  write_text(bench / "points.csv", "x,y\n1,2\n");
  write_text(bench / "mapped.csv", "earlier");
  check_trouble(bench.inspect({"--points", bench.path("points.csv"), "--points-output", bench.path("mapped.csv")}),
                bench, bench.path("mapped.csv"));
  CHECK(read_text(bench / "mapped.csv") == "earlier");
}

TEST_CASE("with --force no mapped points of an earlier pair stay beside a refusal", "[cli][inspect]") {
  const Bench bench;
  write_text(bench / "points.csv", "x,y\n1,2\n");
  write_text(bench / "mapped.csv", "earlier");
  const ProgramRun run =
      bench.inspect({"--points", bench.path("points.csv"), "--points-output", bench.path("mapped.csv"), "--force"});
  CHECK(run.status == 3);
  CHECK_FALSE(std::filesystem::exists(bench / "mapped.csv"));
}
