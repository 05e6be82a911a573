// SPDX-License-Identifier: Apache-2.0
#include "imaging/frame_warp.h"

#include "imaging/base/error.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::imaging {
namespace {

// Outside every picture; remap needs finite numbers.
constexpr float kNowhere = -1e6F;

// cv::remap counts both pictures in 16 bits; bands keep the positions of a large picture small, too.
constexpr int kMostRemapped = 32000;
constexpr int kBandRows = 512;

// Below this ratio bilinear interpolation does not alias visibly.
constexpr double kLeastShrinking = 1.2;

// Source pixels that one pixel of the result spans, in the middle of what is shown; 1 when nothing is.
double source_pixels_per_pixel(const PositionGrid& grid, const cv::Size& source) {
  Point middle = Point::Zero();
  double count = 0;
  const auto is_shown = [&](const Point& place) {
    return place.minCoeff() >= 0 && place.x() < source.width && place.y() < source.height;
  };
  constexpr int kTries = 33;
  for (int i = 0; i < kTries * kTries; ++i) {
    const cv::Point at((grid.size().width - 1) * (i % kTries) / (kTries - 1),
                       (grid.size().height - 1) * (i / kTries) / (kTries - 1));
    if (is_shown(grid.at(at.x, at.y))) {
      middle += Point(at.x, at.y);
      ++count;
    }
  }
  const int x = std::clamp(static_cast<int>(middle.x() / std::max(count, 1.0)), 0, std::max(0, grid.size().width - 2));
  const int y = std::clamp(static_cast<int>(middle.y() / std::max(count, 1.0)), 0, std::max(0, grid.size().height - 2));
  const Point along_x = grid.at(std::min(x + 1, grid.size().width - 1), y) - grid.at(x, y);
  const Point along_y = grid.at(x, std::min(y + 1, grid.size().height - 1)) - grid.at(x, y);
  const double span = std::sqrt(std::abs(along_x.x() * along_y.y() - along_x.y() * along_y.x()));
  return count > 0 && std::isfinite(span) ? span : 1;
}

cv::Mat2f positions_in(const PositionGrid& grid, const cv::Rect& part, const Point& source_scale) {
  cv::Mat2f positions(part.size());
  cv::parallel_for_(cv::Range(0, part.height), [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < part.width; ++x) {
        const Point at = (grid.at(part.x + x, part.y + y).array() + 0.5) * source_scale.array() - 0.5;
        const bool sane = at.allFinite() && at.cwiseAbs().maxCoeff() < 1e6;
        positions(y, x) =
            sane ? cv::Vec2f(static_cast<float>(at.x()), static_cast<float>(at.y())) : cv::Vec2f(kNowhere, kNowhere);
      }
    }
  });
  return positions;
}

cv::Mat shrunk_by(const cv::Mat& picture, double factor) {
  if (!(factor > 1) || picture.empty()) {
    return picture;
  }
  cv::Mat result;
  cv::resize(picture, result,
             {std::max(1, cvRound(picture.cols / factor)), std::max(1, cvRound(picture.rows / factor))}, 0, 0,
             cv::INTER_AREA);
  return result;
}

}  // namespace

std::string_view name_of(Frame frame) { return frame == Frame::reference ? "reference" : "sample"; }

PositionGrid::PositionGrid(const cv::Size& size, const std::function<Point(const Point&)>& position_of) : size_(size) {
  require(!size.empty(), "PositionGrid: a picture is not empty");
  constexpr double kMostError_px = 0.005;
  constexpr int kTries = 17;  // across and down: what is smooth over the picture bends alike in between
  for (;; step_px_ /= 2) {
    fill(position_of);
    double worst = 0;
    for (int i = 0; i < kTries * kTries && step_px_ > 1; ++i) {
      // In the middle of a cell, where interpolation is worst.
      const int x = (size.width - 1) * (i % kTries) / (kTries - 1) / step_px_ * step_px_ + step_px_ / 2;
      const int y = (size.height - 1) * (i / kTries) / (kTries - 1) / step_px_ * step_px_ + step_px_ / 2;
      const double error = (at(x, y) - position_of(Point(x, y))).norm();
      worst = std::isfinite(error) ? std::max(worst, error) : worst;
    }
    if (worst <= kMostError_px || step_px_ == 1) {
      return;
    }
  }
}

void PositionGrid::fill(const std::function<Point(const Point&)>& position_of) {
  // One more node than cells at the right and at the bottom.
  places_.create((size_.height - 1) / step_px_ + 2, (size_.width - 1) / step_px_ + 2);
  cv::parallel_for_(cv::Range(0, places_.rows), [&](const cv::Range& rows) {
    for (int row = rows.start; row < rows.end; ++row) {
      for (int column = 0; column < places_.cols; ++column) {
        const Point place = position_of(Point(column * step_px_, row * step_px_));
        places_(row, column) = {place.x(), place.y()};
      }
    }
  });
}

Point PositionGrid::at(int x, int y) const {
  const int column = std::min(x / step_px_, places_.cols - 2);
  const int row = std::min(y / step_px_, places_.rows - 2);
  const double right = static_cast<double>(x - column * step_px_) / step_px_;
  const double down = static_cast<double>(y - row * step_px_) / step_px_;
  const cv::Vec2d upper = places_(row, column) * (1 - right) + places_(row, column + 1) * right;
  const cv::Vec2d lower = places_(row + 1, column) * (1 - right) + places_(row + 1, column + 1) * right;
  const cv::Vec2d place = upper * (1 - down) + lower * down;
  return {place[0], place[1]};
}

WarpedPicture warp_onto(const BoardImage& source, const PositionGrid& grid) {
  const double span = source_pixels_per_pixel(grid, source.size());
  const double longest = std::max(source.size().width, source.size().height);
  const double factor = std::max(span > kLeastShrinking ? span : 1.0, longest / kMostRemapped);
  const cv::Mat pixels = shrunk_by(source.pixels, factor);
  const cv::Mat usable =
      shrunk_by(source.usable.empty() ? cv::Mat1b(source.size(), uchar{255}) : source.usable, factor);
  const Point scale(pixels.cols / static_cast<double>(source.size().width),
                    pixels.rows / static_cast<double>(source.size().height));
  WarpedPicture result{.pixels = cv::Mat::zeros(grid.size(), source.pixels.type()),
                       .shown = cv::Mat1b(grid.size(), uchar{0})};
  for (int y = 0; y < grid.size().height; y += kBandRows) {
    for (int x = 0; x < grid.size().width; x += kMostRemapped) {
      const cv::Rect part = cv::Rect(x, y, kMostRemapped, kBandRows) & cv::Rect({0, 0}, grid.size());
      const cv::Mat2f positions = positions_in(grid, part, scale);
      cv::remap(pixels, result.pixels(part), positions, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_CONSTANT);
      cv::Mat1b shown;
      cv::remap(usable, shown, positions, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_CONSTANT);
      cv::compare(shown, 254, result.shown(part), cv::CMP_GE);
    }
  }
  cv::Mat1b hidden;
  cv::bitwise_not(result.shown, hidden);
  result.pixels.setTo(cv::Scalar::all(0), hidden);  // no mixture of the picture's edge with black
  return result;
}

WarpedPicture warp_into(Frame frame, const BoardImage& reference, const BoardImage& sample, const PlaneMap& map) {
  if (frame == Frame::reference) {
    return warp_onto(sample, PositionGrid(reference.size(), [&](const Point& point) { return to_sample(map, point); }));
  }
  return warp_onto(reference,
                   PositionGrid(sample.size(), [&](const Point& point) { return to_reference(map, point); }));
}

}  // namespace boarddiff::imaging
