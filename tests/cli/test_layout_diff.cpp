// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_program.h"
#include "tests/support/kicad_text.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>
#include <string_view>

using boarddiff::test::check_trouble;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_text;
using Catch::Contains;

namespace {

// A board of KiCad, and a table of its parts in which R1 is 2 mm lower.
class Designs {
 public:
  Designs() {
    write_text(folder_ / "board.kicad_pcb", boarddiff::test::kicad_6_board());
    std::string table = run_program({"layout", path("board.kicad_pcb")}).out;
    write_text(folder_ / "same.csv", table);
    const std::string place = ",top,10,10,270,";
    table.replace(table.find(place), place.size(), ",top,10,12,270,");
    write_text(folder_ / "moved.csv", table);
  }
  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }

 private:
  TemporaryFolder folder_ = {};
};

}  // namespace

TEST_CASE("two designs are compared part by part", "[cli][layout]") {
  const Designs designs;
  const ProgramRun same = run_program({"layout-diff", designs.path("board.kicad_pcb"), designs.path("same.csv")});
  CHECK(same.status == 0);
  CHECK_THAT(same.out, Contains("0 parts differ between board.kicad_pcb and same.csv"));
  const ProgramRun moved = run_program({"layout-diff", designs.path("board.kicad_pcb"), designs.path("moved.csv")});
  CHECK(moved.status == 1);
  CHECK_THAT(moved.out, Contains("moved: R1 (R_0603_1608Metric), by 2.00 mm"));
  const ProgramRun bottom =
      run_program({"layout-diff", designs.path("board.kicad_pcb"), designs.path("moved.csv"), "--side", "bottom"});
  CHECK(bottom.status == 0);
}

TEST_CASE("differences of designs go into a file, which is not replaced unasked", "[cli][layout]") {
  const Designs designs;
  const std::string list = designs.path("diff.csv");
  const std::vector<std::string> arguments = {
      "layout-diff", designs.path("board.kicad_pcb"), designs.path("moved.csv"), "--format", "csv", "--output", list};
  const ProgramRun run = run_program(arguments);
  CHECK(run.status == 1);
  CHECK(run.out == "1 difference; see " + list + "\n");
  CHECK_THAT(read_text(list), Contains("\nmoved,R1,R_0603_1608Metric,top,10,10,10,12,2,0,"));
  check_trouble(run_program(arguments), "will not replace " + list);
}

TEST_CASE("what cannot be compared as layouts ends with 2", "[cli][layout]") {
  const Designs designs;
  check_trouble(run_program({"layout-diff", designs.path("same.csv")}), "needs two files, FIRST and SECOND");
  check_trouble(run_program({"layout-diff", designs.path("same.csv"), designs.path("none.csv")}),
                "none.csv: cannot be opened");
  check_trouble(
      run_program({"layout-diff", designs.path("same.csv"), designs.path("same.csv"), "--diff.max-move-mm", "0"}),
      "--diff.max-move-mm");
}
