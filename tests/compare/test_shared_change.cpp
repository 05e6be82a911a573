// SPDX-License-Identifier: Apache-2.0
#include "compare/shared_change.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <vector>

using boarddiff::compare::find_shared_changes;
using boarddiff::compare::FindingKind;
using boarddiff::compare::SharedChange;
using boarddiff::compare::Suspect;
using boarddiff::imaging::Box;
using boarddiff::imaging::NormalizedPair;
using boarddiff::test::pair_of;

namespace {

const cv::Vec3f kMask(0.1F, 0.3F, 0.1F);
const cv::Vec3f kTan(0.35F, 0.6F, 0.8F);
const cv::Vec3f kGrey(0.3F, 0.32F, 0.35F);
const cv::Vec3f kRed(0.1F, 0.1F, 0.6F);

struct Part {
  cv::Rect place = {};
  cv::Vec3f reference = {};
  cv::Vec3f sample = {};
  FindingKind kind = FindingKind::replaced_component;
};

// Suspects at these parts, in this order.
std::vector<SharedChange> shared_by(const std::vector<Part>& parts) {
  const cv::Size size(240, 160);
  cv::Mat3f reference(size, kMask);
  cv::Mat3f sample(size, kMask);
  std::vector<Suspect> suspects;
  for (const Part& part : parts) {
    reference(part.place) = part.reference;
    sample(part.place) = part.sample;
    Suspect suspect;
    suspect.kind.kind = part.kind;
    suspect.view.body.box = Box{.x = static_cast<double>(part.place.x),
                                .y = static_cast<double>(part.place.y),
                                .width = static_cast<double>(part.place.width),
                                .height = static_cast<double>(part.place.height)};
    suspects.push_back(suspect);
  }
  return find_shared_changes(suspects, pair_of(reference, sample));
}

cv::Rect small_at(int x, int y) { return {x, y, 12, 8}; }

std::vector<Part> reel(const cv::Vec3f& before, const cv::Vec3f& after) {
  return {{small_at(20, 20), before, after}, {small_at(80, 20), before, after}, {small_at(140, 100), before, after}};
}

}  // namespace

TEST_CASE("parts of one kind that changed their colour alike are one change", "[compare][shared_change]") {
  std::vector<Part> parts = reel(kTan, kGrey);
  parts.insert(parts.begin() + 1, {small_at(40, 120), kTan, kRed});  // a swapped one is alone
  CHECK(shared_by(parts) == std::vector<SharedChange>{{0, 2, 3}});
}

TEST_CASE("two parts are too few to share a change", "[compare][shared_change]") {
  std::vector<Part> parts = reel(kTan, kGrey);
  parts.pop_back();
  CHECK(shared_by(parts).empty());
}

TEST_CASE("parts that were added or taken away alike are not from another reel", "[compare][shared_change]") {
  for (const FindingKind kind : {FindingKind::extra_component, FindingKind::missing_component}) {
    std::vector<Part> parts = reel(kMask, kGrey);
    for (Part& part : parts) part.kind = kind;
    parts.front().kind = FindingKind::changed_surface;  // a kind told wrongly does not hide them
    CHECK(shared_by(parts).empty());
    parts.push_back({small_at(200, 20), kMask, kGrey});
    parts.push_back({small_at(200, 60), kMask, kGrey});
    CHECK(shared_by(parts).empty());
  }
}

TEST_CASE("one kind told wrongly does not break up a reel", "[compare][shared_change]") {
  std::vector<Part> parts = reel(kTan, kGrey);
  parts.push_back({small_at(200, 20), kTan, kGrey, FindingKind::extra_component});
  CHECK(shared_by(parts) == std::vector<SharedChange>{{0, 1, 2, 3}});
}

TEST_CASE("parts of other sizes, and changes the other way round, are apart", "[compare][shared_change]") {
  std::vector<Part> parts = reel(kTan, kGrey);
  parts[2].place = {140, 100, 24, 16};
  CHECK(shared_by(parts).empty());
  parts = reel(kTan, kGrey);
  parts[2] = {parts[2].place, kGrey, kTan};
  CHECK(shared_by(parts).empty());
}

TEST_CASE("neighbours in a row that are one suspect belong to their reel", "[compare][shared_change]") {
  std::vector<Part> parts = reel(kTan, kGrey);
  parts[1].place = {80, 20, 30, 8};
  CHECK(shared_by(parts) == std::vector<SharedChange>{{0, 1, 2}});
}

TEST_CASE("what looks the same shares nothing", "[compare][shared_change]") {
  CHECK(shared_by(reel(kTan, kTan)).empty());
}

TEST_CASE("two reels are two changes", "[compare][shared_change]") {
  std::vector<Part> parts = reel(kTan, kGrey);
  for (Part part : reel(kRed, kTan)) {
    part.place.y += 30;
    parts.push_back(part);
  }
  CHECK(shared_by(parts) == std::vector<SharedChange>{{0, 1, 2}, {3, 4, 5}});
}
