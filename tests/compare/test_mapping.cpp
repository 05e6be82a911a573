// SPDX-License-Identifier: Apache-2.0
#include "compare/mapping.h"
#include "compare/report_json.h"
#include "tests/support/sample_report.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace compare = boarddiff::compare;
namespace imaging = boarddiff::imaging;
namespace test = boarddiff::test;
using boarddiff::compare::Mapping;
using boarddiff::compare::mapping_json;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;
using Json = nlohmann::ordered_json;

namespace {

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& item : object.items()) {
    names.push_back(item.key());
  }
  return names;
}

Mapping sample_mapping() {
  const compare::InspectionReport report = test::sample_report();
  return {.reference = report.reference, .sample = report.sample, .registration = report.registration};
}

}  // namespace

TEST_CASE("the mapping has the documented fields in their order", "[compare][mapping]") {
  const Json mapping = Json::parse(mapping_json(sample_mapping()));
  CHECK(mapping["schema"] == "boarddiff.mapping/1");
  const std::vector<std::string> fields = keys(mapping);
  CHECK(fields == std::vector<std::string>{"schema", "tool", "modality", "reference", "sample", "registration",
                                           "how_to_map", "notes", "options"});
  const std::string page = test::read_text(BOARDDIFF_DOCS "/report-format.md");
  const std::string section = page.substr(std::min(page.find("# The mapping"), page.size()));
  for (const std::string& field : fields) {
    CAPTURE(field);
    CHECK(section.find("| `" + field + "` |") != std::string::npos);
  }
}

TEST_CASE("pictures and registration of a mapping are those of a report", "[compare][mapping]") {
  const Json mapping = Json::parse(mapping_json(sample_mapping()));
  compare::InspectionReport plain = test::sample_report();
  plain.known_good.clear();  // a mapping tells of the first board alone
  const Json report = Json::parse(compare::report_json(plain));
  for (const char* block : {"reference", "sample", "registration"}) {
    CHECK(mapping[block] == report[block]);
  }
}

TEST_CASE("two pictures are mapped, and the sample's scale follows from the reference's", "[compare][mapping]") {
  const cv::Mat3b board = textured_picture({500, 400}, 1);
  imaging::BoardImage reference = board_image(board(cv::Rect(0, 0, 440, 340)));
  cv::Mat3b half;
  cv::resize(board(cv::Rect(40, 30, 440, 340)), half, {}, 0.5, 0.5, cv::INTER_AREA);
  reference.pixels_per_mm = 20;
  reference.pixels_per_mm_origin = "given";
  reference.notes = {"odd."};
  const Mapping mapping = compare::map_pictures(reference, board_image(half), imaging::Modality::photo);
  REQUIRE(mapping.registration.ok());
  CHECK(mapping.sample.pixels_per_mm.value_or(0) == Approx(10).epsilon(0.01));
  CHECK(mapping.sample.pixels_per_mm_origin == "registration");
  CHECK(mapping.notes == std::vector<std::string>{"Reference: odd."});
  CHECK((to_sample(mapping.registration.plane, imaging::Point(239.5, 189.5)) - imaging::Point(99.5, 79.5)).norm() <
        0.2);
}

TEST_CASE("a mapping names the options that decide on it, and no others", "[compare][mapping]") {
  const imaging::BoardImage dot = board_image(cv::Mat3b(1, 1, cv::Vec3b(1, 2, 3)));
  const Mapping mapping = compare::map_pictures(dot, dot, imaging::Modality::xray, {.seed = 77});
  std::vector<std::string> text;
  for (const auto& [flag, value] : mapping.options) {
    text.push_back(flag + "=" + value);
  }
  const auto has = [&](const std::string& option) { return std::ranges::find(text, option) != text.end(); };
  CHECK(has("modality=xray"));
  CHECK(has("registration.seed=77"));
  CHECK(std::ranges::all_of(mapping.options, [](const auto& option) {
    return option.first == "modality" || option.first.starts_with("registration.");
  }));
}

TEST_CASE("a mapping of strangers says so, and no scale is carried over", "[compare][mapping]") {
  imaging::BoardImage reference = board_image(textured_picture({300, 200}, 1));
  reference.pixels_per_mm = 20;
  const Mapping mapping =
      compare::map_pictures(reference, board_image(textured_picture({300, 200}, 2)), imaging::Modality::photo);
  CHECK_FALSE(mapping.registration.ok());
  CHECK_FALSE(mapping.sample.pixels_per_mm);
  const Json json = Json::parse(mapping_json(mapping));
  CHECK(json["registration"]["status"] == "not_comparable");
  CHECK(json["registration"]["reason"].is_string());
  CHECK(json["registration"]["sample_from_reference"].is_null());
}
