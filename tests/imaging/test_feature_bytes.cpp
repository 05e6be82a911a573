// SPDX-License-Identifier: Apache-2.0
#include "imaging/feature_bytes.h"
#include "tests/support/small_features.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace imaging = boarddiff::imaging;
using boarddiff::test::small_features;
using imaging::feature_bytes;
using imaging::features_in_bytes;
using imaging::PreparedFeatures;

namespace {

std::string bytes_after(const std::function<void(PreparedFeatures&)>& change) {
  PreparedFeatures prepared = small_features();
  change(prepared);
  return feature_bytes(prepared);
}

}  // namespace

TEST_CASE("features come back from their bytes to the bit", "[imaging][feature_bytes]") {
  const PreparedFeatures before = small_features();
  const std::string bytes = feature_bytes(before);
  CHECK(bytes == feature_bytes(small_features()));
  const auto after = features_in_bytes(bytes);
  REQUIRE(after);
  CHECK(after->origin == before.origin);
  CHECK(after->features.points == before.features.points);
  REQUIRE(after->features.descriptors.size() == before.features.descriptors.size());
  CHECK(cv::norm(after->features.descriptors, before.features.descriptors, cv::NORM_INF) == 0);
  CHECK(feature_bytes(*after) == bytes);
  CHECK_FALSE(imaging::has_other_feature_version(bytes));
}

TEST_CASE("X-rays and pictures without features come back, too", "[imaging][feature_bytes]") {
  PreparedFeatures none = small_features();
  none.features = {};
  none.origin.modality = imaging::Modality::xray;
  const auto after = features_in_bytes(feature_bytes(none));
  REQUIRE(after);
  CHECK(after->origin.modality == imaging::Modality::xray);
  CHECK(after->features.points.empty());
  CHECK(after->features.descriptors.empty());
}

TEST_CASE("the bytes are the same on every processor", "[imaging][feature_bytes]") {
  const std::string bytes = feature_bytes(small_features());
  CHECK(bytes.substr(0, 4) == std::string("\x01\0\0\0", 4));
  // The second number of the first descriptor, 259, behind three points.
  const std::size_t descriptors = bytes.size() - std::size_t{3} * imaging::kDescriptorSize * 2;
  CHECK(bytes.substr(descriptors + 2, 2) == "\x03\x01");
  // -0.25, the x of the first point.
  CHECK(bytes.substr(descriptors - 48, 8) == std::string("\0\0\0\0\0\0\xd0\xbf", 8));
}

TEST_CASE("bytes of another version are told from damaged ones", "[imaging][feature_bytes]") {
  std::string bytes = feature_bytes(small_features());
  bytes[0] = 2;
  CHECK(imaging::has_other_feature_version(bytes));
  CHECK(imaging::has_other_feature_version(bytes.substr(0, 4)));
  CHECK_FALSE(features_in_bytes(bytes));
  CHECK_FALSE(imaging::has_other_feature_version(bytes.substr(0, 3)));
  CHECK_FALSE(imaging::has_other_feature_version(""));
}

TEST_CASE("features that are cut short or too long are refused", "[imaging][feature_bytes]") {
  const std::string bytes = feature_bytes(small_features());
  REQUIRE(features_in_bytes(bytes));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    REQUIRE_FALSE(features_in_bytes(bytes.substr(0, size)));
  }
  CHECK_FALSE(features_in_bytes(bytes + '\0'));
}

TEST_CASE("features with numbers out of range are refused", "[imaging][feature_bytes]") {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const std::vector<std::pair<std::string, std::function<void(PreparedFeatures&)>>> cases = {
      {"no number", [](auto& of) { of.features.points[1].x() = std::numeric_limits<double>::quiet_NaN(); }},
      {"infinite", [](auto& of) { of.features.points[1].y() = kInfinity; }},
      {"left of the picture", [](auto& of) { of.features.points[0].x() = -1.5; }},
      {"right of it", [](auto& of) { of.features.points[2].x() = 120.5; }},
      {"below it", [](auto& of) { of.features.points[2].y() = 1e300; }},
      {"descriptor too large", [](auto& of) { of.features.descriptors(2, 127) = imaging::kDescriptorLength + 1; }},
      {"descriptor below 0", [](auto& of) { of.features.descriptors(0, 0) = -1; }},
      {"no width", [](auto& of) { of.origin.size.width = 0; }},
      {"huge", [](auto& of) { of.origin.size.height = 2'000'000; }},
      {"side that registration does not take", [](auto& of) { of.origin.max_side_px = 1; }},
      {"more features than asked for", [](auto& of) { of.origin.max_features = 2; }},
      {"too many", [](auto& of) { of.origin.max_features = 2'000'000'000; }},
      {"no digest", [](auto& of) { of.origin.grey_sha256.clear(); }},
      {"endless method", [](auto& of) { of.origin.method = std::string(1000, 'x'); }},
  };
  for (const auto& [what, change] : cases) {
    CAPTURE(what);
    CHECK_FALSE(features_in_bytes(bytes_after(change)));
  }
  std::string infrared = feature_bytes(small_features());
  infrared.replace(infrared.find("photo"), 5, "infra");
  CHECK_FALSE(features_in_bytes(infrared));
}
