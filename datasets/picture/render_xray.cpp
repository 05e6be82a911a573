// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/render_xray.h"

#include "datasets/design/inner_copper.h"
#include "datasets/picture/surface.h"
#include "datasets/picture/xray_detector.h"
#include "datasets/picture/xray_pieces.h"
#include "datasets/picture/xray_slices.h"
#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

namespace boarddiff::datasets {
namespace {

using imaging::Point;
using imaging::Random;

// Room for what reaches over the board's edge.
double margin_of(const BoardDesign& design) {
  double margin = 3;
  for (const Part& part : design.parts) {
    for (const Point& corner : outline_on_board(part, shape_of(part).body_mm)) {
      margin = std::max({margin, -corner.x(), -corner.y(), corner.x() - design.width_mm, corner.y() - design.depth_mm});
    }
  }
  return std::min(margin + 0.5, 20.0);
}

// A source that is no point blurs what is far from the detector.
void blur_by_height(XraySlice& slice, const XraySettings& settings) {
  const double above = slice.height_mm + kBoardThickness_mm + settings.detector_gap_mm;
  const double from_source = std::max(1.0, settings.camera.distance_mm - slice.height_mm);
  const double sigma =
      settings.focal_spot_mm * settings.camera.pixels_per_mm * std::max(above, 0.0) / from_source / 2.35;
  if (sigma < 0.25) return;
  cv::GaussianBlur(slice.attenuation, slice.attenuation, {}, sigma, 0, cv::BORDER_REPLICATE);
}

std::vector<XraySlice> slices_of(const BoardDesign& design, const XraySettings& settings, const Raster& raster) {
  const BoardDesign back = settings.back ? seen_through(*settings.back) : plausible_back(design);
  std::vector<XraySlice> slices = board_slices(design, back, raster);
  std::vector<XrayPiece> pieces = pieces_of(design, raster, false);
  std::vector<XrayPiece> below = pieces_of(back, raster, true);
  std::move(below.begin(), below.end(), std::back_inserter(pieces));
  add_pieces(slices, pieces);
  std::erase_if(slices, [](const XraySlice& slice) { return slice.window.empty(); });
  for (XraySlice& slice : slices) {
    blur_by_height(slice, settings);
  }
  return slices;
}

// What a ray meets in a slice; `at` in pixels of the whole raster.
float sampled(const XraySlice& slice, const Point& at) {
  const double u = at.x() - slice.window.x;
  const double v = at.y() - slice.window.y;
  const cv::Mat1f& map = slice.attenuation;
  if (u < 0 || v < 0 || u >= map.cols - 1 || v >= map.rows - 1) return 0;
  const int x = static_cast<int>(u);
  const int y = static_cast<int>(v);
  const auto right = static_cast<float>(u - x);
  const auto down = static_cast<float>(v - y);
  const float* upper = map[y] + x;
  const float* lower = map[y + 1] + x;
  return (upper[0] * (1 - right) + upper[1] * right) * (1 - down) + (lower[0] * (1 - right) + lower[1] * right) * down;
}

// The beam without a board: brightest somewhere near the middle, falling to one side.
class OpenBeam {
 public:
  OpenBeam(const XraySettings& settings, Random random) : settings_(settings) {
    const cv::Size& size = settings.camera.picture_px;
    middle_ = Point(random.uniform(0.35, 0.65) * size.width, random.uniform(0.35, 0.65) * size.height);
    const double angle = random.uniform(0, 2 * std::numbers::pi);
    reach_ = std::hypot(size.width, size.height) / 2;
    towards_ = Point(std::cos(angle), std::sin(angle)) / (2 * reach_);
    centre_ = Point(size.width / 2.0, size.height / 2.0);
  }

  [[nodiscard]] double at(const Point& pixel) const {
    const double off = (pixel - middle_).squaredNorm() / (reach_ * reach_);
    return settings_.brightness * (1 - settings_.shading * off) *
           (1 - settings_.heel * (0.5 + towards_.dot(pixel - centre_)));
  }

 private:
  const XraySettings& settings_;
  Point middle_ = Point::Zero();
  Point centre_ = Point::Zero();
  Point towards_ = Point::Zero();
  double reach_ = 1;
};

double transmitted(double attenuation, const XraySettings& settings) {
  const double soft = std::max(0.0, attenuation / settings.hardness);
  const double seen = settings.hardening > 0 ? (1 - std::exp(-settings.hardening * soft)) / settings.hardening : soft;
  return std::exp(-seen);
}

// The beam behind the board, share of full scale.
cv::Mat1f beam_behind(const BoardDesign& design, const XraySettings& settings, const Camera& camera, Random beam) {
  const Raster raster = raster_of(design, settings.camera.pixels_per_mm, margin_of(design));
  const std::vector<XraySlice> slices = slices_of(design, settings, raster);
  const OpenBeam open(settings, std::move(beam));
  const cv::Size size = settings.camera.picture_px;
  cv::Mat1f through(size);
  cv::parallel_for_({0, size.height}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < size.width; ++x) {
        const Camera::Ray ray = camera.ray_through(Point(x, y));
        const Point start = raster.pixel_at(ray.start);
        const Point slope = ray.slope * raster.pixels_per_mm;
        float met = 0;
        for (const XraySlice& slice : slices) {
          met += sampled(slice, start + slope * slice.height_mm);
        }
        through(y, x) = static_cast<float>(open.at(Point(x, y)) * transmitted(met, settings));
      }
    }
  });
  return through;
}

Camera camera_over(const BoardDesign& design, const XraySettings& settings) {
  return {settings.camera, {design.width_mm / 2, design.depth_mm / 2}};
}

}  // namespace

RenderedPicture render_xray(const BoardDesign& design, const XraySettings& settings, std::uint64_t seed) {
  Random random = Random(seed).stream("xray");
  const Camera camera = camera_over(design, settings);
  const cv::Mat1f beam = beam_behind(design, settings, camera, random.stream("beam"));
  return {read_out(beam, settings, random.bits()), camera};
}

cv::Mat1f expected_xray(const BoardDesign& design, const XraySettings& settings, std::uint64_t seed) {
  const Random random = Random(seed).stream("xray");
  return arriving(beam_behind(design, settings, camera_over(design, settings), random.stream("beam")), settings);
}

}  // namespace boarddiff::datasets
