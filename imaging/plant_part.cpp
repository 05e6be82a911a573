// SPDX-License-Identifier: Apache-2.0
#include "imaging/plant_part.h"

#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::imaging {

namespace {

constexpr int kFiner = 4;  // pixels of the stencil to a pixel of the picture

// The part on a finer grid, before lens and sensor.
struct Stencil {
  cv::Rect place = {};    // in the picture
  cv::Mat3f colour = {};  // times the cover
  cv::Mat1f cover = {};   // 1 where the part is
  cv::Mat1f shadow = {};  // 1 where it takes the light
};

cv::Vec3f level_of(const VirtualPart& part, const SceneLight& light, const cv::Vec3f& ground) {
  constexpr float kDark = 0.14F;        // moulded epoxy, against white
  constexpr float kGrey = 0.45F;        // ceramic
  constexpr float kStep = 12.0F / 255;  // the least that a part differs from its board
  if (part.colour == BodyColour::board) {
    return ground + cv::Vec3f::all(kStep);
  }
  const float share = part.colour == BodyColour::dark ? kDark : kGrey;
  return cv::Vec3f::all(share * static_cast<float>(light.white_level));
}

std::vector<cv::Point> corners_on_stencil(const Box& box_mm, const Point& shift_mm, const PartPlace& place,
                                          const cv::Rect& window) {
  constexpr int kShift = 4;  // of fillConvexPoly: corners in sixteenths
  std::vector<cv::Point> points;
  for (const Point& corner : corners(box_mm)) {
    const Point turned = place.upright ? Point(-corner.y(), corner.x()) : corner;
    const Point pixel = place.centre_px + place.px_per_mm * (turned + shift_mm);
    const Point fine((pixel.x() - window.x + 0.5) * kFiner - 0.5, (pixel.y() - window.y + 0.5) * kFiner - 0.5);
    points.emplace_back(cvRound(fine.x() * (1 << kShift)), cvRound(fine.y() * (1 << kShift)));
  }
  return points;
}

void fill(cv::Mat& map, const std::vector<cv::Point>& polygon, const cv::Scalar& value) {
  constexpr int kShift = 4;
  cv::fillConvexPoly(map, polygon, value, cv::LINE_8, kShift);
}

struct Levels {
  cv::Vec3f body = {};
  cv::Vec3f metal = {};
};

Stencil stencil_of(const VirtualPart& part, const PartPlace& place, const SceneLight& light, const cv::Rect& whole,
                   const Levels& levels) {
  const Box outline = outline_px(part, place);
  const double margin = part.height_mm * place.px_per_mm + 4 * light.blur_px + 2;
  const Box around = grown(outline, margin);
  const cv::Rect window =
      cv::Rect(static_cast<int>(std::floor(around.x)), static_cast<int>(std::floor(around.y)),
               static_cast<int>(std::ceil(around.width)), static_cast<int>(std::ceil(around.height))) &
      whole;
  Stencil stencil{.place = window};
  const cv::Size fine(window.width * kFiner, window.height * kFiner);
  stencil.colour = cv::Mat3f(fine, cv::Vec3f::all(0));
  stencil.cover = cv::Mat1f(fine, 0.0F);
  stencil.shadow = cv::Mat1f(fine, 0.0F);
  const Box whole_part{
      .x = -part.length_mm / 2, .y = -part.width_mm / 2, .width = part.length_mm, .height = part.width_mm};
  // From foot to end, a step at a time: the light comes at about 45 degrees.
  constexpr int kSteps = 8;
  for (int i = 0; i <= kSteps && light.shadow_depth > 0; ++i) {
    const Point shift_mm = light.shadow * (part.height_mm * i / kSteps);
    fill(stencil.shadow, corners_on_stencil(whole_part, shift_mm, place, window), cv::Scalar(1));
  }
  for (const PartPiece& piece : pieces_of(part)) {
    const cv::Vec3f level = piece.metal ? levels.metal : levels.body;
    const std::vector<cv::Point> polygon = corners_on_stencil(piece.box_mm, Point::Zero(), place, window);
    fill(stencil.colour, polygon, cv::Scalar(level[0], level[1], level[2]));
    fill(stencil.cover, polygon, cv::Scalar(1));
  }
  return stencil;
}

// As lens and sensor show it.
void develop(Stencil& stencil, double blur_px) {
  for (cv::Mat* map : std::initializer_list<cv::Mat*>{&stencil.colour, &stencil.cover, &stencil.shadow}) {
    cv::GaussianBlur(*map, *map, {}, blur_px * kFiner, 0, cv::BORDER_REPLICATE);
    cv::resize(*map, *map, stencil.place.size(), 0, 0, cv::INTER_AREA);
  }
}

// What the picture shows where the part will lie.
cv::Vec3f ground_of(const cv::Mat3f& picture, const cv::Rect& place) {
  const cv::Scalar mean = cv::mean(picture(place));
  return {static_cast<float>(mean[0]), static_cast<float>(mean[1]), static_cast<float>(mean[2])};
}

}  // namespace

Box outline_px(const VirtualPart& part, const PartPlace& place) {
  std::vector<Point> points;
  for (const PartPiece& piece : pieces_of(part)) {
    for (const Point& corner : corners(piece.box_mm)) {
      const Point turned = place.upright ? Point(-corner.y(), corner.x()) : corner;
      points.emplace_back(place.centre_px + place.px_per_mm * turned);
    }
  }
  return bounding_box(points);
}

void plant_part(cv::Mat3f& picture, const VirtualPart& part, const PartPlace& place, const SceneLight& light,
                std::uint64_t seed) {
  const cv::Rect whole({0, 0}, picture.size());
  const Box outline = outline_px(part, place);
  const cv::Rect seen = cv::Rect(cvRound(outline.x), cvRound(outline.y), std::max(1, cvRound(outline.width)),
                                 std::max(1, cvRound(outline.height))) &
                        whole;
  if (seen.empty()) {
    return;
  }
  Random random(seed);
  const float lit = light.local((seen.tl() + seen.br()) / 2);
  // Metal mirrors the room, of which any part may be seen in it.
  const auto metal = static_cast<float>(light.white_level * random.uniform(0.35, 0.95));
  Levels levels{.body = level_of(part, light, ground_of(picture, seen)), .metal = cv::Vec3f::all(metal * lit)};
  if (part.colour != BodyColour::board) {
    levels.body *= lit;
  }
  Stencil stencil = stencil_of(part, place, light, whole, levels);
  develop(stencil, light.blur_px);
  const auto depth = static_cast<float>(light.shadow_depth);
  for (int y = 0; y < stencil.place.height; ++y) {
    for (int x = 0; x < stencil.place.width; ++x) {
      cv::Vec3f& pixel = picture(stencil.place.y + y, stencil.place.x + x);
      const float cover = std::min(stencil.cover(y, x), 1.0F);
      const auto noise = static_cast<float>(light.noise * random.normal()) * cover;
      for (int c = 0; c < 3; ++c) {
        const float below = pixel[c] * (1 - depth * stencil.shadow(y, x));
        pixel[c] = std::max(below * (1 - cover) + stencil.colour(y, x)[c] + noise, 0.0F);
      }
    }
  }
}

}  // namespace boarddiff::imaging
