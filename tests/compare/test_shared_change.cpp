// SPDX-License-Identifier: Apache-2.0
#include "compare/shared_change.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <cmath>
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
  cv::Rect place = {};  // of the body; its ends lie left and right of it
  cv::Vec3f reference = {};
  cv::Vec3f sample = {};
  FindingKind kind = FindingKind::replaced_component;
};

void draw(cv::Mat3f& picture, const cv::Rect& body, const cv::Vec3f& colour) {
  constexpr int kEnd = 4;
  const cv::Rect ends(body.x - kEnd, body.y, body.width + 2 * kEnd, body.height);
  picture(ends) = cv::Vec3f(0.7F, 0.7F, 0.7F);
  picture(body) = colour;
}

Suspect suspect_at(const cv::Rect& place) {
  Suspect suspect;
  suspect.view.body.box = Box{.x = static_cast<double>(place.x),
                              .y = static_cast<double>(place.y),
                              .width = static_cast<double>(place.width),
                              .height = static_cast<double>(place.height)};
  return suspect;
}

// Suspects at these parts, in this order.
std::vector<SharedChange> shared_by(const std::vector<Part>& parts) {
  const cv::Size size(240, 160);
  cv::Mat3f reference(size, kMask);
  cv::Mat3f sample(size, kMask);
  std::vector<Suspect> suspects;
  for (const Part& part : parts) {
    draw(reference, part.place, part.reference);
    draw(sample, part.place, part.sample);
    suspects.push_back(suspect_at(part.place));
    suspects.back().kind.kind = part.kind;
  }
  return find_shared_changes(suspects, pair_of(reference, sample));
}

cv::Rect small_at(int x, int y) { return {x, y, 12, 8}; }

std::vector<Part> reel(const cv::Vec3f& before, const cv::Vec3f& after) {
  return {{small_at(20, 20), before, after}, {small_at(80, 20), before, after}, {small_at(140, 100), before, after}};
}

// Grey with a tint: two are alike up to 1.3 apart. Across the way from tan to grey, so that all changed as much.
cv::Vec3f tinted_grey(float tint) {
  constexpr float kFloor = 0.04F;
  return {(kGrey[0] + kFloor) * std::exp(0.0724F * tint) - kFloor, kGrey[1],
          (kGrey[2] + kFloor) * std::exp(0.165F * tint) - kFloor};
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

TEST_CASE("a row in which each is like the next alone is no reel", "[compare][shared_change]") {
  std::vector<Part> parts = reel(kTan, kGrey);
  parts[0].sample = tinted_grey(-1);
  parts[2].sample = tinted_grey(1);
  CHECK(shared_by(parts).empty());
  parts[0].sample = tinted_grey(0.2F);
  CHECK(shared_by(parts) == std::vector<SharedChange>{{0, 1, 2}});
}

TEST_CASE("what is like one of a reel alone is not of it", "[compare][shared_change]") {
  std::vector<Part> parts = reel(kTan, kGrey);
  parts[0].sample = tinted_grey(-0.5F);
  parts[2].sample = tinted_grey(0.5F);
  const auto first = GENERATE(false, true);
  parts.insert(first ? parts.begin() : parts.end(), {small_at(200, 20), kTan, tinted_grey(1.7F)});
  CHECK(shared_by(parts) == std::vector<SharedChange>{first ? SharedChange{1, 2, 3} : SharedChange{0, 1, 2}});
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
  parts[2].place = {140, 100, 30, 20};
  CHECK(shared_by(parts).empty());
  parts = reel(kTan, kGrey);
  parts[2] = {parts[2].place, kGrey, kTan};
  CHECK(shared_by(parts).empty());
}

TEST_CASE("parts are known again when they stand another way", "[compare][shared_change]") {
  const cv::Size size(240, 160);
  cv::Mat3f reference(size, kMask);
  cv::Mat3f sample(size, kMask);
  std::vector<Suspect> suspects;
  for (int i = 0; i < 3; ++i) {
    const cv::Rect body(i == 1 ? cv::Rect(120, 60, 8, 12) : small_at(30 + 60 * i, 60));
    const cv::Rect ends = i == 1 ? cv::Rect(120, 56, 8, 20) : cv::Rect(body.x - 4, 60, 20, 8);
    reference(ends) = cv::Vec3f(0.7F, 0.7F, 0.7F);
    sample(ends) = cv::Vec3f(0.7F, 0.7F, 0.7F);
    reference(body) = kTan;
    sample(body) = kGrey;
    suspects.push_back(suspect_at(body));
  }
  CHECK(find_shared_changes(suspects, pair_of(reference, sample)) == std::vector<SharedChange>{{0, 1, 2}});
}

TEST_CASE("what changed its brightness alone is in another light, and shares nothing", "[compare][shared_change]") {
  CHECK(shared_by(reel(kTan, 0.5F * kTan)).empty());
}

TEST_CASE("places on different ground share nothing, however alike their hues changed", "[compare][shared_change]") {
  const cv::Size size(240, 160);
  cv::Mat3f reference(size, kMask);
  cv::Mat3f sample(size, kMask);
  std::vector<Suspect> suspects;
  int across = 0;
  for (const Part& part : reel(kTan, kGrey)) {
    reference(part.place) = part.reference;
    // Other things than ends around each.
    for (int line = 0; line < 3; ++line) {
      const cv::Rect stroke(part.place.x - 5 + 7 * ((across * 2 + line) % 4), part.place.y - 5, 2 + across, 18);
      reference(stroke) = cv::Vec3f::all(0.2F * static_cast<float>(1 + (across + line) % 3));
    }
    ++across;
    sample(part.place) = part.sample;
    suspects.push_back(suspect_at(part.place));
  }
  CHECK(find_shared_changes(suspects, pair_of(reference, sample)).empty());
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
