// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/lens.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace boarddiff::datasets {
namespace {

// Rows of a picture with enough of their neighbours that what is computed in the middle does not miss them.
struct Strip {
  cv::Mat3f light = {};
  int first_row = 0;  // of the picture
  cv::Size picture = {};
};

// Larger or smaller about the picture's middle by so many pixels in its corners.
cv::Mat1f scaled(const cv::Mat1f& channel, const Strip& strip, double by_px) {
  const double middle_x = (strip.picture.width - 1) / 2.0;
  const double middle_y = (strip.picture.height - 1) / 2.0;
  const double scale = 1 / (1 + by_px / std::hypot(middle_x, middle_y));
  const cv::Matx23d source_from_target(scale, 0, middle_x * (1 - scale), 0, scale,
                                       (middle_y - strip.first_row) * (1 - scale));
  cv::Mat1f result;
  cv::warpAffine(channel, result, source_from_target, channel.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
  return result;
}

cv::Mat3f with_fringes(const Strip& strip, double fringe_px) {
  std::array<cv::Mat1f, 3> channels;
  cv::split(strip.light, channels.data());
  channels[0] = scaled(channels[0], strip, fringe_px);
  channels[2] = scaled(channels[2], strip, -fringe_px);
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
cv::Mat3f with_corners(const cv::Mat3f& middle, const cv::Mat3f& corner, const Strip& strip) {
  cv::Mat3f result(middle.size());
  const cv::Point2f centre(static_cast<float>(strip.picture.width) / 2, static_cast<float>(strip.picture.height) / 2);
  const float corner_square = centre.dot(centre);
  for (int y = 0; y < middle.rows; ++y) {
    const float dy = static_cast<float>(y + strip.first_row) - centre.y;
    for (int x = 0; x < middle.cols; ++x) {
      const float dx = static_cast<float>(x) - centre.x;
      const float share = (dx * dx + dy * dy) / corner_square;
      result(y, x) = middle(y, x) * (1 - share) + corner(y, x) * share;
    }
  }
  return result;
}

cv::Mat3f seen_through(const Strip& strip, const CameraSettings& settings) {
  cv::Mat3f seen = strip.light;
  if (settings.colour_fringe_px > 0) seen = with_fringes(strip, settings.colour_fringe_px);
  if (settings.motion_px > 0.3) seen = shaken(seen, settings.motion_px, settings.motion_deg);
  const double defocus = std::max(0.3, settings.defocus_px);
  cv::Mat3f middle;
  cv::GaussianBlur(seen, middle, {}, defocus, 0, cv::BORDER_REPLICATE);
  if (settings.corner_blur_px <= 0) return middle;
  // Blurred once more, so that both come to the wanted deviation.
  const double more = std::sqrt(std::pow(defocus + settings.corner_blur_px, 2) - defocus * defocus);
  cv::Mat3f corner;
  cv::GaussianBlur(middle, corner, {}, more, 0, cv::BORDER_REPLICATE);
  return with_corners(middle, corner, strip);
}

}  // namespace

cv::Mat3f through_lens(const cv::Mat3f& light, const CameraSettings& settings) {
  // Strips stay in the processor's cache, and their number does not depend on that of the threads.
  constexpr int kStripRows = 128;
  const double reach_px = settings.motion_px / 2 + settings.colour_fringe_px + 8 * std::max(0.3, settings.defocus_px) +
                          8 * settings.corner_blur_px;
  const int margin = static_cast<int>(std::ceil(reach_px)) + 4;
  cv::Mat3f result(light.size());
  const int strips = (light.rows + kStripRows - 1) / kStripRows;
  cv::parallel_for_({0, strips}, [&](const cv::Range& some) {
    for (int i = some.start; i < some.end; ++i) {
      const cv::Range own(i * kStripRows, std::min(light.rows, (i + 1) * kStripRows));
      const cv::Range with_margin(std::max(0, own.start - margin), std::min(light.rows, own.end + margin));
      // A copy: filters look beyond the borders of a part of a larger picture, and do so not quite alike.
      const Strip strip{cv::Mat3f(light.rowRange(with_margin)).clone(), with_margin.start, light.size()};
      const cv::Mat3f seen = seen_through(strip, settings);
      cv::Mat rows = result.rowRange(own);
      seen.rowRange(own.start - with_margin.start, own.end - with_margin.start).copyTo(rows);
    }
  });
  return result;
}

}  // namespace boarddiff::datasets
