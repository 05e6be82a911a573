// SPDX-License-Identifier: Apache-2.0
#include "compare/region_kind.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <string>

using boarddiff::compare::EvidenceRegion;
using boarddiff::compare::FindingKind;
using boarddiff::compare::LayoutChange;
using boarddiff::compare::LayoutChangeKind;
using boarddiff::compare::RegionKind;
using boarddiff::compare::tell_kind;
using boarddiff::imaging::Box;
using boarddiff::test::pair_of;
using boarddiff::test::with_body;

namespace {

const cv::Rect kPlace(80, 60, 40, 24);
const Box kBox{80, 60, 40, 24};

cv::Mat3f plain() { return cv::Mat3f({200, 160}, cv::Vec3f(0.12F, 0.35F, 0.15F)); }

EvidenceRegion region_that(double appeared, double disappeared) {
  EvidenceRegion region{.box = kBox, .strength = 4};
  region.appeared = appeared;
  region.disappeared = disappeared;
  region.colour = 0.4;
  region.reference_texture = appeared > disappeared ? 0.02 : 0.07;
  region.sample_texture = appeared > disappeared ? 0.07 : 0.02;
  return region;
}

}  // namespace

TEST_CASE("a body on bare board in the sample alone is extra", "[compare][region_kind]") {
  const RegionKind extra = tell_kind(region_that(1, 0.5), {}, pair_of(plain(), with_body(plain(), kPlace)));
  CHECK(extra.kind == FindingKind::extra_component);
  CHECK((extra.in_sample.centre() - kBox.centre()).norm() < 4);  // the body itself, to a cell
  CHECK(extra.body.share > 0.5);
  CHECK_FALSE(extra.advisory);
  CHECK_FALSE(extra.layout_change.has_value());
  CHECK_FALSE(extra.reason.empty());
}

TEST_CASE("where only pads are left of a body it is missing", "[compare][region_kind]") {
  cv::Mat3f pads = plain();
  for (const int x : {80, 110}) pads(cv::Rect(x, 62, 10, 20)) = cv::Vec3f(0.5F, 0.55F, 0.55F);
  EvidenceRegion region = region_that(0.4, 0.5);
  region.colour = 0.15;
  region.sample_texture = 0.05;
  const RegionKind missing = tell_kind(region, {}, pair_of(with_body(plain(), kPlace), pads));
  CHECK(missing.kind == FindingKind::missing_component);
}

TEST_CASE("something long and thin in the sample alone is a wire", "[compare][region_kind]") {
  cv::Mat3f wire = plain();
  cv::line(wire, {20, 20}, {180, 130}, cv::Scalar(0.1, 0.15, 0.6), 5);
  EvidenceRegion region = region_that(0.8, 0.4);
  region.box = {18, 18, 164, 114};
  region.reference_texture = 0.02;
  region.sample_texture = 0.06;
  const RegionKind told = tell_kind(region, {}, pair_of(plain(), wire));
  CHECK(told.kind == FindingKind::extra_wire);
  CHECK(told.reason.find("wire") != std::string::npos);
}

TEST_CASE("a wide bright film over the board is a changed surface", "[compare][region_kind]") {
  const cv::Mat3f before({400, 300}, cv::Vec3f(0.12F, 0.35F, 0.15F));
  cv::Mat3f film = before.clone();
  film(cv::Rect(100, 80, 150, 110)) = cv::Vec3f(0.5F, 0.7F, 0.75F);
  EvidenceRegion region = region_that(0.5, 0.4);
  region.box = {100, 80, 150, 110};
  CHECK(tell_kind(region, {}, pair_of(before, film)).kind == FindingKind::changed_surface);
}

TEST_CASE("what the layouts say of a moved body is taken over", "[compare][region_kind]") {
  const Box before{70, 84, 40, 24};
  const RegionKind moved = tell_kind(region_that(1, 0.5), {.changes = {{LayoutChangeKind::moved, before, kBox}}},
                                     pair_of(plain(), with_body(plain(), kPlace)));
  CHECK(moved.kind == FindingKind::moved_component);
  CHECK(moved.in_reference == before);
  CHECK(moved.in_sample == kBox);
  CHECK(moved.layout_change.has_value());
}

TEST_CASE("a change of the layouts elsewhere does not matter", "[compare][region_kind]") {
  const LayoutChange elsewhere{LayoutChangeKind::missing, Box{10, 10, 40, 24}, {}};
  const RegionKind extra =
      tell_kind(region_that(1, 0.5), {.changes = {elsewhere}}, pair_of(plain(), with_body(plain(), kPlace)));
  CHECK(extra.kind == FindingKind::extra_component);
  CHECK_FALSE(extra.layout_change.has_value());
}

TEST_CASE("strokes that differ while the colour stayed are a marking, and advisory", "[compare][region_kind]") {
  EvidenceRegion region = region_that(0.6, 0.6);
  region.colour = 0.01;
  region.reference_texture = 0.08;
  region.sample_texture = 0.07;
  const RegionKind marking = tell_kind(region, {}, pair_of(plain(), plain()));
  CHECK(marking.kind == FindingKind::changed_marking);
  CHECK(marking.advisory);
}

TEST_CASE("in an X-ray more attenuation is extra and less is missing", "[compare][region_kind]") {
  const cv::Mat1f board({200, 160}, 0.4F);
  cv::Mat1f more = board.clone();
  more(kPlace) = 0.7F;
  CHECK(tell_kind(region_that(1, 1), {}, pair_of(board, more)).kind == FindingKind::extra_component);
  CHECK(tell_kind(region_that(1, 1), {}, pair_of(more, board)).kind == FindingKind::missing_component);
  CHECK(tell_kind(region_that(1, 1), {}, pair_of(board, board)).kind == FindingKind::changed_interior);
}

TEST_CASE("in a grey photograph what became brighter than its surroundings is no marking", "[compare][region_kind]") {
  const cv::Mat3f board({200, 160}, cv::Vec3f::all(0.3F));
  cv::Mat3f brighter = board.clone();
  brighter(kPlace) = cv::Vec3f::all(0.6F);
  EvidenceRegion region = region_that(0.6, 0.6);
  region.colour = 0;
  region.reference_texture = 0.08;
  region.sample_texture = 0.07;
  CHECK_FALSE(tell_kind(region, {}, pair_of(board, brighter)).advisory);
  CHECK(tell_kind(region, {}, pair_of(board, board)).advisory);
}
