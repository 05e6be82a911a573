// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/design_bench.h"
#include "tests/cli/run_program.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <string_view>

using boarddiff::test::check_trouble;
using boarddiff::test::DesignBench;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using Catch::Contains;
using Json = nlohmann::json;

namespace {

std::size_t times(const std::string& text, std::string_view word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("the parts of a photograph are listed, and a design is laid on it", "[cli][layout]") {
  const DesignBench bench;
  const ProgramRun alone =
      run_program({"layout", bench.path("photo.jpg"), "--pixels-per-mm", bench.scale(), "--format", "coco"});
  CHECK(alone.status == 0);
  const Json coco = Json::parse(alone.out);
  CHECK(coco["images"][0]["file_name"] == "photo.jpg");
  CHECK(coco["annotations"].size() > bench.fitted_parts() / 2);

  const std::string list = bench.path("layout.csv");
  const ProgramRun laid =
      run_program({"layout", bench.path("photo.jpg"), "--cad", bench.path("design.csv"), "--output", list});
  CHECK(laid.status == 0);
  CHECK_THAT(laid.err, Contains("note: Of the parts of the design"));
  const std::string csv = read_text(list);
  CHECK_THAT(csv, Contains(",seen,kind,confidence,") && Contains(",yes,yes,ic,"));
  CHECK(times(csv, ",yes,yes,") > bench.fitted_parts() / 2);

  const std::string refused = bench.path("refused.csv");
  const ProgramRun other =
      run_program({"layout", bench.path("photo.jpg"), "--cad", bench.path("other.csv"), "--output", refused});
  CHECK(other.status == 3);
  CHECK_THAT(other.err, Contains("does not fit") && Contains("photo.jpg: "));
  CHECK(other.out.empty());
  CHECK_FALSE(std::filesystem::exists(refused));
}

TEST_CASE("what cannot be listed of a picture is said", "[cli][layout]") {
  const DesignBench bench;
  check_trouble(run_program({"layout", bench.path("photo.jpg")}), "photo.jpg: its scale is not known");
  check_trouble(run_program({"layout", bench.path("design.csv"), "--cad", bench.path("design.csv")}),
                "is no picture that a design could be laid on");
  check_trouble(run_program({"layout", bench.path("design.csv"), "--format", "coco"}), "COCO is of pictures");
  check_trouble(run_program({"layout", bench.path("photo.jpg"), "--cad", bench.path("none.csv")}),
                "none.csv: cannot be opened");
  check_trouble(run_program({"layout", bench.path("photo.jpg"), "--parts.min-confidence", "2"}),
                "--parts.min-confidence");
}
