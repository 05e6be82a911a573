// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/float_pixels.h"

#include "imaging/base/text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace boarddiff::imaging::load {
namespace {

struct FiniteValues {
  cv::Mat1b are = {};  // 0 where the value is no finite number or not usable
  float least = std::numeric_limits<float>::max();
  float most = std::numeric_limits<float>::lowest();
};

FiniteValues finite_values(const cv::Mat1f& values, const cv::Mat1b& usable) {
  FiniteValues finite{.are = cv::Mat1b(values.size(), uchar{0})};
  for (int y = 0; y < values.rows; ++y) {
    for (int x = 0; x < values.cols; ++x) {
      if (std::isfinite(values(y, x)) && (usable.empty() || usable(y, x) != 0)) {
        finite.are(y, x) = 255;
        finite.least = std::min(finite.least, values(y, x));
        finite.most = std::max(finite.most, values(y, x));
      }
    }
  }
  return finite;
}

// In double, where the range of two floats cannot overflow.
ValueScale scale_of(const FiniteValues& finite) {
  const double dark = std::min(0.0F, finite.least);
  const double range = finite.most - dark;
  return {.at_zero = dark, .per_step = range > 0 ? range / 65535 : 1};
}

cv::Mat1w stretched(const cv::Mat1f& values, const FiniteValues& finite, const ValueScale& scale) {
  cv::Mat1w pixels(values.size(), std::uint16_t{0});
  for (int y = 0; y < values.rows; ++y) {
    for (int x = 0; x < values.cols; ++x) {
      if (finite.are(y, x) != 0) {
        pixels(y, x) = static_cast<std::uint16_t>(std::lround((values(y, x) - scale.at_zero) / scale.per_step));
      }
    }
  }
  return pixels;
}

}  // namespace

void stretch_floats(const EncodedFile& file, Raster& raster) {
  const FiniteValues finite = finite_values(raster.pixels, raster.usable);
  const int count = cv::countNonZero(finite.are);
  if (count == 0) {
    fail(ErrorCode::damaged_file, file, "is damaged: none of its floating-point values is a finite number");
  }
  raster.values = scale_of(finite);
  raster.pixels = stretched(raster.pixels, finite, raster.values);
  const int read = raster.usable.empty() ? raster.pixels.size().area() : cv::countNonZero(raster.usable);
  if (count < read) {
    raster.notes.emplace_back("Values that are no finite numbers hold no picture.");
  }
  if (count < finite.are.size().area()) {
    raster.usable = finite.are;
  }
  raster.notes.push_back("Floating-point values from " + number_text(finite.least) + " to " + number_text(finite.most) +
                         " were stretched over 16 bits" + (finite.least >= 0 ? "; 0 stayed 0." : "."));
}

}  // namespace boarddiff::imaging::load
