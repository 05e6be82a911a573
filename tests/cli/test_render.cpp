// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_program.h"
#include "tests/support/kicad_text.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace fs = std::filesystem;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using boarddiff::test::TemporaryFolder;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

class Bench {
 public:
  [[nodiscard]] ProgramRun render(const std::vector<std::string>& more, bool err_is_terminal = false) const {
    std::vector<std::string> arguments = {"render", "--output", out(), "--megapixels", "0.2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(arguments, err_is_terminal);
  }
  [[nodiscard]] std::string out() const { return (folder_ / "out").string(); }
  [[nodiscard]] fs::path operator/(const std::string& name) const { return folder_ / ("out/" + name); }
  [[nodiscard]] std::vector<std::string> written() const {
    std::vector<std::string> names;
    if (fs::exists(folder_ / "out")) {
      for (const auto& entry : fs::directory_iterator(folder_ / "out")) {
        names.push_back(entry.path().filename().string());
      }
    }
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  TemporaryFolder folder_;
};

// And no file.
void check_trouble(const ProgramRun& run, const Bench& bench, const std::string& says) {
  check_trouble(run, says);
  CHECK(bench.written().empty());
}

}  // namespace

TEST_CASE("render writes a folder a board and says what it planted", "[cli][render]") {
  const Bench bench;
  const ProgramRun run =
      bench.render({"--board", "handheld", "--seed", "7", "--count", "2", "--changes", "missing,wire"});
  CHECK(run.err.empty());
  REQUIRE(run.status == 0);
  CHECK(bench.written() == std::vector<std::string>{"handheld-7-photo-usual", "handheld-8-photo-usual"});
  CHECK_THAT(run.out, Contains("handheld-7-photo-usual: 2 changes: missing_component-1-") && Contains("extra_wire-2"));
  CHECK(std::count(run.out.begin(), run.out.end(), '\n') == 2);
  const auto truth = nlohmann::json::parse(read_text(bench / "handheld-7-photo-usual/case.json"));
  CHECK(truth["changes"].size() == 2);
  CHECK(fs::exists(bench / "handheld-7-photo-usual/sample.jpg"));
}

TEST_CASE("calls with other flags write other folders", "[cli][render]") {
  const Bench bench;
  CHECK(bench.render({"--changes", "none"}).status == 0);
  CHECK(bench.render({"--changes", "sticker"}).status == 0);
  CHECK(bench.render({"--changes", "missing", "--severity", "hard"}).status == 0);
  CHECK(bench.render({"--changes", "missing", "--modality", "xray", "--specimens", "2"}).status == 0);
  const ProgramRun stranger = bench.render({"--stranger", "other-design"});
  CHECK_THAT(stranger.out, Contains("not the same board"));
  CHECK(bench.written() == std::vector<std::string>{"controller-1-photo-hard", "controller-1-photo-usual",
                                                    "controller-1-photo-usual-other-design",
                                                    "controller-1-photo-usual-unchanged", "controller-1-xray-usual"});
  CHECK(fs::exists(bench / "controller-1-xray-usual/reference-2.png"));
}

TEST_CASE("what is asked of the sample's view changes the sample and not the reference", "[cli][render]") {
  const auto flags =
      GENERATE(values<std::vector<std::string>>({{"--mirrored"}, {"--tilt-deg", "30"}, {"--among-others"}}));
  CAPTURE(flags);
  const Bench plain;
  const Bench asked;
  std::vector<std::string> arguments = {"--changes", "none"};
  REQUIRE(plain.render(arguments).status == 0);
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  REQUIRE(asked.render(arguments).status == 0);
  const std::string folder = "controller-1-photo-usual-unchanged/";
  CHECK(read_text(asked / (folder + "reference.jpg")) == read_text(plain / (folder + "reference.jpg")));
  CHECK(read_text(asked / (folder + "sample.jpg")) != read_text(plain / (folder + "sample.jpg")));
}

TEST_CASE("all means one board of each style", "[cli][render]") {
  const Bench bench;
  CHECK(bench.render({"--board", "all", "--changes", "none"}).status == 0);
  CHECK(bench.written().size() == 7);
}

TEST_CASE("a KiCad board is rendered from either side under its own name", "[cli][render]") {
  const Bench bench;
  const TemporaryFolder designs;
  const std::string layout = (designs / "psu.kicad_pcb").string();
  boarddiff::test::write_text(layout, boarddiff::test::kicad_6_board());
  const ProgramRun top = bench.render({"--kicad", layout, "--changes", "missing"});
  CHECK(top.err.empty());
  CHECK_THAT(top.out, Contains("psu-1-photo-usual: 1 change"));
  CHECK(bench.render({"--kicad", layout, "--changes", "none", "--side", "bottom"}).status == 0);
  CHECK(bench.written() == std::vector<std::string>{"psu-1-photo-usual", "psu-bottom-1-photo-usual-unchanged"});
  const auto truth = nlohmann::json::parse(read_text(bench / "psu-1-photo-usual/case.json"));
  CHECK(truth["board"] == "psu");
  CHECK_FALSE(truth.contains("style"));
  CHECK(truth["components"].size() == 3);  // R1, U1, J1
}

TEST_CASE("a file that is no KiCad board, or has no outline, is refused", "[cli][render]") {
  const Bench bench;
  const TemporaryFolder designs;
  boarddiff::test::write_text(designs / "text.kicad_pcb", "hello");
  boarddiff::test::write_text(designs / "empty.kicad_pcb", "(kicad_pcb (version 20211014))");
  const auto* name = GENERATE("text.kicad_pcb", "empty.kicad_pcb", "absent.kicad_pcb");
  check_trouble(bench.render({"--kicad", (designs / name).string()}), bench, (designs / name).string());
}

TEST_CASE("the same flags render the same bytes for any number of threads", "[cli][render]") {
  const Bench one;
  const Bench two;
  CHECK(one.render({"--threads", "1", "--changes", "usual"}).status == 0);
  CHECK(two.render({"--threads", "2", "--changes", "usual"}).status == 0);
  for (const char* file : {"reference.jpg", "sample.jpg", "case.json"}) {
    const std::string name = "controller-1-photo-usual/" + std::string(file);
    CHECK(read_text(one / name) == read_text(two / name));
  }
}

TEST_CASE("with --json what was written stands on standard output", "[cli][render]") {
  const Bench bench;
  const ProgramRun run = bench.render({"--json", "--changes", "extra:sot23,missing"});
  REQUIRE(run.status == 0);
  const auto boards = nlohmann::json::parse(run.out);
  REQUIRE(boards.size() == 1);
  CHECK(boards[0]["board"] == "controller-1");
  CHECK(boards[0]["changes"][0]["id"] == "extra_component-1-sot23");
  CHECK(fs::is_directory(fs::path(boards[0]["folder"].get<std::string>())));
}

TEST_CASE("render refuses before it renders, and says what may stand there", "[cli][render]") {
  struct Row {
    std::vector<std::string> flags;
    const char* says;
  };
  const auto row = GENERATE(
      values<Row>({{{"--board", "servr"},
                    "must be server, network-switch, controller, handheld, through-hole, motor-drive, mixed "
                    "or all, is \"servr\"; did you mean server?"},
                   {{"--count", "0"}, "--count must be between 1 and 10000, is 0"},
                   {{"--count", "10001"}, "--count"},
                   {{"--megapixels=0.1"}, "--megapixels"},
                   {{"--scale", "4", "--megapixels=30"}, "--scale must leave the sample at most 60 megapixels"},
                   {{"--specimens", "0"}, "--specimens"},
                   {{"--tilt-deg", "61"}, "--tilt-deg must be between 0 and 60, is 61"},
                   {{"--among-others", "--modality", "xray"}, "--modality must be photo with --among-others, is xray"},
                   {{"--among-others", "--part-view"}, "--part-view must be left out with --among-others"},
                   {{"--among-others", "--rotation-deg", "5"}, "--rotation-deg must be left out with --among-others"},
                   {{"--severity", "brutal"}, "must be easy, usual or hard"},
                   {{"--stranger", "alien"}, "other-side"},
                   {{"--changes", "missng"}, "unknown change \"missng\""},
                   {{"--seed", "-1"}, "--seed"},
                   {{"--seed", "18446744073709551615"}, "--seed"},
                   {{"picture.jpg"}, "takes no pictures"}}));
  const Bench bench;
  std::vector<std::string> arguments = {"render", "--output", bench.out()};
  arguments.insert(arguments.end(), row.flags.begin(), row.flags.end());
  check_trouble(run_program(arguments), bench, row.says);
}

TEST_CASE("render needs a folder", "[cli][render]") {
  const ProgramRun run = run_program({"render"});
  CHECK(run.status == 2);
  CHECK_THAT(run.err, Contains("--output must name a folder"));
}

TEST_CASE("files of an earlier call are replaced only with --force", "[cli][render]") {
  const Bench bench;
  REQUIRE(bench.render({"--changes", "none", "--count", "2"}).status == 0);
  fs::remove_all(bench / "controller-1-photo-usual-unchanged");
  const std::string before = read_text(bench / "controller-2-photo-usual-unchanged/sample.jpg");
  // The second board is in the way: not even the first is rendered.
  const ProgramRun refused = bench.render({"--changes", "none", "--count", "2"});
  CHECK(refused.status == 2);
  CHECK_THAT(refused.err, Contains("will not replace") && Contains("controller-2") && Contains("--force"));
  CHECK_FALSE(fs::exists(bench / "controller-1-photo-usual-unchanged"));
  CHECK(bench.render({"--changes", "none", "--count", "2", "--force"}).status == 0);
  CHECK(read_text(bench / "controller-2-photo-usual-unchanged/sample.jpg") == before);
}

TEST_CASE("a folder that cannot be written is named before rendering", "[cli][render]") {
  const TemporaryFolder folder;
  boarddiff::test::write_text(folder / "file", "in the way");
  const ProgramRun run = run_program({"render", "--output", (folder / "file").string(), "--count", "10000"});
  CHECK(run.status == 2);
  CHECK_THAT(run.err, Contains("is no folder"));
}

TEST_CASE("rendering shows progress on a terminal only, and not when quiet", "[cli][render]") {
  const Bench bench;
  const std::string err = bench.render({"--changes", "none"}, true).err;
  CHECK_THAT(err, Contains("rendering 1 of 1: controller-1-photo-usual-unchanged"));
  CHECK(err.ends_with("\r\x1b[K"));
  CHECK(bench.render({"--changes", "none", "--force", "--quiet"}, true).err.empty());
}
