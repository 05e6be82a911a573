// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/lens.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace boarddiff::datasets {
namespace {

// Larger or smaller about the middle by so many pixels in the corners.
cv::Mat1f scaled(const cv::Mat1f& channel, double by_px) {
  const double middle_x = (channel.cols - 1) / 2.0;
  const double middle_y = (channel.rows - 1) / 2.0;
  const double scale = 1 / (1 + by_px / std::hypot(middle_x, middle_y));
  const cv::Matx23d source_from_target(scale, 0, middle_x * (1 - scale), 0, scale, middle_y * (1 - scale));
  cv::Mat1f result;
  cv::warpAffine(channel, result, source_from_target, channel.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
  return result;
}

cv::Mat3f with_fringes(const cv::Mat3f& light, double fringe_px) {
  std::array<cv::Mat1f, 3> channels;
  cv::split(light, channels.data());
  channels[0] = scaled(channels[0], fringe_px);
  channels[2] = scaled(channels[2], -fringe_px);
  cv::Mat3f result;
  cv::merge(channels.data(), channels.size(), result);
  return result;
}

cv::Mat3f shaken(const cv::Mat3f& light, double length_px, double direction_deg) {
  const int side = 2 * static_cast<int>(std::ceil(length_px / 2)) + 1;
  cv::Mat1f path(side, side, 0.0F);
  const double angle = direction_deg * std::numbers::pi / 180;
  const int steps = 8 * side;
  for (int i = 0; i <= steps; ++i) {
    const double along = length_px * (static_cast<double>(i) / steps - 0.5);
    const double x = side / 2 + along * std::cos(angle);
    const double y = side / 2 + along * std::sin(angle);
    path(static_cast<int>(std::lround(y)), static_cast<int>(std::lround(x))) += 1.0F / static_cast<float>(steps + 1);
  }
  cv::Mat3f result;
  cv::filter2D(light, result, -1, path, {-1, -1}, 0, cv::BORDER_REPLICATE);
  return result;
}

// A blend of two blurs: nearly what a blur of growing width is, at the cost of two.
cv::Mat3f with_corners(const cv::Mat3f& middle, const cv::Mat3f& corner) {
  cv::Mat3f result(middle.size());
  const double half = std::hypot(middle.cols, middle.rows) / 2;
  cv::parallel_for_({0, middle.rows}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < middle.cols; ++x) {
        const double off = std::hypot(x - middle.cols / 2.0, y - middle.rows / 2.0) / half;
        const auto share = static_cast<float>(off * off);
        result(y, x) = middle(y, x) * (1 - share) + corner(y, x) * share;
      }
    }
  });
  return result;
}

}  // namespace

cv::Mat3f through_lens(const cv::Mat3f& light, const CameraSettings& settings) {
  cv::Mat3f seen = light;
  if (settings.colour_fringe_px > 0) seen = with_fringes(seen, settings.colour_fringe_px);
  if (settings.motion_px > 0.3) seen = shaken(seen, settings.motion_px, settings.motion_deg);
  const double defocus = std::max(0.3, settings.defocus_px);
  cv::Mat3f middle;
  cv::GaussianBlur(seen, middle, {}, defocus, 0, cv::BORDER_REPLICATE);
  if (settings.corner_blur_px <= 0) return middle;
  // Blurred once more, so that both come to the wanted deviation.
  const double more = std::sqrt(std::pow(defocus + settings.corner_blur_px, 2) - defocus * defocus);
  cv::Mat3f corner;
  cv::GaussianBlur(middle, corner, {}, more, 0, cv::BORDER_REPLICATE);
  return with_corners(middle, corner);
}

}  // namespace boarddiff::datasets
