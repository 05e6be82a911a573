// SPDX-License-Identifier: Apache-2.0
#include "compare/marked_region.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <vector>

using boarddiff::compare::joined_rings;
using boarddiff::compare::MarkedRegion;
using boarddiff::compare::pixels_of;
using boarddiff::compare::region_around;
using boarddiff::imaging::Box;
using boarddiff::imaging::Point;
using boarddiff::imaging::Polygon;

namespace {

const cv::Size kSize(60, 40);

// From the left edge of pixel (left, top) to the right edge of (right, bottom).
Polygon around_pixels(double left, double top, double right, double bottom) {
  return {{left - 0.5, top - 0.5}, {right + 0.5, top - 0.5}, {right + 0.5, bottom + 0.5}, {left - 0.5, bottom + 0.5}};
}

MarkedRegion region_of(const std::vector<Polygon>& rings) { return {.reference_rings = rings}; }

cv::Mat1b pixels(const std::vector<MarkedRegion>& regions, double scale = 1) {
  return pixels_of(regions, kSize, scale);
}

bool same(const cv::Mat1b& a, const cv::Mat1b& b) { return cv::countNonZero(a != b) == 0; }

cv::Mat1b with_rect(const cv::Rect& rect) {
  cv::Mat1b expected(kSize, uchar{0});
  expected(rect) = 255;
  return expected;
}

double turning(const Polygon& ring) {
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point& next = ring[(i + 1) % ring.size()];
    sum += ring[i].x() * next.y() - next.x() * ring[i].y();
  }
  return sum / 2;
}

}  // namespace

TEST_CASE("a region holds the pixels whose centres it holds, and no other", "[compare][marked_region]") {
  CHECK(same(pixels({region_of({around_pixels(10, 5, 19, 14)})}), with_rect({10, 5, 10, 10})));
  // The same pixels from corners anywhere between the centres.
  CHECK(same(pixels({region_of({{{9.1, 4.9}, {19.9, 4.9}, {19.9, 14.1}, {9.1, 14.1}}})}), with_rect({10, 5, 10, 10})));
}

TEST_CASE("holes are left out, whichever way they run", "[compare][marked_region]") {
  Polygon hole = around_pixels(12, 7, 15, 10);
  cv::Mat1b expected = with_rect({10, 5, 10, 10});
  expected(cv::Rect(12, 7, 4, 4)) = 0;
  CHECK(same(pixels({region_of({around_pixels(10, 5, 19, 14), hole})}), expected));
  std::reverse(hole.begin(), hole.end());
  CHECK(same(pixels({region_of({around_pixels(10, 5, 19, 14), hole})}), expected));
}

TEST_CASE("slanting sides are followed to the pixel", "[compare][marked_region]") {
  const cv::Mat1b triangle = pixels({region_of({{{-0.5, -0.5}, {30.2, 30.2}, {-0.5, 30.2}}})});
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      CAPTURE(x, y);
      CHECK((triangle(y, x) != 0) == (y <= 30 && x < y));
    }
  }
}

TEST_CASE("regions that overlap are all marked, and what reaches outside is cut", "[compare][marked_region]") {
  const cv::Mat1b both =
      pixels({region_of({around_pixels(-1000, -1000, 9, 9)}), region_of({around_pixels(5, 5, 14, 14)}),
              region_of({around_pixels(100, 100, 120, 120)})});
  cv::Mat1b expected = with_rect({0, 0, 10, 10});
  expected(cv::Rect(5, 5, 10, 10)) = 255;
  CHECK(same(both, expected));
}

TEST_CASE("what lies far outside is cut off, and the rest stays as it is", "[compare][marked_region]") {
  const Box picture{.x = 0, .y = 0, .width = double(kSize.width), .height = double(kSize.height)};
  const std::vector<Polygon> rings = {{{20, 10}, {1e9, 10}, {1e9, 5e8}, {20, 30}}, around_pixels(25, 14, 28, 18)};
  const MarkedRegion cut = within(region_of(rings), picture);
  CHECK(same(pixels({cut}), pixels({region_of(rings)})));
  REQUIRE(cut.reference_rings.size() == 2);
  for (const Point& corner : cut.reference_rings[0]) {
    CHECK(corner.x() <= kSize.width);
    CHECK(corner.y() <= kSize.height);
  }
  CHECK(within(region_of({around_pixels(1000, 10, 1100, 20)}), picture).reference_rings.empty());
}

TEST_CASE("regions are laid on the shrunk reference as its pixels are", "[compare][marked_region]") {
  // Pixels 20 to 39 and 8 to 15 of the reference are 10 to 19 and 4 to 7 of one half its size.
  CHECK(same(pixels({region_of({around_pixels(20, 8, 39, 15)})}, 0.5), with_rect({10, 4, 10, 4})));
}

TEST_CASE("a window shows the same as the whole", "[compare][marked_region]") {
  const MarkedRegion region = region_of({{{3.3, 2.1}, {50.7, 11.9}, {22.2, 37.4}}, around_pixels(20, 12, 25, 20)});
  const cv::Rect window(15, 8, 21, 17);
  CHECK(same(pixels_of(region, window, 0.8), pixels_of(std::vector{region}, kSize, 0.8)(window)));
}

TEST_CASE("a box belongs to the region that it shares a quarter of the smaller one with", "[compare][marked_region]") {
  const std::vector<MarkedRegion> regions = {region_of({around_pixels(10, 10, 19, 19)}),
                                             region_of({around_pixels(40, 10, 42, 12)})};
  const auto found = [&](const Box& box) { return region_around(box, regions, kSize, 1); };
  CHECK(found({.x = 12, .y = 12, .width = 4, .height = 4}) == &regions[0]);
  CHECK(found({.x = 17, .y = 10, .width = 12, .height = 10}) == &regions[0]);  // 30 of 100 pixels
  CHECK(found({.x = 18, .y = 10, .width = 12, .height = 10}) == nullptr);      // 20 of 100
  CHECK(found({.x = 35, .y = 5, .width = 20, .height = 20}) == &regions[1]);   // all of a small region
  CHECK(found({.x = 25, .y = 25, .width = 8, .height = 8}) == nullptr);
  CHECK(found({.x = -50, .y = -50, .width = 8, .height = 8}) == nullptr);
}

TEST_CASE("as one polygon the outline runs clockwise and holes the other way", "[compare][marked_region]") {
  const Polygon outline = around_pixels(10, 5, 29, 24);
  const Polygon hole = around_pixels(15, 10, 19, 14);
  const Polygon joined = joined_rings(region_of({outline, hole}));
  CHECK(turning(joined) == Approx(20 * 20 - 5 * 5));
  CHECK(joined.size() == 5 + 5 + 1);
  Polygon backwards = outline;
  std::reverse(backwards.begin(), backwards.end());
  CHECK(turning(joined_rings(region_of({backwards, hole}))) == Approx(20 * 20 - 5 * 5));
}
