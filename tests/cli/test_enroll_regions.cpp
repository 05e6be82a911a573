// SPDX-License-Identifier: Apache-2.0
#include "compare/reference_file.h"
#include "tests/cli/enroll_bench.h"
#include "tests/cli/run_program.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace compare = boarddiff::compare;
using boarddiff::test::check_trouble;
using boarddiff::test::EnrollBench;
using boarddiff::test::ProgramRun;
using boarddiff::test::write_text;
using Catch::Contains;
using Catch::StartsWith;
using Json = nlohmann::json;

namespace {

// A rectangle as GeoJSON.
std::string square(int left, int top, int right, int bottom) {
  const Json ring = {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
  return Json{{"type", "Polygon"}, {"coordinates", {ring}}}.dump();
}

}  // namespace

TEST_CASE("regions that are enrolled hold for every inspection, with those that are given besides", "[cli][enroll]") {
  const EnrollBench bench;
  // The body of the odd unit, as good1 shows its place.
  write_text(bench / "label.geojson", square(174, 119, 234, 169));
  write_text(bench / "port.geojson", square(20, 20, 60, 60));
  REQUIRE(bench.enroll({"good1.png"}).status == 0);
  REQUIRE(bench.inspected("golden.bdref", "odd.png")["outcome"] == "needs_review");
  const ProgramRun run = bench.enroll(
      {"good1.png"}, {"--force", "--mask", bench.path("label.geojson"), "--watch", bench.path("port.geojson")});
  CHECK(run.status == 0);
  CHECK_THAT(run.out,
             Contains("label.geojson: what it marks is ignored") && Contains("port.geojson: what it marks is watched"));
  const Json report = bench.inspected("golden.bdref", "odd.png", {"--ignore", bench.path("port.geojson")});
  CHECK(report["outcome"] == "nothing_found");
  CHECK(report["coverage"]["masks"].size() == 2);
  CHECK(report["coverage"]["watched"].size() == 1);
  CHECK_THAT(report["options"]["ignore"].get<std::string>(),
             StartsWith("golden.bdref: label.geojson sha256:") && Contains(", port.geojson sha256:"));
}

TEST_CASE("regions stay when boards are added, and others can take their place", "[cli][enroll]") {
  const EnrollBench bench;
  write_text(bench / "label.geojson", square(174, 119, 234, 169));
  write_text(bench / "other.geojson", square(20, 20, 60, 60));
  REQUIRE(bench.enroll({"good1.png"}, {"--mask", bench.path("label.geojson")}).status == 0);
  // They differ in what is ignored, and in nothing else.
  CHECK(bench.enroll({"odd.png"}, {"--add", bench.path("golden.bdref")}, "more.bdref").status == 0);
  CHECK(compare::read_reference_file(bench / "more.bdref").ignored->file == "label.geojson");
  CHECK(bench
            .enroll({"odd.png"}, {"--add", bench.path("golden.bdref"), "--mask", bench.path("other.geojson")},
                    "differ.bdref")
            .status == 1);
  CHECK_FALSE(std::filesystem::exists(bench / "differ.bdref"));
}

TEST_CASE("regions of the first board are ignored when it is compared with the others", "[cli][enroll][long]") {
  const EnrollBench bench;
  write_text(bench / "label.geojson", square(170, 125, 230, 175));  // as odd shows it
  CHECK(bench.enroll({"odd.png", "good1.png", "good2.png"}, {"--mask", bench.path("label.geojson")}).status == 0);
}

TEST_CASE("regions that no inspection could use are not enrolled", "[cli][enroll]") {
  const EnrollBench bench;
  write_text(bench / "outside.geojson", square(900, 900, 950, 950));
  write_text(bench / "broken.geojson", "{");
  check_trouble(bench.enroll({"good1.png"}, {"--mask", bench.path("outside.geojson")}),
                bench.path("outside.geojson") + ": coordinates lies outside the reference");
  check_trouble(bench.enroll({"good1.png"}, {"--watch", bench.path("broken.geojson")}), bench.path("broken.geojson"));
  check_trouble(bench.enroll({"good1.png"}, {"--mask", bench.path("good2.png"), "--force"}, "good2.png"),
                "it is one of the inputs");
  CHECK_FALSE(std::filesystem::exists(bench / "golden.bdref"));
}
