// SPDX-License-Identifier: Apache-2.0
#include "compare/region_kind.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <string>

using boarddiff::compare::EvidenceRegion;
using boarddiff::compare::FindingKind;
using boarddiff::compare::LayoutChange;
using boarddiff::compare::LayoutChangeKind;
using boarddiff::compare::RegionKind;
using boarddiff::compare::RegionView;
using boarddiff::compare::tell_photo_kind;
using boarddiff::compare::tell_xray_kind;
using boarddiff::compare::view_of;
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

TEST_CASE("the likeliest kind is taken where nothing stands above it", "[compare][region_kind]") {
  const RegionView view = view_of(region_that(1, 0.5), {}, pair_of(plain(), with_body(plain(), kPlace)));
  CHECK(view.body.share > 0.5);
  CHECK_FALSE(view.layout_change.has_value());
  const RegionKind wire = tell_photo_kind(view, FindingKind::extra_wire);
  CHECK(wire.kind == FindingKind::extra_wire);
  CHECK((wire.in_sample.centre() - kBox.centre()).norm() < 4);  // the body itself, to a cell
  CHECK(wire.reason.find("wire") != std::string::npos);
}

TEST_CASE("what the layouts say of a moved body is taken over", "[compare][region_kind]") {
  const Box before{70, 84, 40, 24};
  const RegionView view = view_of(region_that(1, 0.5), {.changes = {{LayoutChangeKind::moved, before, kBox}}},
                                  pair_of(plain(), with_body(plain(), kPlace)));
  CHECK(view.says(LayoutChangeKind::moved));
  const RegionKind moved = tell_photo_kind(view, FindingKind::extra_component);
  CHECK(moved.kind == FindingKind::moved_component);
  CHECK(moved.in_reference == before);
  CHECK(moved.in_sample == kBox);
}

TEST_CASE("a change of the layouts elsewhere does not matter", "[compare][region_kind]") {
  const LayoutChange elsewhere{LayoutChangeKind::missing, Box{10, 10, 40, 24}, {}};
  const RegionView view =
      view_of(region_that(1, 0.5), {.changes = {elsewhere}}, pair_of(plain(), with_body(plain(), kPlace)));
  CHECK_FALSE(view.layout_change.has_value());
}

TEST_CASE("a part among lettering stays an extra part", "[compare][region_kind]") {
  EvidenceRegion region = region_that(0.6, 0.6);
  region.colour = 0.01;
  region.reference_texture = 0.08;
  region.sample_texture = 0.07;
  const RegionView view = view_of(region, {}, pair_of(plain(), plain()));
  CHECK(view.like_lettering);
  CHECK(tell_photo_kind(view, FindingKind::extra_component).kind == FindingKind::extra_component);
}

TEST_CASE("of an X-ray the sentence says how much absorbs, more or less", "[compare][region_kind]") {
  const cv::Mat1f board({200, 160}, 0.4F);
  cv::Mat1f more = board.clone();
  more(kPlace) = 0.7F;
  const auto told = [&](const cv::Mat1f& reference, const cv::Mat1f& sample, FindingKind likeliest) {
    const auto evidence = boarddiff::compare::measure_attenuation_evidence(pair_of(reference, sample),
                                                                           cv::Mat1b(board.size(), uchar{255}));
    const auto regions = boarddiff::compare::find_attenuation_regions(evidence, 10);
    REQUIRE(regions.size() == 1);
    return tell_xray_kind(regions.front(), evidence, likeliest);
  };
  const auto come = told(board, more, FindingKind::extra_component);
  CHECK(come.kind == FindingKind::extra_component);
  const std::size_t number = come.reason.find('(');
  REQUIRE(number != std::string::npos);
  CHECK(std::stod(come.reason.substr(number + 1)) == Approx(0.3).margin(0.05));
  CHECK(come.reason.find("more attenuation") != std::string::npos);
  CHECK(come.in_sample == come.in_reference);
  CHECK(come.in_sample.x < kPlace.x + 2);
  CHECK(told(more, board, FindingKind::missing_component).reason.find("less attenuation") != std::string::npos);
  CHECK(told(board, more, FindingKind::changed_interior).reason.find("inner structure") != std::string::npos);
}

TEST_CASE("in a grey photograph what became brighter than its surroundings is no lettering", "[compare][region_kind]") {
  const cv::Mat3f board({200, 160}, cv::Vec3f::all(0.3F));
  cv::Mat3f brighter = board.clone();
  brighter(kPlace) = cv::Vec3f::all(0.6F);
  EvidenceRegion region = region_that(0.6, 0.6);
  region.colour = 0;
  region.reference_texture = 0.08;
  region.sample_texture = 0.07;
  CHECK_FALSE(view_of(region, {}, pair_of(board, brighter)).like_lettering);
  CHECK(view_of(region, {}, pair_of(board, board)).like_lettering);
}
