// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/text.h"
#include "tests/cli/design_bench.h"
#include "tests/cli/run_program.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using boarddiff::test::check_trouble;
using boarddiff::test::DesignBench;
using boarddiff::test::ProgramRun;
using boarddiff::test::read_text;
using boarddiff::test::run_program;
using Catch::Contains;
using Json = nlohmann::json;

namespace {

// `inspect` of the bench's sample without what takes long.
ProgramRun inspected(const DesignBench& bench, const std::string& reference, const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"inspect",         bench.path(reference), bench.path("sample.jpg"), "--output",
                                        bench.path("out"), "--no-sensitivity",    "--no-markings"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments);
}

Json report_of(const DesignBench& bench) { return Json::parse(read_text(bench.path("out/report.json"))); }

// The finding or candidate there, best first; null where there is none.
Json found_at(const Json& report, const boarddiff::imaging::Box& box) {
  for (const char* list : {"findings", "candidates"}) {
    for (const Json& finding : report[list]) {
      const Json& at = finding["reference_box"];
      const boarddiff::imaging::Box there{.x = at[0], .y = at[1], .width = at[2], .height = at[3]};
      if (intersection(there, box).area() > 0) return finding;
    }
  }
  return {};
}

}  // namespace

TEST_CASE("with the board's design, findings are named by its parts and its parts are looked for",
          "[cli][inspect][long]") {
  const DesignBench bench;
  REQUIRE_FALSE(bench.missing_part().empty());
  const ProgramRun run = inspected(bench, "photo.jpg", {"--cad", bench.path("design.csv")});
  INFO(run.err);
  REQUIRE(run.status == 1);
  CHECK_THAT(run.out, Contains("note: Of ") && Contains("that the design design.csv has here"));
  const Json report = report_of(bench);
  CHECK(report["design"]["fits"] == true);
  CHECK(report["design"]["median_mm"] < 0.2);
  CHECK(report["reference"]["pixels_per_mm_origin"] == "design");
  CHECK(report["reference"]["pixels_per_mm"].get<double>() ==
        Approx(*bench.pair().reference.pixels_per_mm).epsilon(0.02));
  CHECK(report["design"]["sample"]["seen"] > bench.fitted_parts() * 9 / 10);
  CHECK(report["design"]["sample"]["in_sample_alone"] >= 1);

  for (const auto& change : bench.pair().changes) {
    const Json finding = found_at(report, change.reference_box);
    INFO(change.id);
    REQUIRE_FALSE(finding.is_null());
    CHECK_FALSE(finding["near"].is_null());
    const bool is_missing = change.kind == boarddiff::compare::FindingKind::missing_component;
    CHECK(finding["design"]["has"] == (is_missing ? "part" : "nothing"));
    CHECK(finding["design"]["designator"] == (is_missing ? Json(bench.missing_part()) : Json()));
    CHECK_THAT(finding["reason"].get<std::string>(), Contains("The design has "));
  }
  const std::string list = read_text(bench.path("out/layout.csv"));
  CHECK_THAT(
      list, Contains(",seen,kind,confidence,") && Contains(std::string("\n").append(bench.missing_part()).append(",")));
}

TEST_CASE("a part of the design that the sample lacks is missing", "[cli][inspect][long]") {
  const DesignBench bench;
  const ProgramRun run =
      run_program({"inspect", bench.path("photo.jpg"), bench.path("wiped.png"), "--output", bench.path("out"),
                   "--no-sensitivity", "--no-markings", "--cad", bench.path("design.csv")});
  CHECK(run.status == 1);
  const Json sample = report_of(bench)["design"]["sample"];
  CHECK(sample["missing"] == Json::array({bench.wiped_part()}));
  CHECK_THAT(run.out, Contains("not seen, though they are in the reference: " + bench.wiped_part()));
  CHECK_THAT(read_text(bench.path("out/layout.csv")), Contains(",yes,no,,"));
}

TEST_CASE("a design that does not fit is said, and the pictures are compared all the same", "[cli][inspect][long]") {
  const DesignBench bench;
  const ProgramRun run = inspected(bench, "photo.jpg", {"--cad", bench.path("other.csv")});
  CHECK(run.status == 1);
  CHECK_THAT(run.out, Contains("note: The design other.csv does not fit the reference: "));
  const Json report = report_of(bench);
  CHECK(report["design"]["fits"] == false);
  CHECK(report["findings"][0]["near"].is_null());
  CHECK(report["reference"]["pixels_per_mm"].is_null());
  CHECK_FALSE(std::filesystem::exists(bench.path("out/layout.csv")));
}

TEST_CASE("of the bottom, places are told as seen from the top", "[cli][inspect][long]") {
  const DesignBench bench;
  CHECK(inspected(bench, "photo.jpg", {"--cad", bench.path("design.csv")}).status == 1);
  const Json top = report_of(bench);
  CHECK(inspected(bench, "photo.jpg", {"--cad", bench.path("bottom.csv"), "--side", "bottom", "--force"}).status == 1);
  const Json bottom = report_of(bench);
  REQUIRE(bottom["design"]["fits"] == true);
  CHECK(bottom["design"]["side"] == "bottom");
  REQUIRE_FALSE(top["findings"].empty());
  REQUIRE(bottom["findings"].size() == top["findings"].size());
  for (std::size_t i = 0; i < top["findings"].size(); ++i) {
    const Json& one = top["findings"][i]["design"];
    const Json& other = bottom["findings"][i]["design"];
    CHECK(other["side"] == "bottom");
    CHECK(other["has"] == one["has"]);
    CHECK(other["designator"] == one["designator"]);
    CHECK(other["centre_mm"][0].get<double>() == Approx(-one["centre_mm"][0].get<double>()).margin(0.05));
    CHECK(other["centre_mm"][1].get<double>() == Approx(one["centre_mm"][1].get<double>()).margin(0.05));
  }
}

TEST_CASE("a list of parts never stands beside a report that it is not of", "[cli][inspect][long]") {
  const DesignBench bench;
  CHECK(inspected(bench, "photo.jpg", {"--cad", bench.path("design.csv")}).status == 1);
  CHECK(std::filesystem::exists(bench.path("out/layout.csv")));
  const auto [flag, value] = GENERATE(std::pair("--cad", "other.csv"), std::pair("--finding.max-candidates", "5"));
  const bool is_file = std::string_view(flag) == "--cad";
  CHECK(inspected(bench, "photo.jpg", {flag, is_file ? bench.path(value) : value, "--force"}).status == 1);
  CHECK_FALSE(std::filesystem::exists(bench.path("out/layout.csv")));
}

TEST_CASE("a list of parts that stands in the folder is not replaced unasked", "[cli][inspect][long]") {
  const DesignBench bench;
  std::filesystem::create_directory(bench.path("out"));
  boarddiff::test::write_text(bench.path("out/layout.csv"), "mine");
  check_trouble(inspected(bench, "photo.jpg", {"--cad", bench.path("design.csv")}), "layout.csv");
  CHECK(read_text(bench.path("out/layout.csv")) == "mine");
}

TEST_CASE("a design is laid where its parts are said to be", "[cli][inspect][long]") {
  const DesignBench bench;
  const auto place = [&](std::size_t i) {
    const auto& part = bench.pair().components[i];
    const auto at = boarddiff::imaging::bounding_box(part.reference_polygon).centre();
    return part.designator + ":" + boarddiff::imaging::number_text(at.x()) + "," +
           boarddiff::imaging::number_text(at.y());
  };
  const std::size_t last = bench.pair().components.size() - 1;
  const std::string places = place(0) + ";" + place(last / 2) + ";" + place(last);
  CHECK(inspected(bench, "photo.jpg", {"--cad", bench.path("design.csv"), "--cad.places", places}).status == 1);
  const Json report = report_of(bench);
  CHECK(report["design"]["fits"] == true);
  CHECK(report["options"]["cad.places"] == places);
  check_trouble(inspected(bench, "photo.jpg", {"--cad.places", places, "--force"}), "--cad.places must be given");
  check_trouble(inspected(bench, "photo.jpg", {"--side", "bottom", "--force"}), "--side must be given");
  check_trouble(inspected(bench, "photo.jpg", {"--cad", bench.path("design.csv"), "--cad.places", "U1:1", "--force"}),
                "--cad.places must be three or more");
}

TEST_CASE("a reference file holds the design, and an inspection uses it", "[cli][inspect][long]") {
  const DesignBench bench;
  const std::string golden = bench.path("golden.bdref");
  const ProgramRun refused =
      run_program({"enroll", bench.path("photo.jpg"), "--cad", bench.path("other.csv"), "--output", golden});
  CHECK(refused.status == 3);
  CHECK_THAT(refused.out, Contains("does not fit the reference") && Contains("Nothing was written"));
  CHECK_FALSE(std::filesystem::exists(golden));

  const ProgramRun enrolled =
      run_program({"enroll", bench.path("photo.jpg"), "--cad", bench.path("design.csv"), "--output", golden});
  CHECK(enrolled.status == 0);
  CHECK_THAT(enrolled.out, Contains("Of the design design.csv the reference shows "));
  CHECK(inspected(bench, "golden.bdref", {}).status == 1);
  const Json by_file = report_of(bench);
  CHECK(by_file["design"]["file"] == "design.csv");
  CHECK(inspected(bench, "photo.jpg", {"--cad", bench.path("design.csv"), "--force"}).status == 1);
  const Json given = report_of(bench);
  CHECK(by_file["design"] == given["design"]);
  CHECK(by_file["findings"] == given["findings"]);

  const ProgramRun listed = run_program({"layout", golden});
  CHECK(listed.status == 0);
  CHECK_THAT(listed.out, Contains(std::string("\n").append(bench.missing_part()).append(",")));
}

TEST_CASE("designs that cannot be used are trouble", "[cli][inspect][long]") {
  const DesignBench bench;
  check_trouble(inspected(bench, "photo.jpg", {"--cad", bench.path("none.csv")}), "none.csv: cannot be opened");
  check_trouble(inspected(bench, "photo.jpg", {"--cad", bench.path("sample.jpg")}), "sample.jpg: is no design");
  check_trouble(inspected(bench, "photo.jpg", {"--cad", bench.path("design.csv"), "--modality", "xray"}),
                "--cad: designs are laid on photographs");
  check_trouble(run_program({"enroll", bench.path("photo.jpg"), "--cad", bench.path("design.csv"), "--modality", "xray",
                             "--output", bench.path("golden.bdref")}),
                "--cad: designs are laid on photographs");
  CHECK_FALSE(std::filesystem::exists(bench.path("out")));
}
