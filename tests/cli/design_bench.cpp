// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/design_bench.h"

#include "compare/placement_text.h"
#include "datasets/evaluation/layout_score.h"
#include "imaging/base/text.h"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

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

cv::Rect whole_px(const imaging::Box& box) {
  return {cvRound(box.x), cvRound(box.y), cvRound(box.width), cvRound(box.height)};
}

// Where the picture shows the board itself, as large as that; empty where there is no such place.
cv::Rect bare_place(const datasets::BoardPair& pair, const cv::Size& size) {
  constexpr int kStep_px = 4;
  constexpr double kApart_px = 6;
  const cv::Size picture = pair.reference.pixels.size();
  for (int y = picture.height / 8; y + size.height < picture.height * 7 / 8; y += kStep_px) {
    for (int x = picture.width / 8; x + size.width < picture.width * 7 / 8; x += kStep_px) {
      const cv::Rect place({x, y}, size);
      const auto covers = [&](const datasets::TrueComponent& component) {
        const imaging::Box box = imaging::bounding_box(component.reference_polygon);
        return !(whole_px(imaging::grown(box, kApart_px)) & place).empty();
      };
      if (std::none_of(pair.components.begin(), pair.components.end(), covers)) return place;
    }
  }
  return {};
}

// The reference with a bare place of the board copied over its largest part with two terminals that there is one for,
// and the part's name.
std::pair<cv::Mat, std::string> wiped(const datasets::BoardPair& pair) {
  constexpr double kTerminals_px = 6;
  std::vector<const datasets::TrueComponent*> parts;
  for (const datasets::TrueComponent& component : pair.components) {
    if (component.populated && component.kind == compare::ComponentKind::passive) parts.push_back(&component);
  }
  const auto area = [](const datasets::TrueComponent* part) { return part->size_mm.prod(); };
  std::stable_sort(parts.begin(), parts.end(), [&](const auto* a, const auto* b) { return area(a) > area(b); });
  for (const datasets::TrueComponent* part : parts) {
    const cv::Rect place = whole_px(imaging::grown(imaging::bounding_box(part->reference_polygon), kTerminals_px));
    const cv::Rect bare = bare_place(pair, place.size());
    if (bare.empty()) continue;
    cv::Mat picture = pair.reference.pixels.clone();
    pair.reference.pixels(bare).copyTo(picture(place));
    return {picture, part->designator};
  }
  return {};
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
  cv::Mat picture;
  std::tie(picture, wiped_part_) = wiped(pair_);
  cv::imwrite(path("wiped.png"), picture);
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
