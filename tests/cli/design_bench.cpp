// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/design_bench.h"

#include "compare/placement_text.h"
#include "datasets/evaluation/layout_score.h"
#include "imaging/base/text.h"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>

namespace boarddiff::test {

namespace {

datasets::BoardPair pair_of(std::uint64_t seed) {
  using datasets::Alteration;
  using datasets::Package;
  return datasets::make_board_pair({.style = datasets::BoardStyle::controller,
                                    .megapixels = 1,
                                    .changes = {{.what = Alteration::extra_part, .package = Package::soic8},
                                                {.what = Alteration::missing_part, .package = Package::soic8}}},
                                   seed);
}

std::string csv_of(const compare::Placement& placement) {
  return placement_text(placement, compare::LayoutFormat::csv, {});
}

const datasets::TrueChange& missing_in(const datasets::BoardPair& pair) {
  return *std::find_if(pair.changes.begin(), pair.changes.end(), [](const datasets::TrueChange& change) {
    return change.kind == compare::FindingKind::missing_component;
  });
}

// The reference without the part that is missing in the sample, and without its pads: the colour around it.
cv::Mat wiped(const datasets::BoardPair& pair) {
  constexpr double kTerminals_px = 12;
  const imaging::Box box = imaging::grown(missing_in(pair).reference_box, kTerminals_px);
  const cv::Rect place(cvRound(box.x), cvRound(box.y), cvRound(box.width), cvRound(box.height));
  cv::Mat picture = pair.reference.pixels.clone();
  const cv::Rect beside(place.x + place.width, place.y, 4, place.height);
  picture(place).setTo(cv::mean(picture(beside)));
  return picture;
}

// The board as if its top were the bottom of another: seen from the other side, left and right are exchanged.
compare::Placement as_bottom(compare::Placement placement) {
  for (compare::PlacedPart& part : placement.parts) {
    part.side = compare::BoardSide::bottom;
    part.centre_mm.x() = -part.centre_mm.x();
    part.angle_deg = part.angle_deg > 0 ? 360 - part.angle_deg : 0;
  }
  return placement;
}

}  // namespace

DesignBench::DesignBench() : pair_(pair_of(33)) {
  write_text(folder_ / "photo.jpg", pair_.files[0].bytes);
  write_text(folder_ / "sample.jpg", pair_.files[1].bytes);
  cv::imwrite(path("wiped.png"), wiped(pair_));
  const compare::Placement design = datasets::placement_of(pair_.components);
  write_text(folder_ / "design.csv", csv_of(design));
  write_text(folder_ / "bottom.csv", csv_of(as_bottom(design)));
  write_text(folder_ / "other.csv", csv_of(datasets::placement_of(pair_of(34).components)));
}

std::size_t DesignBench::fitted_parts() const {
  return static_cast<std::size_t>(std::count_if(pair_.components.begin(), pair_.components.end(),
                                                [](const auto& component) { return component.populated; }));
}

std::string DesignBench::scale() const { return imaging::fixed_text(*pair_.reference.pixels_per_mm, 3); }

std::string DesignBench::missing_part() const {
  const imaging::Point there = missing_in(pair_).reference_box.centre();
  const auto part =
      std::find_if(pair_.components.begin(), pair_.components.end(), [&](const datasets::TrueComponent& component) {
        return (imaging::bounding_box(component.reference_polygon).centre() - there).norm() < 3;
      });
  return part == pair_.components.end() ? std::string() : part->designator;
}

}  // namespace boarddiff::test
