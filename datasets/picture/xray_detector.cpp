// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/xray_detector.h"

#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using imaging::Random;

constexpr double kScatterReach_mm = 9;  // deviation of where scattered rays arrive

// Scattered rays arrive spread over the neighbourhood: a veil, smooth enough for a small picture of it.
cv::Mat1f with_scatter(const cv::Mat1f& beam, const XraySettings& settings) {
  if (settings.scatter <= 0) return beam;
  constexpr int kCoarse = 16;
  cv::Mat1f coarse;
  cv::resize(beam, coarse, {std::max(2, beam.cols / kCoarse), std::max(2, beam.rows / kCoarse)}, 0, 0, cv::INTER_AREA);
  const double sigma = kScatterReach_mm * settings.camera.pixels_per_mm / kCoarse;
  cv::GaussianBlur(coarse, coarse, {}, std::max(0.5, sigma), 0, cv::BORDER_REPLICATE);
  cv::Mat1f veil;
  cv::resize(coarse, veil, beam.size(), 0, 0, cv::INTER_LINEAR);
  cv::Mat1f sum;
  cv::addWeighted(beam, 1 / (1 + settings.scatter), veil, settings.scatter / (1 + settings.scatter), 0, sum);
  return sum;
}

void add_faults(cv::Mat1w& pixels, const XraySettings& settings, Random random) {
  const int hot = static_cast<int>(settings.faulty_pixels * static_cast<double>(pixels.total()));
  for (int i = 0; i < hot; ++i) {
    const int x = random.integer(0, pixels.cols - 1);
    const int y = random.integer(0, pixels.rows - 1);
    pixels(y, x) = random.chance(0.5) ? 65535 : static_cast<ushort>(random.integer(0, 800));
  }
  for (int i = 0; i < settings.dead_lines; ++i) {
    const bool row = random.chance(0.5);
    const int at = random.integer(0, (row ? pixels.rows : pixels.cols) - 1);
    (row ? pixels.row(at) : pixels.col(at)).setTo(cv::Scalar(0));
  }
}

}  // namespace

cv::Mat1f arriving(const cv::Mat1f& beam, const XraySettings& settings) {
  cv::Mat1f level;
  cv::GaussianBlur(with_scatter(beam, settings), level, {}, std::max(0.3, settings.camera.defocus_px));
  return level;
}

double noise_at(double level, const XraySettings& settings) {
  const double electronic = settings.electronic_noise * settings.electronic_noise;
  const double photons = settings.camera.noise * settings.camera.noise / std::max(settings.exposure, 0.01);
  return std::sqrt(photons * std::max(level, 0.0) + electronic);
}

cv::Mat1w read_out(const cv::Mat1f& beam, const XraySettings& settings, std::uint64_t seed) {
  const cv::Mat1f level = arriving(beam, settings);
  const Random random = Random(seed).stream("detector");
  const std::uint64_t grain = Random(random).bits();
  cv::Mat1w pixels(beam.size());
  cv::parallel_for_({0, beam.rows}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      Random noise(imaging::mixed(grain, static_cast<std::uint64_t>(y)));
      for (int x = 0; x < beam.cols; ++x) {
        // Photons are counted: their noise grows with the root of the signal.
        const double value = level(y, x);
        pixels(y, x) = cv::saturate_cast<ushort>(65535 * (value + noise_at(value, settings) * noise.normal()));
      }
    }
  });
  add_faults(pixels, settings, random.stream("faults"));
  return pixels;
}

}  // namespace boarddiff::datasets
