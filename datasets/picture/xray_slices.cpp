// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/xray_slices.h"

#include "datasets/design/inner_copper.h"
#include "datasets/picture/surface.h"
#include "imaging/base/error.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using imaging::Point;

constexpr double kLaminate = 0.22;  // 1.6 mm
constexpr double kOuterCopper = 0.075;
constexpr double kInnerCopper = 0.045;
constexpr double kBarrel = 0.34;

// Close together where parts are low and many. Those from the back's copper to the front's hold the board itself.
constexpr std::array<double, 19> kHeights_mm = {
    {-10, -6, -3.2, -2.1, -kBoardThickness_mm, -1.07, -0.53, 0, 0.25, 0.8, 1.5, 2.4, 3.6, 5, 6.6, 8.5, 11, 14, 18}};
constexpr std::size_t kBack = 4;
constexpr std::size_t kSecondInner = 5;
constexpr std::size_t kFirstInner = 6;
constexpr std::size_t kFront = 7;

void add_layer(cv::Mat attenuation, const cv::Mat1b& layer, double value) {
  cv::Mat1f share;
  layer.convertTo(share, CV_32F, value / 255);
  attenuation += share;
}

void add_disc(cv::Mat1f& map, const Raster& raster, const Disc& disc, double value) {
  const Stamp stamp =
      disc_stamp(raster.pixel_at(disc.centre_mm), disc.diameter_mm / 2 * raster.pixels_per_mm, map.size());
  if (!stamp.window.empty()) add_layer(map(stamp.window), stamp.cover, value);
}

// The share of [low, high] that lies nearest to this height.
double share_at(std::size_t slice, double low, double high) {
  const double floor = slice == 0 ? -1e9 : (kHeights_mm[slice - 1] + kHeights_mm[slice]) / 2;
  const double roof = slice + 1 == kHeights_mm.size() ? 1e9 : (kHeights_mm[slice] + kHeights_mm[slice + 1]) / 2;
  if (high - low < 1e-6) return low >= floor && low < roof ? 1 : 0;
  return std::max(0.0, std::min(high, roof) - std::max(low, floor)) / (high - low);
}

imaging::Polygon in_pixels(const imaging::Polygon& polygon, const Raster& raster) {
  imaging::Polygon pixels;
  for (const Point& point : polygon) {
    pixels.push_back(raster.pixel_at(point));
  }
  return pixels;
}

void draw(cv::Mat1b& map, const Trace& trace, const Raster& raster, unsigned char value) {
  std::vector<cv::Point> points;
  for (const Point& point : in_pixels(trace.points_mm, raster)) {
    points.emplace_back(static_cast<int>(std::lround(point.x() * 64)), static_cast<int>(std::lround(point.y() * 64)));
  }
  const int thickness = std::max(1, static_cast<int>(std::lround(trace.width_mm * raster.pixels_per_mm)));
  cv::polylines(map, points, false, cv::Scalar(value), thickness, cv::LINE_AA, 6);
}

// Where there is laminate.
cv::Mat1b board_cover(const BoardDesign& design, const Raster& raster) {
  cv::Mat1b cover(raster.size, static_cast<unsigned char>(0));
  imaging::Polygon outline = design.outline_mm;
  if (outline.empty()) outline = imaging::corners({0, 0, design.width_mm, design.depth_mm});
  press(cover, polygon_stamp(in_pixels(outline, raster), cover.size()));
  cv::Mat1b bored(raster.size, static_cast<unsigned char>(0));
  for (const Disc& hole : design.holes) {
    press(bored,
          disc_stamp(raster.pixel_at(hole.centre_mm), hole.diameter_mm / 2 * raster.pixels_per_mm, cover.size()));
  }
  cv::subtract(cover, bored, cover);
  return cover;
}

// Pours, tracks and pads of one side are of one thickness.
cv::Mat1f outer_copper(BoardDesign design, const Raster& raster) {
  design.lettering.clear();
  design.silk_lines.clear();
  const BoardLayers layers = paint_layers(design, raster);
  cv::Mat1b copper;
  cv::subtract(layers.pour, layers.gap, copper);
  cv::max(copper, cv::Mat(layers.copper), copper);
  cv::max(copper, cv::Mat(layers.pads), copper);
  for (const Patch& patch : design.patches) {
    if (!patch.cuts_copper) continue;
    const Part frame{.centre_mm = patch.centre_mm, .angle_deg = patch.angle_deg};
    const imaging::Box groove{-patch.width_mm / 2, -patch.depth_mm / 2, patch.width_mm, patch.depth_mm};
    cv::Mat1b cut(copper.size(), static_cast<unsigned char>(0));
    press(cut, polygon_stamp(in_pixels(outline_on_board(frame, groove), raster), copper.size()));
    cv::subtract(copper, cut, copper);
  }
  cv::Mat1f attenuation;
  copper.convertTo(attenuation, CV_32F, kOuterCopper / 255);
  return attenuation;
}

cv::Mat1f inner_copper(const InnerLayer& layer, const cv::Mat1b& board, const Raster& raster) {
  cv::Mat1b copper(raster.size, static_cast<unsigned char>(0));
  if (layer.plane) {
    // Planes end before the edge, where the board is cut.
    const int clear = std::max(1, static_cast<int>(0.4 * raster.pixels_per_mm));
    cv::erode(board, copper, cv::getStructuringElement(cv::MORPH_RECT, {2 * clear + 1, 2 * clear + 1}));
  }
  for (const Trace& split : layer.splits) {
    draw(copper, split, raster, 0);
  }
  for (const Disc& gap : layer.gaps) {
    cv::circle(copper, cv::Point2d(raster.pixel_at(gap.centre_mm).x(), raster.pixel_at(gap.centre_mm).y()),
               static_cast<int>(std::lround(gap.diameter_mm / 2 * raster.pixels_per_mm)), cv::Scalar(0), cv::FILLED,
               cv::LINE_AA);
  }
  for (const Trace& trace : layer.traces) {
    Trace clear = trace;
    clear.width_mm += 0.3;
    draw(copper, clear, raster, 0);
  }
  for (const Trace& trace : layer.traces) {
    draw(copper, trace, raster, 255);
  }
  cv::Mat1f attenuation;
  copper.convertTo(attenuation, CV_32F, kInnerCopper / 255);
  return attenuation;
}

void fill_slice(XraySlice& slice, std::size_t index, const std::vector<XrayPiece>& pieces) {
  cv::Rect window = slice.window;
  for (const XrayPiece& piece : pieces) {
    if (share_at(index, piece.low_mm, piece.high_mm) > 0) window |= piece.stamp.window;
  }
  if (slice.attenuation.empty() && !window.empty()) {
    slice.window = window;
    slice.attenuation = cv::Mat1f(window.size(), 0.0F);
  }
  for (const XrayPiece& piece : pieces) {
    const double share = share_at(index, piece.low_mm, piece.high_mm);
    if (share <= 0 || piece.stamp.window.empty()) continue;
    add_layer(slice.attenuation(piece.stamp.window - slice.window.tl()), piece.stamp.cover, share * piece.attenuation);
  }
}

// Plated walls of holes go through all layers.
void add_barrels(std::vector<XraySlice>& slices, const std::vector<Disc>& vias, const Raster& raster) {
  const double share = kBarrel / static_cast<double>(kFront + 1 - kBack);
  for (std::size_t i = kBack; i <= kFront; ++i) {
    for (const Disc& via : vias) {
      add_disc(slices[i].attenuation, raster, {via.centre_mm, 0.75 * via.diameter_mm}, share);
      add_disc(slices[i].attenuation, raster, {via.centre_mm, 0.45 * via.diameter_mm}, -share);
    }
  }
}

}  // namespace

std::vector<XraySlice> board_slices(const BoardDesign& front, const BoardDesign& back, const Raster& raster) {
  std::vector<XraySlice> slices(kHeights_mm.size());
  for (std::size_t i = 0; i < slices.size(); ++i) {
    slices[i].height_mm = kHeights_mm[i];
  }
  const cv::Mat1b board = board_cover(front, raster);
  const std::vector<InnerLayer> layers = inner_layers(front);
  slices[kFront].attenuation = outer_copper(front, raster);
  slices[kBack].attenuation = outer_copper(back, raster);
  slices[kFirstInner].attenuation =
      layers.empty() ? cv::Mat1f(raster.size, 0.0F) : inner_copper(layers[0], board, raster);
  slices[kSecondInner].attenuation =
      layers.size() < 2 ? cv::Mat1f(raster.size, 0.0F) : inner_copper(layers[1], board, raster);
  for (std::size_t i = kBack; i <= kFront; ++i) {
    // Copper ends with the board, whose laminate is between its layers.
    slices[i].attenuation.setTo(0.0F, board == 0);
    if (i == kFirstInner || i == kSecondInner) add_layer(slices[i].attenuation, board, kLaminate / 2);
    slices[i].window = cv::Rect(cv::Point(0, 0), raster.size);
  }
  add_barrels(slices, front.vias, raster);
  return slices;
}

void add_pieces(std::vector<XraySlice>& slices, const std::vector<XrayPiece>& pieces) {
  imaging::require(slices.size() == kHeights_mm.size(), "pieces are added to what board_slices returns");
  cv::parallel_for_({0, static_cast<int>(slices.size())}, [&](const cv::Range& range) {
    for (int i = range.start; i < range.end; ++i) {
      fill_slice(slices[static_cast<std::size_t>(i)], static_cast<std::size_t>(i), pieces);
    }
  });
}

}  // namespace boarddiff::datasets
