// SPDX-License-Identifier: Apache-2.0
#include "compare/virtual_places.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace compare = boarddiff::compare;
namespace imaging = boarddiff::imaging;
using compare::PlantedPart;
using imaging::Box;

namespace {

const std::vector<imaging::VirtualPart> kParts = {{.length_mm = 3, .width_mm = 3, .height_mm = 0.9},
                                                  {.length_mm = 1.6, .width_mm = 0.8, .height_mm = 0.4}};
constexpr double kPxPerMm = 10;
constexpr double kApart_px = 40;

std::vector<Box> outlines(const std::vector<PlantedPart>& placed) {
  std::vector<Box> boxes;
  for (const PlantedPart& one : placed) {
    boxes.push_back(imaging::outline_px(one.part, one.place));
  }
  return boxes;
}

cv::Mat1b none(const cv::Mat1b& room) { return {room.size(), uchar{0}}; }

compare::RoomForParts nowhere(int side) {
  return {.on_board = cv::Mat1b(side, side, uchar{0}), .on_parts = cv::Mat1b(side, side, uchar{0})};
}

}  // namespace

TEST_CASE("Virtual parts lie in the room, apart from each other, of all sizes") {
  cv::Mat1b room(600, 800, uchar{0});
  room(cv::Rect(100, 50, 500, 400)) = 255;
  const std::vector<PlantedPart> placed =
      compare::place_parts(kParts, {.on_board = room, .on_parts = none(room)}, kPxPerMm, kApart_px, 1);
  const std::vector<Box> boxes = outlines(placed);
  REQUIRE(boxes.size() > 20);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    CHECK(intersection(boxes[i], {.x = 100, .y = 50, .width = 500, .height = 400}).area() > 0.85 * boxes[i].area());
    for (std::size_t j = 0; j < i; ++j) {
      CHECK(intersection(grown(boxes[i], kApart_px - 1), boxes[j]).area() == 0);
    }
  }
  const auto large =
      std::count_if(placed.begin(), placed.end(), [](const auto& one) { return one.part.length_mm == 3; });
  CHECK(large > 5);
  CHECK(static_cast<std::size_t>(large) + 5 < placed.size());
}

TEST_CASE("The same seed gives the same places, another one others") {
  const cv::Mat1b room(400, 400, uchar{255});
  const auto first =
      outlines(compare::place_parts(kParts, {.on_board = room, .on_parts = none(room)}, kPxPerMm, kApart_px, 1));
  CHECK(first ==
        outlines(compare::place_parts(kParts, {.on_board = room, .on_parts = none(room)}, kPxPerMm, kApart_px, 1)));
  CHECK(first !=
        outlines(compare::place_parts(kParts, {.on_board = room, .on_parts = none(room)}, kPxPerMm, kApart_px, 2)));
}

TEST_CASE("Where there is no room there are no virtual parts") {
  CHECK(compare::place_parts(kParts, nowhere(400), kPxPerMm, kApart_px, 1).empty());
  const cv::Mat1b tiny(5, 5, uchar{255});
  CHECK(compare::place_parts(kParts, {.on_board = tiny, .on_parts = tiny}, kPxPerMm, kApart_px, 1).empty());
}

TEST_CASE("The board is filled first, and what lies on parts is told apart") {
  compare::RoomForParts room = nowhere(600);
  room.on_board(cv::Rect(0, 0, 600, 300)) = 255;
  room.on_parts(cv::Rect(0, 300, 600, 300)) = 255;
  const std::vector<PlantedPart> placed = compare::place_parts(kParts, room, kPxPerMm, kApart_px, 1);
  int on_board = 0;
  for (const PlantedPart& one : placed) {
    CHECK(one.on_board == (one.place.centre_px.y() < 300));
    on_board += one.on_board ? 1 : 0;
  }
  CHECK(on_board > 10);
  CHECK(static_cast<std::size_t>(on_board) + 5 < placed.size());
}
