// SPDX-License-Identifier: Apache-2.0
#include "datasets/write_case.h"
#include "imaging/base/error.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using boarddiff::test::TemporaryFolder;

namespace {

datasets::BoardPair small_pair() {
  datasets::BoardPairSettings settings;
  settings.megapixels = 0.2;
  settings.changes = datasets::usual_changes();
  return make_board_pair(settings, 3);
}

}  // namespace

TEST_CASE("a written case holds the pictures and the truth of the pair", "[datasets][write_case]") {
  const TemporaryFolder folder;
  const datasets::BoardPair pair = small_pair();
  write_case(pair, folder.path(), imaging::Replace::refuse);
  const auto json = nlohmann::json::parse(boarddiff::test::read_text(folder / "case.json"));
  CHECK(json["expect"] == "alignable");
  CHECK(json["modality"] == "photo");
  REQUIRE(json["changes"].size() == pair.changes.size());
  CHECK(json["changes"][0]["kind"] == "extra_component");
  CHECK(json["changes"][0]["box"][0].get<double>() == Approx(pair.changes[0].sample_box.x).margin(0.001));
  CHECK(json["points"].size() == pair.points.size());
  const std::string name = json["sample"];
  const cv::Mat sample = cv::imread((folder / name).string(), cv::IMREAD_UNCHANGED);
  CHECK(cv::norm(sample, pair.sample.pixels, cv::NORM_INF) == 0);
}

TEST_CASE("a case that is there already is kept", "[datasets][write_case]") {
  const TemporaryFolder folder;
  const datasets::BoardPair pair = small_pair();
  write_case(pair, folder.path(), imaging::Replace::refuse);
  CHECK_THROWS_AS(write_case(pair, folder.path(), imaging::Replace::refuse), imaging::Error);
}
