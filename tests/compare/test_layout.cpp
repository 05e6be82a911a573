// SPDX-License-Identifier: Apache-2.0
#include "compare/layout.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <algorithm>

using boarddiff::compare::Component;
using boarddiff::compare::find_components;
using boarddiff::compare::Layout;
using boarddiff::compare::LayoutOptions;

namespace {

const cv::Size kSize(400, 300);
const cv::Rect kChip(60, 80, 60, 40);
const cv::Rect kResistor(200, 150, 24, 12);

cv::Mat3f board_with_bodies() {
  cv::Mat3f board(kSize, cv::Vec3f(0.1F, 0.3F, 0.12F));
  board(kChip) = cv::Vec3f(0.05F, 0.05F, 0.05F);
  board(kResistor) = cv::Vec3f(0.5F, 0.5F, 0.5F);
  board(cv::Rect(20, 250, 300, 3)) = cv::Vec3f(0.2F, 0.5F, 0.25F);  // a trace
  return board;
}

cv::Mat1b whole_board() { return {kSize, uchar{255}}; }

bool same_box(const Component& component, const cv::Rect& place) {
  // Cells of 2 px and the blur between them move an edge by at most two cells.
  constexpr double kEdge_px = 4;
  return std::abs(component.box.x - place.x) <= kEdge_px && std::abs(component.box.y - place.y) <= kEdge_px &&
         std::abs(component.box.width - place.width) <= 2 * kEdge_px &&
         std::abs(component.box.height - place.height) <= 2 * kEdge_px;
}

}  // namespace

TEST_CASE("bodies are found by position, traces are not bodies", "[compare][layout]") {
  const Layout layout = find_components(board_with_bodies(), whole_board());
  REQUIRE(layout.components.size() == 2);
  CHECK(same_box(layout.components[0], kChip));
  CHECK(same_box(layout.components[1], kResistor));
  CHECK(layout.components[0].fill > 0.8);
  CHECK(layout.components[0].fill <= 1);
}

TEST_CASE("only the board is searched", "[compare][layout]") {
  cv::Mat1b board = whole_board();
  board(cv::Rect(0, 0, 150, 300)) = 0;
  const Layout layout = find_components(board_with_bodies(), board);
  REQUIRE(layout.components.size() == 1);
  CHECK(same_box(layout.components[0], kResistor));
}

TEST_CASE("what is larger than a component is none", "[compare][layout]") {
  const Layout layout = find_components(board_with_bodies(), whole_board(), LayoutOptions{.max_side_share = 0.1});
  REQUIRE(layout.components.size() == 1);
  CHECK(same_box(layout.components[0], kResistor));
}

TEST_CASE("bodies stand out of an X-ray by their attenuation", "[compare][layout]") {
  cv::Mat1f attenuation(kSize, 0.3F);
  attenuation(kChip) = 0.9F;
  const Layout layout = find_components(attenuation, whole_board());
  REQUIRE(layout.components.size() == 1);
  CHECK(same_box(layout.components[0], kChip));
}

TEST_CASE("a plain board has no components", "[compare][layout]") {
  CHECK(find_components(cv::Mat3f(kSize, cv::Vec3f(0.1F, 0.3F, 0.1F)), whole_board()).components.empty());
  CHECK(find_components(board_with_bodies(), cv::Mat1b(kSize, uchar{0})).components.empty());
}

TEST_CASE("every option of the layout outside its range is reported by name", "[compare][layout]") {
  const auto found = problems(LayoutOptions{.min_side_px = 1, .max_side_share = 2});
  REQUIRE(found.size() == 2);
  CHECK(found[0].flag == "--layout.min-side-px");
  CHECK(found[1].flag == "--layout.max-side-share");
}
