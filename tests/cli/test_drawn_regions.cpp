// SPDX-License-Identifier: Apache-2.0
#include "cli/drawn_regions.h"
#include "cli/regions_file.h"
#include "imaging/base/error.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include <cmath>
#include <string>
#include <vector>

using namespace boarddiff::cli;
using boarddiff::compare::EnrolledRegions;
using boarddiff::compare::pixels_of;
using boarddiff::compare::ReferenceFile;
using Catch::Contains;
using nlohmann::json;

namespace {

const cv::Size kSize{200, 150};

ReferenceFile reference() { return {.boards = {{.file = "good.png", .size = kSize}}}; }

DrawnRegion square(double left, double top, double side, RegionPurpose purpose = RegionPurpose::ignore) {
  return {.purpose = purpose,
          .reference_corners = {{left, top}, {left + side, top}, {left + side, top + side}, {left, top + side}},
          .who = "Ann",
          .why = "a label",
          .at = "2026-11-24T15:04:05Z"};
}

cv::Mat1b pixels(const EnrolledRegions& regions) {
  return pixels_of(regions_on(regions_in_bytes(regions.bytes, regions.file), kSize).regions, kSize, 1);
}

EnrolledRegions given(const std::string& file, const std::string& bytes) { return {.file = file, .bytes = bytes}; }

}  // namespace

TEST_CASE("a region that is drawn is one that inspections read, with who and why", "[cli][regions]") {
  ReferenceFile file = reference();
  const std::string id = add_region(file, square(10, 20, 30), "golden.bdref");
  REQUIRE(file.ignored.has_value());
  CHECK_FALSE(file.watched.has_value());
  CHECK(file.ignored->file == "drawn.geojson");
  const auto read = regions_on(regions_in_bytes(file.ignored->bytes, "drawn.geojson"), kSize);
  CHECK(read.sources.front().sha256 == file.ignored->sha256);
  REQUIRE(read.regions.size() == 1);
  CHECK(read.regions.front().who == "Ann");
  CHECK(read.regions.front().why == "a label");
  CHECK(cv::countNonZero(pixels(*file.ignored)) == 30 * 30);

  add_region(file, square(100, 100, 10, RegionPurpose::watch), "golden.bdref");
  add_region(file, square(100, 20, 10), "golden.bdref");
  const std::vector<KeptRegion> kept = kept_regions(file, "golden.bdref");
  REQUIRE(kept.size() == 3);
  CHECK(kept[0].id == id);
  CHECK(kept[0].at == "2026-11-24T15:04:05Z");
  CHECK(kept[1].purpose == RegionPurpose::ignore);
  CHECK(kept[1].id != id);
  CHECK(kept[2].purpose == RegionPurpose::watch);
}

TEST_CASE("what was enrolled stays, whichever form it has", "[cli][regions]") {
  const json polygon = {{"type", "Polygon"}, {"coordinates", {{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}}}}};
  const json feature = {
      {"type", "Feature"}, {"properties", {{"why", "a port"}, {"colour", "red"}}}, {"geometry", polygon}};
  const json many = {{"type", "FeatureCollection"}, {"features", {feature, feature}}};
  cv::Mat1b mask(kSize, uchar{0});
  mask(cv::Rect(0, 0, 10, 10)).setTo(255);
  std::vector<uchar> png;
  cv::imencode(".png", mask, png);
  const std::string svg =
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 150"><rect width="10" height="10"/></svg>)";
  const std::vector<EnrolledRegions> forms = {given("p.geojson", polygon.dump()), given("f.json", feature.dump()),
                                              given("c.geojson", many.dump()),
                                              given("m.png", std::string(png.begin(), png.end())), given("s.svg", svg)};
  for (const EnrolledRegions& form : forms) {
    INFO(form.file);
    ReferenceFile file = reference();
    file.ignored = form;
    const cv::Mat1b before = pixels(form);
    const std::size_t count = kept_regions(file, "golden.bdref").size();
    const std::string id = add_region(file, square(100, 100, 10), "golden.bdref");
    cv::Mat1b expected = before.clone();
    expected(cv::Rect(100, 100, 10, 10)).setTo(255);
    CHECK(cv::countNonZero(pixels(*file.ignored) != expected) == 0);
    CHECK_THAT(file.ignored->file, Catch::EndsWith("json"));
    const std::vector<KeptRegion> kept = kept_regions(file, "golden.bdref");
    REQUIRE(kept.size() == count + 1);
    CHECK(kept.front().id.empty());
    CHECK(kept.back().id == id);
    take_region_away(file, RegionPurpose::ignore, id, "golden.bdref");
    CHECK(cv::countNonZero(pixels(*file.ignored) != before) == 0);
  }
  // What boarddiff does not know stays in the file.
  ReferenceFile file = reference();
  file.ignored = given("f.json", feature.dump());
  add_region(file, square(100, 100, 10), "golden.bdref");
  CHECK(json::parse(file.ignored->bytes)["features"][0]["properties"]["colour"] == "red");
}

TEST_CASE("only drawn regions can be withdrawn, and the last one leaves nothing", "[cli][regions]") {
  ReferenceFile file = reference();
  const std::string id = add_region(file, square(10, 20, 30), "golden.bdref");
  CHECK_THROWS_WITH(take_region_away(file, RegionPurpose::watch, id, "golden.bdref"), Contains("is not there"));
  CHECK_THROWS_WITH(take_region_away(file, RegionPurpose::ignore, "", "golden.bdref"), Contains("is not there"));
  CHECK(take_region_away(file, RegionPurpose::ignore, id, "golden.bdref").why == "a label");
  CHECK_FALSE(file.ignored.has_value());
  CHECK_THROWS_WITH(take_region_away(file, RegionPurpose::ignore, id, "golden.bdref"), Contains("is not there"));
}

TEST_CASE("what no region can be is refused, and the file is as it was", "[cli][regions]") {
  ReferenceFile file = reference();
  const auto refused = [&](const DrawnRegion& region, const std::string& why) {
    INFO(why);
    CHECK_THROWS_WITH(add_region(file, region, "golden.bdref"), Contains(why));
    CHECK_FALSE(file.ignored.has_value());
  };
  DrawnRegion region = square(10, 20, 30);
  region.why.clear();
  refused(region, "needs words");
  region.why = std::string(1001, 'x');
  refused(region, "bytes of words");
  region = square(10, 20, 30);
  region.reference_corners.resize(2);
  refused(region, "three corners");
  refused(square(1000, 20, 30), "no pixel");
  refused(square(NAN, 20, 30), "far outside");
  refused(square(1e9, 20, 30), "far outside");
  region = square(10.2, 20.2, 0.1);
  refused(region, "no pixel");
}
