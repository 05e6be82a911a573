// SPDX-License-Identifier: Apache-2.0
#include "compare/height_sweep.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

using boarddiff::compare::covered_by_taller;
using boarddiff::compare::sweep_heights;
using boarddiff::compare::SweptHeights;

namespace {

const cv::Size kGrid(60, 40);
const cv::Rect kPart(20, 12, 12, 10);

// Cells of three channels that no two places share.
cv::Mat textured_cells(std::uint64_t seed) {
  cv::Mat cells(kGrid, CV_32FC3);
  cv::RNG generator(seed);
  generator.fill(cells, cv::RNG::UNIFORM, 0, 0.5);
  return cells;
}

cv::Mat2f to_the_right() { return {kGrid, cv::Vec2f(1, 0)}; }

// The same board with the part's cells seen three cells farther right.
cv::Mat raised_by_three(const cv::Mat& cells) {
  cv::Mat moved = cells.clone();
  cells(kPart).copyTo(moved(kPart + cv::Point(3, 0)));
  return moved;
}

cv::Rect inner(const cv::Rect& part) { return {part.x + 3, part.y + 3, part.width - 6, part.height - 6}; }

}  // namespace

TEST_CASE("a part is found at its height, and the board on its plane", "[compare][height_sweep]") {
  const cv::Mat reference = textured_cells(1);
  const SweptHeights swept = sweep_heights(reference, raised_by_three(reference), to_the_right(), 6, false);
  CHECK(cv::norm(swept.height_cells(inner(kPart)) - 3, cv::NORM_INF) == 0);
  CHECK(swept.shift_cells(17, 26) == cv::Vec2f(3, 0));
  CHECK(cv::mean(swept.gain(inner(kPart)))[0] > 0.05);
  CHECK(cv::countNonZero(swept.height_cells(cv::Rect(0, 0, 14, 40))) == 0);
}

TEST_CASE("against the way of raised places nothing is looked for unless it is asked", "[compare][height_sweep]") {
  const cv::Mat reference = textured_cells(1);
  const cv::Mat sample = raised_by_three(reference);
  const cv::Mat2f to_the_left(kGrid, cv::Vec2f(-1, 0));
  CHECK(cv::countNonZero(sweep_heights(reference, sample, to_the_left, 6, false).height_cells(inner(kPart)) == 3) == 0);
  const SweptHeights both = sweep_heights(reference, sample, to_the_left, 6, true);
  CHECK(cv::norm(both.height_cells(inner(kPart)) - 3, cv::NORM_INF) == 0);
  CHECK(both.shift_cells(17, 26) == cv::Vec2f(3, 0));
}

TEST_CASE("where all heights match alike the plane is taken", "[compare][height_sweep]") {
  const cv::Mat plain(kGrid, CV_32FC3, cv::Scalar(0.3, 0.1, 0.2));
  CHECK(cv::countNonZero(sweep_heights(plain, plain, to_the_right(), 6, true).height_cells) == 0);
}

TEST_CASE("a raised part hides the board beside it, and what is as high is not hidden", "[compare][height_sweep]") {
  cv::Mat2f shift(kGrid, cv::Vec2f(0, 0));
  shift(kPart) = cv::Vec2f(3, 0);
  const cv::Mat1f hidden = covered_by_taller(shift);
  const cv::Rect beside(kPart.br().x, kPart.y, 3, kPart.height);
  CHECK(cv::norm(hidden(beside) - 3, cv::NORM_INF) == 0);
  CHECK(cv::countNonZero(hidden(kPart)) == 0);
  CHECK(cv::countNonZero(hidden(cv::Rect(0, 0, 20, 40))) == 0);
  CHECK(cv::countNonZero(hidden(cv::Rect(36, 0, 24, 40))) == 0);
}

TEST_CASE("a part raised beyond the picture's end hides nothing", "[compare][height_sweep]") {
  cv::Mat2f shift(kGrid, cv::Vec2f(0, 0));
  shift(cv::Rect(55, 10, 5, 5)) = cv::Vec2f(8, 0);
  CHECK(cv::countNonZero(covered_by_taller(shift)) == 0);
}
