// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/unlike_pair.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include <cstdint>
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

TEST_CASE("pictures that cannot be compared end with 3, one line and a report", "[cli][inspect]") {
  const UnlikePair pair;
  const ProgramRun run = pair.inspect({});
  CHECK(run.status == 3);
  CHECK(run.err.empty());
  CHECK_THAT(run.out, StartsWith("not comparable: ") && Contains("; see " + pair.path("out/report.html")));
  CHECK(run.out.find('\n') == run.out.size() - 1);
  CHECK_THAT(read_text(pair / "out/report.json"), Contains("not_comparable"));
  CHECK(read_text(pair / "out/annotated.jpg").starts_with("\xFF\xD8\xFF"));
  CHECK_THAT(read_text(pair / "out/report.html"), Contains("<html"));
}

TEST_CASE("with --json the report stands on standard output, as in the file", "[cli][inspect]") {
  const UnlikePair pair;
  const ProgramRun run = pair.inspect({"--json"});
  CHECK(run.status == 3);
  CHECK(run.out == read_text(pair / "out/report.json"));
}

TEST_CASE("the report names the options that were used", "[cli][inspect]") {
  const UnlikePair pair;
  const ProgramRun run = pair.inspect({"--json", "--registration.seed=77", "--threads", "1"});
  CHECK_THAT(run.out, Contains("registration.seed") && Contains("77"));
  CHECK_THAT(run.out, !Contains("threads"));
}

TEST_CASE("the same file given twice is compared with a note", "[cli][inspect]") {
  const UnlikePair pair;
  const ProgramRun run = run_program(
      {"inspect", pair.path("reference.png"), pair.path("reference.png"), "--output", pair.path("out"), "--json"});
  CHECK(run.status != 2);
  CHECK_THAT(run.out, Contains("the same file"));
  const ProgramRun in_words =
      run_program({"inspect", pair.path("reference.png"), pair.path("reference.png"), "--output", pair.path("words")});
  CHECK_THAT(in_words.out,
             Contains("; see " + pair.path("words/report.html") + "\nnote: ") && Contains("the same file"));
}

TEST_CASE("progress is shown on a terminal only, and not when quiet", "[cli][inspect]") {
  const UnlikePair pair;
  CHECK_THAT(pair.inspect({"--force"}, true).err, Contains("loading"));
  CHECK(pair.inspect({"--force"}, false).err.empty());
  CHECK(pair.inspect({"--force", "--quiet"}, true).err.empty());
}

TEST_CASE("progress leaves no colours and no rest of a line behind", "[cli][inspect]") {
  const UnlikePair pair;
  const std::string err = pair.inspect({}, true).err;
  CHECK(err.ends_with("\r\x1b[K"));
  CHECK_THAT(err, !Catch::Matches("[^]*\x1b\\[[0-9;]*m[^]*"));
}

TEST_CASE("files of an earlier inspection are replaced only with --force", "[cli][inspect]") {
  const UnlikePair pair;
  REQUIRE(pair.inspect({}).status == 3);
  const auto* name = GENERATE("report.json", "annotated.jpg", "report.html");
  for (const auto* other : {"report.json", "annotated.jpg", "report.html"}) {
    if (std::string(other) != name) {
      std::filesystem::remove(pair / ("out/" + std::string(other)));
    }
  }
  write_text(pair / ("out/" + std::string(name)), "earlier");
  const ProgramRun refused = pair.inspect({});
  CHECK(refused.status == 2);
  CHECK_THAT(refused.err, Contains(pair.path("out/" + std::string(name))) && Contains("--force"));
  CHECK(read_text(pair / ("out/" + std::string(name))) == "earlier");
  CHECK(pair.inspect({"--force"}).status == 3);
  CHECK(read_text(pair / ("out/" + std::string(name))) != "earlier");
}

TEST_CASE("other files in the output folder are left alone", "[cli][inspect]") {
  const UnlikePair pair;
  std::filesystem::create_directory(pair / "out");
  write_text(pair / "out/notes.txt", "mine");
  CHECK(pair.inspect({}).status == 3);
  CHECK(read_text(pair / "out/notes.txt") == "mine");
}

TEST_CASE("a picture that cannot be used ends with 2 and names the file", "[cli][inspect]") {
  const UnlikePair pair;
  write_text(pair / "empty.png", "");
  write_text(pair / "text.png", "this is no picture\n");
  write_text(pair / "cut.png", read_text(pair / "sample.png").substr(0, 5000));
  std::filesystem::create_directory(pair / "folder.png");
  const auto* name = GENERATE("none.png", "folder.png", "empty.png", "text.png", "cut.png");
  check_trouble(pair.inspect_sample(name), pair, pair.path(name));
}

TEST_CASE("a picture too small to compare is not comparable", "[cli][inspect]") {
  const UnlikePair pair;
  write_noise_picture(pair / "dot.png", 1, 1);
  write_noise_picture(pair / "line.png", 1, 4000);
  const auto* name = GENERATE("dot.png", "line.png");
  const ProgramRun run = pair.inspect_sample(name);
  CHECK(run.status == 3);
  CHECK_THAT(run.out, StartsWith("not comparable: "));
}

TEST_CASE("a picture above the limit ends with 2", "[cli][inspect]") {
  const UnlikePair pair;
  check_trouble(pair.inspect({"--load.max-megapixels=0.05"}), pair, pair.path("reference.png"));
}

TEST_CASE("an output folder that cannot be one ends with 2 before any work", "[cli][inspect]") {
  const UnlikePair pair;
  write_text(pair / "file", "x");
  const auto run_into = [&](const std::string& output) {
    return run_program({"inspect", pair.path("reference.png"), pair.path("sample.png"), "--output", output});
  };
  check_trouble(run_into(pair.path("file")), pair, pair.path("file"));
  check_trouble(run_into(pair.path("file/below")), pair, pair.path("file"));
  check_trouble(run_into("/proc/boarddiff/out"), pair, "/proc/boarddiff/out");
}

TEST_CASE("an output never takes the place of an input, even with --force", "[cli][inspect]") {
  const UnlikePair pair;
  std::filesystem::create_directory(pair / "in");
  std::filesystem::copy_file(pair / "sample.png", pair / "in/annotated.jpg");
  const std::string before = read_text(pair / "in/annotated.jpg");
  check_trouble(run_program({"inspect", pair.path("reference.png"), pair.path("in/annotated.jpg"), "--output",
                             pair.path("in"), "--force"}),
                pair, "one of the inputs");
  CHECK(read_text(pair / "in/annotated.jpg") == before);
}

TEST_CASE("anything but two pictures and an output folder is refused", "[cli][inspect]") {
  const UnlikePair pair;
  check_trouble(run_program({"inspect", "one.png", "--output", pair.path("out")}), pair, "was given 1");
  check_trouble(run_program({"inspect", "1.png", "2.png", "3.png", "--output", pair.path("out")}), pair, "was given 3");
  check_trouble(run_program({"inspect", "1.png", "2.png"}), pair, "--output must name a folder");
}

TEST_CASE("all option problems are reported at once", "[cli][inspect]") {
  const UnlikePair pair;
  const ProgramRun run = pair.inspect({"--registration.min-inliers", "x", "--false-calls-per-board=0", "--threads=-2",
                                       "--modality", "infrared", "--pixels-per-mm=0"});
  check_trouble(run, pair, "--registration.min-inliers must be a whole number, is \"x\"");
  CHECK_THAT(run.err, Contains("--false-calls-per-board must be between 0.001 and 1000, is 0"));
  CHECK_THAT(run.err, Contains("--threads must be between 0 and 1024, is -2"));
  CHECK_THAT(run.err, Contains("--modality must be photo or xray, is \"infrared\""));
  CHECK_THAT(run.err, Contains("--pixels-per-mm must be between 0.1 and 10000, is 0"));
}

TEST_CASE("an unknown flag or a bad configuration file is trouble", "[cli][inspect]") {
  const UnlikePair pair;
  check_trouble(pair.inspect({"--forec"}), pair, "unknown option --forec; did you mean --force?");
  write_text(pair / "settings.ini", "registration.sede = 4\n");
  check_trouble(pair.inspect({"--config", pair.path("settings.ini")}), pair,
                pair.path("settings.ini") + ": unknown key registration.sede");
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
