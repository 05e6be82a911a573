// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/develop.h"

#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::datasets {
namespace {

double encoded(double linear) {
  const double value = std::clamp(linear, 0.0, 1.0);
  return value <= 0.0031308 ? 12.92 * value : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
}

float noise_of(std::uint64_t dice, int channel) {
  const auto part = static_cast<unsigned>((dice >> static_cast<unsigned>(21 * channel)) & 0x1FFFFFU);
  const int sum = static_cast<int>((part & 127U) + ((part >> 7U) & 127U) + (part >> 14U));
  return static_cast<float>(sum - 190.5) / 64.0F;  // three uniform numbers: nearly normal, deviation 1
}

}  // namespace

cv::Mat develop(const cv::Mat3f& light, const PhotoSettings& settings, std::uint64_t seed) {
  std::array<float, 4097> curve = {};
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const double linear = static_cast<double>(i) / 4096 * 4;
    // Straight up to 0.6, then bending towards white, as cameras do.
    const double bent = linear < 0.6 ? linear : 0.6 + 0.4 * (1 - std::exp(-(linear - 0.6) / 0.4));
    curve[i] = static_cast<float>(255 * encoded(bent));
  }
  cv::Mat3b pixels(light.size());
  const double half = std::hypot(light.cols, light.rows) / 2;
  cv::parallel_for_({0, light.rows}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < light.cols; ++x) {
        const double dx = x - light.cols / 2.0;
        const double dy = y - light.rows / 2.0;
        const double falloff = settings.camera.vignetting * (dx * dx + dy * dy) / (half * half);
        const double gain = settings.light.exposure * (1 - falloff);
        const std::uint64_t dice =
            imaging::mixed(seed, static_cast<std::uint64_t>(y) * 0x10001 + static_cast<std::uint64_t>(x));
        for (int c = 0; c < 3; ++c) {
          const double level = std::clamp(light(y, x)[c] * gain, 0.0, 3.99);
          const float value = curve[static_cast<std::size_t>(level * 1024)];
          // Shot noise: strongest, after the curve, in the shadows.
          const double grain = 255 * settings.camera.noise * (1.6 - value / 255.0) * 0.8;
          pixels(y, x)[c] = cv::saturate_cast<unsigned char>(value + grain * noise_of(dice, c));
        }
      }
    }
  });
  if (settings.camera.sharpening <= 0) return pixels;
  cv::Mat soft;
  cv::GaussianBlur(pixels, soft, {}, 1.2);
  cv::Mat sharp;
  cv::addWeighted(pixels, 1 + settings.camera.sharpening, soft, -settings.camera.sharpening, 0, sharp);
  return sharp;
}

}  // namespace boarddiff::datasets
