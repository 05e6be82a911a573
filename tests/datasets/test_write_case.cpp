// SPDX-License-Identifier: Apache-2.0
#include "datasets/write_case.h"
#include "imaging/base/error.h"
#include "imaging/load.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>

#include <cmath>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using boarddiff::test::read_text;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_text;

namespace {

datasets::BoardPairSettings small_settings() {
  datasets::BoardPairSettings settings;
  settings.megapixels = 0.2;
  settings.changes = datasets::usual_changes(3);
  return settings;
}

datasets::BoardPair small_pair() { return make_board_pair(small_settings(), 3); }

nlohmann::json case_in(const TemporaryFolder& folder) { return nlohmann::json::parse(read_text(folder / "case.json")); }

bool same_pixels(const std::filesystem::path& file, const imaging::BoardImage& image) {
  const imaging::BoardImage loaded = imaging::load_board_image(file);
  return loaded.pixels.type() == image.pixels.type() && loaded.size() == image.size() &&
         cv::norm(loaded.pixels, image.pixels, cv::NORM_INF) == 0 && loaded.source.sha256 == image.source.sha256;
}

}  // namespace

TEST_CASE("a written case holds the pictures and the truth of the pair", "[datasets][write_case]") {
  const TemporaryFolder folder;
  const datasets::BoardPair pair = small_pair();
  write_case(pair, folder.path(), imaging::Replace::refuse);
  const auto json = case_in(folder);
  CHECK(json["reference"] == "reference.jpg");
  CHECK_FALSE(json.contains("references"));
  CHECK(json["expect"] == "alignable");
  CHECK(json["exhaustive"] == true);
  CHECK(json["modality"] == "photo");
  CHECK(json["board"] == "controller-3");
  CHECK(json["style"] == "controller");
  CHECK(json["severity"] == "usual");
  CHECK(json["seed"] == 3);
  REQUIRE(json["changes"].size() == pair.changes.size());
  const auto& change = json["changes"][0];
  CHECK(change["kind"] == "extra_component");
  CHECK(change["background"] == name_of(pair.changes[0].background));
  CHECK(change["box"][0].get<double>() == Approx(pair.changes[0].sample_box.x).margin(0.001));
  for (const char* polygon : {"sample_polygon", "reference_polygon", "board_polygon_mm"}) {
    CHECK(change[polygon].size() >= 4);
  }
  CHECK(json["points"].size() == pair.points.size());
  REQUIRE(json["components"].size() == pair.components.size());
  CHECK(json["components"][0]["reference_polygon"].size() >= 4);
  CHECK(same_pixels(folder / "reference.jpg", pair.reference));
  CHECK(same_pixels(folder / std::string(json["sample"]), pair.sample));
}

TEST_CASE("numbers of a case have three decimals", "[datasets][write_case]") {
  const auto json = nlohmann::json::parse(case_json(small_pair()));
  for (const auto& point : json["points"]) {
    for (const double number : point) {
      CHECK(std::abs(number * 1000 - std::round(number * 1000)) < 1e-6);
    }
  }
}

TEST_CASE("further known-good units are named beside the reference", "[datasets][write_case]") {
  const TemporaryFolder folder;
  datasets::BoardPairSettings settings = small_settings();
  settings.specimens = 2;
  const datasets::BoardPair pair = make_board_pair(settings, 3);
  write_case(pair, folder.path(), imaging::Replace::refuse);
  const auto json = case_in(folder);
  CHECK(json["references"] == nlohmann::json::array({"reference.jpg", "reference-2.jpg"}));
  CHECK(same_pixels(folder / "reference-2.jpg", pair.further_references.front()));
  for (const std::string& file : datasets::case_files(imaging::Modality::photo, 2)) {
    CHECK(std::filesystem::exists(folder / file));
  }
}

TEST_CASE("an X-ray case keeps 16 bits, and a stranger its expectation", "[datasets][write_case]") {
  const TemporaryFolder folder;
  datasets::BoardPairSettings settings = small_settings();
  settings.modality = imaging::Modality::xray;
  settings.sample_board = datasets::SampleBoard::other_design;
  settings.changes.clear();
  const datasets::BoardPair pair = make_board_pair(settings, 3);
  write_case(pair, folder.path(), imaging::Replace::refuse);
  const auto json = case_in(folder);
  CHECK(json["expect"] == "not-the-same-board");
  CHECK(json["changes"].empty());
  CHECK(json["modality"] == "xray");
  CHECK(same_pixels(folder / "sample.png", pair.sample));
}

TEST_CASE("a case that is there already is kept", "[datasets][write_case]") {
  const TemporaryFolder folder;
  const datasets::BoardPair pair = small_pair();
  write_case(pair, folder.path(), imaging::Replace::refuse);
  CHECK_THROWS_AS(write_case(pair, folder.path(), imaging::Replace::refuse), imaging::Error);
  write_case(pair, folder.path(), imaging::Replace::allow);
}

TEST_CASE("the truth of another pair never stands beside half of a new one", "[datasets][write_case]") {
  const TemporaryFolder folder;
  write_text(folder / "case.json", "of an earlier pair");
  std::filesystem::create_directory(folder / "sample.jpg");  // cannot be replaced by a file
  CHECK_THROWS_AS(write_case(small_pair(), folder.path(), imaging::Replace::allow), imaging::Error);
  CHECK_FALSE(std::filesystem::exists(folder / "case.json"));
}
