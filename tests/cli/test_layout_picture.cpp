// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_text.h"
#include "datasets/board_pair.h"
#include "datasets/evaluation/layout_score.h"
#include "imaging/base/text.h"
#include "tests/cli/run_program.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
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
using Json = nlohmann::json;
namespace datasets = boarddiff::datasets;

namespace {

std::string design_csv(const datasets::BoardPair& pair) {
  return placement_text(datasets::placement_of(pair.components), boarddiff::compare::LayoutFormat::csv, {});
}

// A photograph of a rendered board, its design, and that of another board of the style.
class Bench {
 public:
  Bench() {
    const auto pair_of = [](std::uint64_t seed) {
      return datasets::make_board_pair({.style = datasets::BoardStyle::controller, .megapixels = 0.8}, seed);
    };
    const datasets::BoardPair pair = pair_of(31);
    write_text(folder_ / "photo.jpg", pair.files[0].bytes);
    write_text(folder_ / "design.csv", design_csv(pair));
    write_text(folder_ / "other.csv", design_csv(pair_of(32)));
    parts_ = static_cast<std::size_t>(std::count_if(pair.components.begin(), pair.components.end(),
                                                    [](const auto& component) { return component.populated; }));
    scale_ = *pair.reference.pixels_per_mm;
  }

  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }
  [[nodiscard]] std::size_t parts() const { return parts_; }
  [[nodiscard]] std::string scale() const { return boarddiff::imaging::fixed_text(scale_, 3); }

 private:
  TemporaryFolder folder_ = {};
  std::size_t parts_ = 0;
  double scale_ = 0;
};

std::size_t times(const std::string& text, std::string_view word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("the parts of a photograph are listed, and a design is laid on it", "[cli][layout]") {
  const Bench bench;
  const ProgramRun alone =
      run_program({"layout", bench.path("photo.jpg"), "--pixels-per-mm", bench.scale(), "--format", "coco"});
  CHECK(alone.status == 0);
  const Json coco = Json::parse(alone.out);
  CHECK(coco["images"][0]["file_name"] == "photo.jpg");
  CHECK(coco["annotations"].size() > bench.parts() / 2);

  const std::string list = bench.path("layout.csv");
  const ProgramRun laid =
      run_program({"layout", bench.path("photo.jpg"), "--cad", bench.path("design.csv"), "--output", list});
  CHECK(laid.status == 0);
  CHECK_THAT(laid.err, Contains("note: Of the parts of the design"));
  const std::string csv = read_text(list);
  CHECK_THAT(csv, Contains(",seen,kind,confidence,") && Contains(",yes,yes,ic,"));
  CHECK(times(csv, ",yes,yes,") > bench.parts() / 2);

  const std::string refused = bench.path("refused.csv");
  const ProgramRun other =
      run_program({"layout", bench.path("photo.jpg"), "--cad", bench.path("other.csv"), "--output", refused});
  CHECK(other.status == 3);
  CHECK_THAT(other.err, Contains("does not fit") && Contains("photo.jpg: "));
  CHECK(other.out.empty());
  CHECK_FALSE(std::filesystem::exists(refused));
}

TEST_CASE("what cannot be listed of a picture is said", "[cli][layout]") {
  const Bench bench;
  check_trouble(run_program({"layout", bench.path("photo.jpg")}), "photo.jpg: its scale is not known");
  check_trouble(run_program({"layout", bench.path("design.csv"), "--cad", bench.path("design.csv")}),
                "is no picture that a design could be laid on");
  check_trouble(run_program({"layout", bench.path("design.csv"), "--format", "coco"}), "COCO is of pictures");
  check_trouble(run_program({"layout", bench.path("photo.jpg"), "--cad", bench.path("none.csv")}),
                "none.csv: cannot be opened");
  check_trouble(run_program({"layout", bench.path("photo.jpg"), "--parts.min-confidence", "2"}),
                "--parts.min-confidence");
}
