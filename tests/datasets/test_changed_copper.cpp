// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/changes.h"
#include "tests/datasets/one_change.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using boarddiff::test::box_of;
using boarddiff::test::controller;
using boarddiff::test::crosses;
using boarddiff::test::with_one;
using datasets::Alteration;
using datasets::BoardDesign;
using datasets::ChangedBoard;
using datasets::Part;
using imaging::Point;

namespace {

double length_of(const std::vector<datasets::Trace>& traces) {
  double length = 0;
  for (const datasets::Trace& trace : traces) {
    for (std::size_t i = 1; i < trace.points_mm.size(); ++i) {
      length += (trace.points_mm[i] - trace.points_mm[i - 1]).norm();
    }
  }
  return length;
}

}  // namespace

TEST_CASE("a cut takes 0.3 to 0.8 mm of one trace away, under the scratch", "[datasets][changes]") {
  const BoardDesign design = controller();
  const auto seed = GENERATE(range(1U, 4U));
  const ChangedBoard changed = with_one(design, {Alteration::cut_trace}, seed);
  CHECK(changed.design.traces.size() == design.traces.size() + 1);
  const double taken_mm = length_of(design.traces) - length_of(changed.design.traces);
  CHECK((taken_mm >= 0.3 - 1e-9 && taken_mm <= 0.8 + 1e-9));
  REQUIRE(changed.design.patches.size() == design.patches.size() + 1);
  const Point middle = changed.design.patches.back().centre_mm;
  CHECK((middle - box_of(changed.changes.front().place).centre()).norm() < 1e-9);
  // The new ends are half the gap from the middle of the scratch.
  CHECK((changed.design.traces.back().points_mm.front() - middle).norm() == Approx(taken_mm / 2));
}

TEST_CASE("an added trace begins and ends on copper and crosses nothing on its way", "[datasets][changes]") {
  const BoardDesign design = controller();
  const auto seed = GENERATE(range(1U, 4U));
  const ChangedBoard changed = with_one(design, {Alteration::added_trace}, seed);
  REQUIRE(changed.design.traces.size() == design.traces.size() + 1);
  const datasets::Trace& added = changed.design.traces.back();
  for (const Point& end : {added.points_mm.front(), added.points_mm.back()}) {
    const bool on_via = std::any_of(design.vias.begin(), design.vias.end(),
                                    [&](const datasets::Disc& via) { return via.centre_mm == end; });
    const bool on_pad = std::any_of(design.parts.begin(), design.parts.end(), [&](const Part& part) {
      const std::vector<datasets::Pad> pads = shape_of(part).pads;
      return std::any_of(pads.begin(), pads.end(), [&](const datasets::Pad& pad) {
        return (on_footprint(part, pad.centre_mm) - end).norm() < 1e-9;
      });
    });
    CHECK((on_via || on_pad));
  }
  for (std::size_t i = 1; i < added.points_mm.size(); ++i) {
    const Point middle = (added.points_mm[i - 1] + added.points_mm[i]) / 2;
    const double from_ends_mm =
        std::min((middle - added.points_mm.front()).norm(), (middle - added.points_mm.back()).norm());
    if (from_ends_mm > 1.1) CHECK_FALSE(crosses({middle.x() - 0.1, middle.y() - 0.1, 0.2, 0.2}, design));
  }
}

TEST_CASE("a wire's truth follows the wire", "[datasets][changes]") {
  const BoardDesign design = controller();
  const auto seed = GENERATE(range(1U, 5U));
  const ChangedBoard changed = with_one(design, {Alteration::bodge_wire}, seed);
  REQUIRE(changed.design.wires.size() == 1);
  const datasets::Wire& wire = changed.design.wires.front();
  CHECK((wire.points_mm.size() >= 2 && wire.points_mm.size() <= 5));
  const datasets::Place& place = changed.changes.front().place;
  REQUIRE(place.heights_mm.size() == place.outline_mm.size());
  std::vector<cv::Point2f> outline;
  for (const Point& corner : place.outline_mm) {
    outline.emplace_back(static_cast<float>(corner.x()), static_cast<float>(corner.y()));
  }
  double length_mm = 0;
  for (std::size_t i = 1; i < wire.points_mm.size(); ++i) {
    const Point middle = (wire.points_mm[i] + wire.points_mm[i - 1]) / 2;
    const cv::Point2f at(static_cast<float>(middle.x()), static_cast<float>(middle.y()));
    CHECK(cv::pointPolygonTest(outline, at, true) == Approx(wire.diameter_mm / 2).margin(1e-3));
    length_mm += (wire.points_mm[i] - wire.points_mm[i - 1]).norm();
  }
  // A band, not a hull around it.
  CHECK(cv::contourArea(outline) == Approx(length_mm * wire.diameter_mm).epsilon(0.03));
}
