// SPDX-License-Identifier: Apache-2.0
#include "compare/found_part.h"

#include "compare/whole_pixels.h"
#include "imaging/base/error.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::compare {

namespace {

using imaging::Box;

constexpr double kFull = 255;

// The mean of what lies below the part and close around it.
cv::Scalar ground_in(const cv::Mat& picture, const Box& outline) {
  const double margin = 0.25 * std::min(outline.width, outline.height);
  const cv::Rect place = whole_pixels(imaging::grown(outline, margin), picture.size());
  return place.empty() ? cv::Scalar() : cv::mean(picture(place));
}

// The blur of a picture in pixels of one that is 1/scale as large: shrinking adds that of its own pixels.
double blur_in_full(double blur_px, double scale) {
  constexpr double kOfPixel = 1.0 / 12;  // variance of a square
  constexpr double kSharpest = 0.5;
  if (scale >= 1) {
    return blur_px;
  }
  return std::sqrt(std::max(blur_px * blur_px - kOfPixel, kSharpest * kSharpest)) / scale;
}

}  // namespace

PaintedPart painted_part(const cv::Mat3f& sample, const imaging::VirtualPart& part, const imaging::PartPlace& place,
                         const imaging::SceneLight& light, double scale, std::uint64_t seed) {
  const Box outline = imaging::outline_px(part, place);
  const cv::Scalar ground = ground_in(sample, outline);
  const cv::Point middle(std::clamp(cvRound(place.centre_px.x()), 0, light.local.cols - 1),
                         std::clamp(cvRound(place.centre_px.y()), 0, light.local.rows - 1));
  PaintedPart painted{.part = part,
                      .place = place,
                      .ground = {ground[0], ground[1], ground[2]},
                      .local_light = static_cast<double>(light.local(middle)),
                      .white_level = light.white_level,
                      .shadow = light.shadow,
                      .shadow_depth = light.shadow_depth,
                      .blur_px = blur_in_full(light.blur_px, scale),
                      .noise = light.noise / scale,
                      .seed = seed};
  // A pixel's centre has whole coordinates.
  painted.place.centre_px = (place.centre_px.array() + 0.5).matrix() / scale - imaging::Point(0.5, 0.5);
  painted.place.px_per_mm = place.px_per_mm / scale;
  return painted;
}

bool can_be_painted(const PaintedPart& painted) {
  constexpr double kLongest_px = 700;
  constexpr double kHighest_px = 200;
  constexpr double kFarthest_px = 1e6;
  const auto lies = [](double value, double least, double most) { return value >= least && value <= most; };
  const imaging::VirtualPart& part = painted.part;
  const imaging::PartPlace& place = painted.place;
  const auto is_level = [&](double level) { return lies(level, 0, 10); };
  const bool is_size = lies(place.px_per_mm, 1e-3, kLongest_px) && part.length_mm > 0 && part.width_mm > 0 &&
                       lies(part.length_mm * place.px_per_mm, 1, kLongest_px) &&
                       lies(part.width_mm * place.px_per_mm, 1, kLongest_px) &&
                       lies(part.height_mm * place.px_per_mm, 0, kHighest_px);
  const bool is_place = lies(place.centre_px.x(), 0, kFarthest_px) && lies(place.centre_px.y(), 0, kFarthest_px);
  const bool is_light = is_level(painted.local_light) && is_level(painted.white_level) &&
                        lies(painted.shadow.norm(), 0, 2) && lies(painted.shadow_depth, 0, 1) &&
                        lies(painted.blur_px, 0.1, 20) && is_level(painted.noise);
  return is_size && is_place && is_light && std::all_of(painted.ground.begin(), painted.ground.end(), is_level);
}

void paint(cv::Mat3b& sample, const PaintedPart& painted) {
  imaging::require(can_be_painted(painted), "paint: a part that can be painted");
  const Box outline = imaging::outline_px(painted.part, painted.place);
  const double margin = painted.part.height_mm * painted.place.px_per_mm + 4 * painted.blur_px + 4;
  const cv::Rect window = whole_pixels(imaging::grown(outline, margin), sample.size());
  if (window.empty()) {
    return;
  }
  const cv::Scalar shown = ground_in(sample, outline);
  cv::Scalar gain;  // from the levels here to those that the part was tried at
  for (std::size_t c = 0; c < 3; ++c) {
    constexpr double kLeast = 1.0 / kFull;
    gain[static_cast<int>(c)] = std::max(painted.ground.at(c), kLeast) / std::max(shown[static_cast<int>(c)], 1.0);
  }
  cv::Mat3f picture;
  sample(window).convertTo(picture, CV_32F);
  cv::multiply(picture, gain, picture);
  imaging::PartPlace place = painted.place;
  place.centre_px -= imaging::Point(window.x, window.y);
  const imaging::SceneLight light{.local = cv::Mat1f(window.size(), static_cast<float>(painted.local_light)),
                                  .white_level = painted.white_level,
                                  .shadow = painted.shadow,
                                  .shadow_depth = painted.shadow_depth,
                                  .blur_px = painted.blur_px,
                                  .noise = painted.noise};
  imaging::plant_part(picture, painted.part, place, light, painted.seed);
  cv::multiply(picture, cv::Scalar(1 / gain[0], 1 / gain[1], 1 / gain[2]), picture);
  picture.convertTo(sample(window), CV_8U);
}

}  // namespace boarddiff::compare
