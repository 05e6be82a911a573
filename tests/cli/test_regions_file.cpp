// SPDX-License-Identifier: Apache-2.0
#include "cli/regions_file.h"
#include "imaging/base/error.h"
#include "tests/support/image_bytes.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <sys/stat.h>

using boarddiff::cli::read_regions;
using boarddiff::cli::regions_in_bytes;
using boarddiff::cli::regions_on;
using boarddiff::compare::pixels_of;
using boarddiff::compare::RegionSet;
using boarddiff::imaging::Error;
using boarddiff::imaging::Polygon;
using boarddiff::test::encoded;
using boarddiff::test::read_text;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_text;
using Catch::Contains;

namespace {

const cv::Size kReference(120, 80);

RegionSet regions_of(const std::string& bytes) { return regions_on(regions_in_bytes(bytes, "marks"), kReference); }

std::string refusal(const std::string& bytes) {
  try {
    (void)regions_of(bytes);
  } catch (const Error& error) {
    return error.what();
  }
  return "read";
}

std::string polygon(const std::string& rings) { return R"({"type": "Polygon", "coordinates": )" + rings + "}"; }

std::string feature(const std::string& geometry, const std::string& properties) {
  return R"({"type": "Feature", "properties": )" + properties + R"(, "geometry": )" + geometry + "}";
}

std::string collection(const std::string& features) {
  return R"({"type": "FeatureCollection", "features": [)" + features + "]}";
}

const std::string kSquare = "[[10, 10], [20, 10], [20, 20], [10, 20], [10, 10]]";
const Polygon kSquareRing = {{10, 10}, {20, 10}, {20, 20}, {10, 20}};

// A ring, an L, and two pixels that touch at a corner.
cv::Mat1b odd_mask() {
  cv::Mat1b mask(kReference, uchar{0});
  cv::circle(mask, {40, 40}, 20, cv::Scalar(255), cv::FILLED);
  cv::circle(mask, {42, 38}, 9, cv::Scalar(0), cv::FILLED);
  mask(38, 42) = 255;  // an island in the hole
  mask(cv::Rect(90, 10, 5, 40)) = 255;
  mask(cv::Rect(90, 45, 30, 5)) = 255;  // up to the picture's edge
  mask(2, 2) = 255;
  mask(3, 3) = 255;
  mask(79, 119) = 255;
  return mask;
}

}  // namespace

TEST_CASE("a collection of features gives its regions with who and why", "[cli][regions]") {
  const RegionSet set = regions_of(collection(feature(polygon("[" + kSquare + "]"), R"({"who": "A", "why": "label"})") +
                                              "," + feature(polygon("[[[1, 2, 9], [3, 4.5], [5, -6e1]]]"), "null")));
  REQUIRE(set.regions.size() == 2);
  CHECK(set.regions[0].who == "A");
  CHECK(set.regions[0].why == "label");
  CHECK(set.regions[0].reference_rings == std::vector<Polygon>{kSquareRing});
  CHECK(set.regions[1].who.empty());
  CHECK(set.regions[1].reference_rings ==
        std::vector<Polygon>{{{1, 2}, {3, 4.5}, {5, -60}}});  // left open, with height
}

TEST_CASE("properties that are empty count as not said", "[cli][regions]") {
  const RegionSet set = regions_of(feature(polygon("[" + kSquare + "]"), R"({"who": "", "why": null})"));
  CHECK(set.regions.at(0).who.empty());
  CHECK(set.regions.at(0).why.empty());
}

TEST_CASE("a feature or a geometry may stand alone", "[cli][regions]") {
  CHECK(regions_of(feature(polygon("[" + kSquare + "]"), R"({"why": "label"})")).regions.at(0).why == "label");
  CHECK(regions_of("\xEF\xBB\xBF \n" + polygon("[" + kSquare + "]")).regions.size() == 1);
  CHECK(regions_of(collection("")).regions.empty());
}

TEST_CASE("each polygon of a MultiPolygon is a region, with its holes", "[cli][regions]") {
  const std::string hole = "[[12, 12], [14, 12], [14, 14]]";
  const std::string other = "[[30, 30], [40, 30], [40, 40]]";
  const RegionSet set = regions_of(
      feature(R"({"type": "MultiPolygon", "coordinates": [[)" + kSquare + "," + hole + "], [" + other + "]]}",
              R"({"why": "both"})"));
  REQUIRE(set.regions.size() == 2);
  CHECK(set.regions[0].reference_rings == std::vector<Polygon>{kSquareRing, {{12, 12}, {14, 12}, {14, 14}}});
  CHECK(set.regions[1].reference_rings.size() == 1);
  CHECK(set.regions[1].why == "both");
}

TEST_CASE("what is wrong in GeoJSON is said with its place", "[cli][regions]") {
  CHECK_THAT(refusal("not JSON"), Contains("marks: is no JSON: wrong at byte 2"));
  CHECK_THAT(refusal(R"({"type": "Polygon")"), Contains("marks: is no JSON: wrong at byte"));
  CHECK_THAT(refusal(""), Contains("marks: is empty"));
  CHECK_THAT(refusal("[]"), Contains("marks: the document must be an object"));
  CHECK_THAT(refusal("{}"), Contains("marks: the document has no \"type\""));
  CHECK_THAT(refusal(R"({"type": "Point", "coordinates": [1, 2]})"),
             Contains("marks: type must be Polygon or MultiPolygon, is Point"));
  CHECK_THAT(refusal(collection(feature(R"({"type": "LineString", "coordinates": []})", "{}"))),
             Contains("marks: features[0].geometry.type must be Polygon or MultiPolygon, is LineString"));
  CHECK_THAT(refusal(collection(feature("null", "{}"))), Contains("marks: features[0] has no \"geometry\""));
  CHECK_THAT(refusal(collection(polygon("[" + kSquare + "]"))), Contains("marks: features[0].type must be Feature"));
  CHECK_THAT(refusal(feature(polygon("[" + kSquare + "]"), R"({"why": 7})")),
             Contains("marks: properties.why must be a text"));
  CHECK_THAT(refusal(polygon("[]")), Contains("marks: coordinates must have an outline"));
  CHECK_THAT(refusal(polygon("[[[1, 2], [3, 4], [1, 2], [3, 4], [1, 2]]]")),
             Contains("marks: coordinates[0] must be a ring of at least 3 different corners"));
  CHECK_THAT(refusal(polygon("[" + kSquare + ", [[1, 2]]]")), Contains("marks: coordinates[1] must be a ring"));
  CHECK_THAT(refusal(polygon("[[[1, 2], [3], [4, 5]]]")),
             Contains("marks: coordinates[0][1] must be a position [x, y]"));
  CHECK_THAT(refusal(polygon("[[[1, 2], [3, \"4\"], [4, 5]]]")),
             Contains("marks: coordinates[0][1][1] must be a number"));
  CHECK_THAT(refusal(polygon("[[[1, 2], [3, NaN], [4, 5]]]")), Contains("marks: is no JSON: wrong at byte"));
  CHECK_THAT(refusal(polygon("[[[1, 2], [3, 1e999], [4, 5]]]")), Contains("marks: holds a number that is too large"));
  CHECK_THAT(refusal(polygon("[[[1, 2], [3, 1e12], [4, 5]]]")),
             Contains("marks: coordinates[0][1] lies farther out than any picture reaches"));
}

TEST_CASE("polygons of very many corners are refused", "[cli][regions]") {
  std::string ring = "[[10, 10]";
  for (int i = 0; i < 100'000; ++i) {
    ring += i % 2 == 0 ? ", [10, 60]" : ", [11, 10]";
  }
  CHECK_THAT(refusal(polygon("[" + ring + "]]")),
             Contains("marks: coordinates[0] is the one with which there are more than 100000 corners"));
}

TEST_CASE("what is no regular file is refused and not waited for", "[cli][regions]") {
  const TemporaryFolder folder;
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK_THROWS_WITH(read_regions(folder / "pipe"), Contains("pipe: is not a regular file"));
}

TEST_CASE("a polygon wholly outside the reference is refused, one that reaches outside is not", "[cli][regions]") {
  CHECK_THAT(refusal(collection(feature(polygon("[" + kSquare + "]"), "{}") + "," +
                                feature(polygon("[[[200, 10], [300, 10], [300, 90]]]"), "{}"))),
             Contains("marks: features[1].geometry.coordinates lies outside the reference of 120 x 80 pixels"));
  CHECK(regions_of(polygon("[[[-50, -50], [50, -50], [50, 50]]]")).regions.size() == 1);
}

TEST_CASE("a mask gives regions of exactly its pixels, with holes and islands in them", "[cli][regions]") {
  const cv::Mat1b mask = odd_mask();
  const RegionSet set = regions_of(encoded(mask, ".png"));
  CHECK(set.regions.size() == 5);
  CHECK(cv::countNonZero(pixels_of(set.regions, kReference, 1) != mask) == 0);
}

TEST_CASE("a mask marks the same as the polygon round its pixels", "[cli][regions]") {
  cv::Mat1b mask(kReference, uchar{0});
  mask(cv::Rect(10, 10, 11, 11)) = 255;
  const RegionSet from_mask = regions_of(encoded(mask, ".png"));
  const RegionSet from_polygon = regions_of(polygon("[[[9.5, 9.5], [20.5, 9.5], [20.5, 20.5], [9.5, 20.5]]]"));
  for (const double scale : {1.0, 0.5, 0.37}) {
    CAPTURE(scale);
    const cv::Size size(cvRound(kReference.width * scale), cvRound(kReference.height * scale));
    CHECK(cv::countNonZero(pixels_of(from_mask.regions, size, scale) != pixels_of(from_polygon.regions, size, scale)) ==
          0);
  }
}

TEST_CASE("what is brighter than half in any channel is marked, at any depth", "[cli][regions]") {
  cv::Mat3b colours(kReference, cv::Vec3b(127, 127, 127));
  colours(cv::Rect(10, 10, 20, 20)) = cv::Vec3b(0, 0, 128);
  const RegionSet red = regions_of(encoded(colours, ".png"));
  CHECK(cv::countNonZero(pixels_of(red.regions, kReference, 1)) == 400);
  cv::Mat1w deep(kReference, ushort{32767});
  deep(cv::Rect(10, 10, 20, 20)) = 32768;
  CHECK(cv::countNonZero(pixels_of(regions_of(encoded(deep, ".png")).regions, kReference, 1)) == 400);
  cv::Mat4b clear(kReference, cv::Vec4b(255, 255, 255, 0));
  clear(cv::Rect(10, 10, 20, 20)) = cv::Vec4b(255, 255, 255, 255);
  CHECK(cv::countNonZero(pixels_of(regions_of(encoded(clear, ".png")).regions, kReference, 1)) == 400);
}

TEST_CASE("a mask of another size, of noise, or that is no picture is refused", "[cli][regions]") {
  CHECK_THAT(refusal(encoded(cv::Mat1b(80, 119, uchar{255}), ".png")),
             Contains("marks: the mask has 119 x 80 pixels, the reference 120 x 80 pixels"));
  CHECK_THAT(refusal(std::string("PK\x03\x04\0\0\0\0", 8)), Contains("marks: looks like a ZIP archive"));
  cv::Mat1b dots(300, 300, uchar{0});
  for (int y = 0; y < dots.rows; y += 2) {
    for (int x = 0; x < dots.cols; x += 2) {
      dots(y, x) = 255;
    }
  }
  CHECK_THROWS_WITH(regions_on(regions_in_bytes(encoded(dots, ".png"), "marks"), dots.size()),
                    Contains("marks: has 22500 separate regions"));
}

TEST_CASE("the file is named without folders and with the digest of its bytes", "[cli][regions]") {
  const TemporaryFolder folder;
  write_text(folder / "keep.geojson", "{\"type\": \"FeatureCollection\", \"features\": []}\n");
  const RegionSet set = regions_on(read_regions(folder / "keep.geojson"), kReference);
  REQUIRE(set.sources.size() == 1);
  CHECK(set.sources[0].name == "keep.geojson");
  CHECK(set.sources[0].sha256 == "40731612d393519f9ce8894e0a22139bce972cb36b00166016106230d200d110");
  CHECK_THROWS_WITH(read_regions(folder / "none.png"), Contains((folder / "none.png").string()));
  CHECK_THROWS_WITH(read_regions(folder.path()), Contains(folder.path().string()));
}
