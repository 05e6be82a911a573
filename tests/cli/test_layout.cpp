// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_program.h"
#include "tests/support/kicad_text.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

using boarddiff::test::check_trouble;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_text;
using Catch::Contains;
using Catch::StartsWith;

namespace {

// A folder with a board of KiCad.
class Design {
 public:
  Design() { write_text(folder_ / "board.kicad_pcb", boarddiff::test::kicad_6_board()); }
  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }

 private:
  TemporaryFolder folder_ = {};
};

}  // namespace

TEST_CASE("the parts of a board of KiCad are listed", "[cli][layout]") {
  const Design design;
  const ProgramRun run = run_program({"layout", design.path("board.kicad_pcb")});
  CHECK(run.status == 0);
  CHECK_THAT(run.out,
             StartsWith("designator,value,") && Contains("\nR1,10k,R_0603_1608Metric,top,10,10,270,1.6,0.8,yes\n"));
  const ProgramRun bottom =
      run_program({"layout", design.path("board.kicad_pcb"), "--side", "bottom", "--format", "json"});
  const auto json = nlohmann::json::parse(bottom.out);
  REQUIRE(json["parts"].size() == 1);
  CHECK(json["parts"][0]["designator"] == "C1");
}

TEST_CASE("a list goes into a file, which is not replaced unasked", "[cli][layout]") {
  const Design design;
  const std::string list = design.path("parts.csv");
  const ProgramRun run = run_program({"layout", design.path("board.kicad_pcb"), "--output", list});
  CHECK(run.status == 0);
  CHECK(run.out == "4 parts; see " + list + "\n");
  const std::string written = read_text(list);
  CHECK_THAT(written, Contains("U1"));
  check_trouble(run_program({"layout", design.path("board.kicad_pcb"), "--output", list}), "will not replace " + list);
  CHECK(run_program({"layout", design.path("board.kicad_pcb"), "--output", list, "--force", "--side", "top"}).status ==
        0);
  CHECK(read_text(list).size() < written.size());
  check_trouble(run_program({"layout", list, "--output", list, "--force"}), "it is one of the inputs");
}

TEST_CASE("notes go beside the list", "[cli][layout]") {
  const Design design;
  write_text(design.path("mount.mnt"), "C1 41.91 34.77 180 0.1uF C0603\n");
  const ProgramRun run = run_program({"layout", design.path("mount.mnt")});
  CHECK(run.status == 0);
  CHECK_THAT(run.out, Contains("C1,0.1uF,C0603,top,41.91,-34.77,180,,,yes\n"));
  CHECK_THAT(run.err, Contains("note: No unit is named"));
}

TEST_CASE("what is no design ends with 2", "[cli][layout]") {
  const Design design;
  write_text(design.path("words.csv"), "nothing of the kind\n");
  check_trouble(run_program({"layout", design.path("words.csv")}), "words.csv: no line names the columns");
  check_trouble(run_program({"layout", design.path("none.csv")}), "none.csv: cannot be opened");
  check_trouble(run_program({"layout"}), "layout needs one FILE, a picture or a design, and was given 0");
  check_trouble(run_program({"layout", design.path("board.kicad_pcb"), "--format", "xml"}), "--format");
}
