// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/circumstances.h"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <numbers>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardDesign;
using datasets::Circumstances;
using imaging::Point;
using imaging::Random;

TEST_CASE("boards that lie beside another one do not lie on it, and all of it is in the picture",
          "[datasets][circumstances]") {
  const auto design = std::make_shared<BoardDesign>(make_board_design(datasets::BoardStyle::controller, 1));
  const auto other = std::make_shared<BoardDesign>(make_board_design(datasets::BoardStyle::server, 1));
  const Circumstances alone = reference_settings(*design, 0.3, Random(1));
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Circumstances crowded = among_others(alone, 0.7, *design, {other, design}, Random(seed));
    const datasets::PhotoSettings& photo = crowded.photo;
    const imaging::Box board{0, 0, design->width_mm, design->depth_mm};
    CAPTURE(seed);
    REQUIRE(photo.beside.size() == 2);
    for (const datasets::BoardBeside& beside : photo.beside) {
      const Eigen::Rotation2Dd turn(beside.turned_deg * std::numbers::pi / 180);
      std::vector<Point> corners;
      for (const Point& corner : imaging::corners({0, 0, beside.board->width_mm, beside.board->depth_mm})) {
        corners.emplace_back(beside.corner_mm + turn * corner);
      }
      CHECK(imaging::intersection(imaging::bounding_box(corners), board).area() == 0);
    }
    const datasets::Camera camera(photo.camera, board.centre());
    for (const Point& corner : imaging::corners(board)) {
      const Point at = camera.pixel_of(corner, 0);
      CHECK(at.x() > 0);
      CHECK(at.y() > 0);
      CHECK(at.x() < photo.camera.picture_px.width);
      CHECK(at.y() < photo.camera.picture_px.height);
    }
  }
}
