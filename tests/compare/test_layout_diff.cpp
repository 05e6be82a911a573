// SPDX-License-Identifier: Apache-2.0
#include "compare/layout_diff.h"

#include <catch2/catch.hpp>

#include <initializer_list>

using boarddiff::compare::diff_layouts;
using boarddiff::compare::Layout;
using boarddiff::compare::LayoutChange;
using boarddiff::compare::LayoutChangeKind;
using boarddiff::imaging::Box;

namespace {

Layout layout_of(std::initializer_list<Box> boxes) {
  Layout layout;
  for (const Box& box : boxes) {
    layout.components.push_back({.box = box, .fill = 1});
  }
  return layout;
}

const Box kResistor{100, 100, 32, 16};
const Box kChip{300, 200, 80, 60};

}  // namespace

TEST_CASE("equal layouts do not differ", "[compare][layout_diff]") {
  CHECK(diff_layouts(layout_of({kResistor, kChip}), layout_of({kResistor, kChip})).empty());
  CHECK(diff_layouts({}, {}).empty());
}

TEST_CASE("a body in the sample alone is extra, in the reference alone missing", "[compare][layout_diff]") {
  const auto come = diff_layouts(layout_of({kChip}), layout_of({kResistor, kChip}));
  REQUIRE(come.size() == 1);
  CHECK(come[0].kind == LayoutChangeKind::extra);
  CHECK_FALSE(come[0].in_reference.has_value());
  CHECK(come[0].in_sample == kResistor);
  const auto gone = diff_layouts(layout_of({kResistor, kChip}), layout_of({kChip}));
  REQUIRE(gone.size() == 1);
  CHECK(gone[0].kind == LayoutChangeKind::missing);
  CHECK(gone[0].in_reference == kResistor);
  CHECK_FALSE(gone[0].in_sample.has_value());
}

TEST_CASE("a body close by and of like size has moved, also when it turned", "[compare][layout_diff]") {
  const Box beside{100, 124, 32, 16};
  const Box turned{136, 92, 16, 32};
  for (const Box& now : {beside, turned}) {
    const auto changes = diff_layouts(layout_of({kResistor, kChip}), layout_of({now, kChip}));
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].kind == LayoutChangeKind::moved);
    CHECK(changes[0].in_reference == kResistor);
    CHECK(changes[0].in_sample == now);
  }
}

TEST_CASE("far away it is another part", "[compare][layout_diff]") {
  const auto changes = diff_layouts(layout_of({kResistor}), layout_of({{200, 100, 32, 16}}));
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].kind == LayoutChangeKind::extra);
  CHECK(changes[1].kind == LayoutChangeKind::missing);
}

TEST_CASE("of another size close by it is another part", "[compare][layout_diff]") {
  const auto changes = diff_layouts(layout_of({kResistor}), layout_of({{100, 124, 60, 40}}));
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].kind != LayoutChangeKind::moved);
}

TEST_CASE("a body that is much larger now was resized", "[compare][layout_diff]") {
  const Box larger{96, 92, 60, 34};
  const auto grown = diff_layouts(layout_of({kResistor}), layout_of({larger}));
  REQUIRE(grown.size() == 1);
  CHECK(grown[0].kind == LayoutChangeKind::resized);
  CHECK(grown[0].in_reference == kResistor);
  CHECK(grown[0].in_sample == larger);
}

TEST_CASE("a few pixels of outline are no change", "[compare][layout_diff]") {
  CHECK(diff_layouts(layout_of({kResistor}), layout_of({{103, 98, 31, 18}})).empty());
}

TEST_CASE("a body that falls into two in other light is no change", "[compare][layout_diff]") {
  const Layout whole = layout_of({kChip});
  const Layout halves = layout_of({{300, 200, 80, 29}, {300, 231, 80, 29}});
  CHECK(diff_layouts(whole, halves).empty());
  CHECK(diff_layouts(halves, whole).empty());
}
