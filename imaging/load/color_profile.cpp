// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/color_profile.h"

#include <lcms2.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <type_traits>

namespace boarddiff::imaging::load {
namespace {

// Printers' profiles with large tables reach some megabytes.
constexpr std::size_t kMaxProfileBytes = std::size_t{1} << 24U;

template <auto release>
struct Releaser {
  template <typename Handle>
  void operator()(Handle* handle) const {
    release(handle);
  }
};
using Context = std::unique_ptr<std::remove_pointer_t<cmsContext>, Releaser<cmsDeleteContext>>;
using Profile = std::unique_ptr<std::remove_pointer_t<cmsHPROFILE>, Releaser<cmsCloseProfile>>;
using Transform = std::unique_ptr<std::remove_pointer_t<cmsHTRANSFORM>, Releaser<cmsDeleteTransform>>;

// What must outlive a transform is destroyed after it.
struct ToSrgb {
  Context context = {};
  Transform transform = {};
};

cmsUInt32Number pixel_format(int type) {
  switch (type) {
    case CV_8UC3:
      return TYPE_BGR_8;
    case CV_16UC3:
      return TYPE_BGR_16;
    case CV_8UC4:
      return TYPE_CMYK_8;
    default:
      return TYPE_CMYK_16;
  }
}

// A null transform when the profile does not fit the pixels or is not one.
ToSrgb make_transform(const std::vector<std::byte>& icc_profile, int pixel_type) {
  ToSrgb made{.context = Context(cmsCreateContext(nullptr, nullptr))};
  const Profile from(cmsOpenProfileFromMemTHR(made.context.get(), icc_profile.data(),
                                              static_cast<cmsUInt32Number>(icc_profile.size())));
  const Profile to(cmsCreate_sRGBProfileTHR(made.context.get()));
  const bool is_cmyk = CV_MAT_CN(pixel_type) == 4;
  if (!from || !to || cmsGetColorSpace(from.get()) != (is_cmyk ? cmsSigCmykData : cmsSigRgbData)) {
    return made;
  }
  const int result_type = CV_MAKETYPE(CV_MAT_DEPTH(pixel_type), 3);
  // The cache of the last pixel is the one thing in a transform that threads would share. For 16 bits, LittleCMS would
  // by default put a coarse table in the profile's place: up to 6.5 of 255 steps off with a curve of gamma 1.8.
  const cmsUInt32Number exactness = CV_MAT_DEPTH(pixel_type) == CV_16U ? cmsFLAGS_NOOPTIMIZE : 0;
  made.transform.reset(cmsCreateTransformTHR(made.context.get(), from.get(), pixel_format(pixel_type), to.get(),
                                             pixel_format(result_type), INTENT_RELATIVE_COLORIMETRIC,
                                             cmsFLAGS_NOCACHE | cmsFLAGS_BLACKPOINTCOMPENSATION | exactness));
  return made;
}

cv::Mat transformed(const ToSrgb& to_srgb, const cv::Mat& pixels) {
  cv::Mat result(pixels.size(), CV_MAKETYPE(pixels.depth(), 3));
  cv::parallel_for_(cv::Range(0, pixels.rows), [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      cmsDoTransform(to_srgb.transform.get(), pixels.ptr(y), result.ptr(y), static_cast<cmsUInt32Number>(pixels.cols));
    }
  });
  return result;
}

// Most cameras and programs embed sRGB itself, which must cost nothing and change nothing: over a grid of colours no
// channel moves by more than one step of 8 bits.
bool changes_nothing(const ToSrgb& to_srgb, int depth) {
  constexpr int kSteps = 9;
  cv::Mat grid(1, kSteps * kSteps * kSteps, CV_8UC3);
  for (int i = 0; i < grid.cols; ++i) {
    const auto level = [](int step) { return static_cast<uchar>(step * 255 / (kSteps - 1)); };
    grid.at<cv::Vec3b>(i) = {level(i % kSteps), level(i / kSteps % kSteps), level(i / kSteps / kSteps)};
  }
  const double step = depth == CV_8U ? 1 : 257;
  grid.convertTo(grid, depth, step);
  return cv::norm(transformed(to_srgb, grid), grid, cv::NORM_INF) <= step;
}

// Each ink and black take away their share of the light.
template <typename Value>
cv::Mat mixed_plainly(const cv::Mat& cmyk, std::uint32_t white) {
  cv::Mat bgr(cmyk.size(), CV_MAKETYPE(cmyk.depth(), 3));
  for (int y = 0; y < cmyk.rows; ++y) {
    const auto* ink = cmyk.ptr<cv::Vec<Value, 4>>(y);
    auto* mixed = bgr.ptr<cv::Vec<Value, 3>>(y);
    for (int x = 0; x < cmyk.cols; ++x) {
      const std::uint64_t light = white - ink[x][3];
      for (int c = 0; c < 3; ++c) {
        mixed[x][2 - c] = static_cast<Value>(((white - ink[x][c]) * light + white / 2) / white);
      }
    }
  }
  return bgr;
}

}  // namespace

Raster in_srgb(Raster raster) {
  if (raster.pixels.channels() == 1) {
    return raster;
  }
  const bool is_cmyk = raster.pixels.channels() == 4;
  if (!raster.icc_profile.empty()) {
    const ToSrgb to_srgb = raster.icc_profile.size() <= kMaxProfileBytes
                               ? make_transform(raster.icc_profile, raster.pixels.type())
                               : ToSrgb{};
    if (to_srgb.transform) {
      if (is_cmyk || !changes_nothing(to_srgb, raster.pixels.depth())) {
        raster.pixels = transformed(to_srgb, raster.pixels);
      }
      return raster;
    }
    raster.notes.emplace_back("The colour profile cannot be used and was ignored.");
  }
  if (is_cmyk) {
    raster.pixels = raster.pixels.depth() == CV_8U ? mixed_plainly<std::uint8_t>(raster.pixels, 255)
                                                   : mixed_plainly<std::uint16_t>(raster.pixels, 65535);
    raster.notes.emplace_back("The CMYK colours were converted without a colour profile.");
  }
  return raster;
}

}  // namespace boarddiff::imaging::load
