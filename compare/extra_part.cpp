// SPDX-License-Identifier: Apache-2.0
#include "compare/extra_part.h"

#include "compare/changed_body.h"
#include "compare/other_light.h"
#include "compare/part_look.h"
#include "compare/whole_pixels.h"
#include "imaging/base/order_statistics.h"
#include "imaging/base/text.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace boarddiff::compare {

namespace {

using imaging::Box;

// The area that overlaps the region most, its holes filled; empty for none.
cv::Mat1b main_area(const cv::Mat1b& areas, const cv::Rect& region) {
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(areas, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
  cv::Mat1b best;
  int most = 0;
  for (std::size_t i = 0; i < contours.size(); ++i) {
    cv::Mat1b filled(areas.size(), uchar{0});
    cv::drawContours(filled, contours, static_cast<int>(i), cv::Scalar(255), cv::FILLED);
    const int inside = cv::countNonZero(filled(region));
    if (inside > most) {
      most = inside;
      best = filled;
    }
  }
  return best;
}

// How far the sample is from the reference, in the channel where it is farthest.
cv::Mat1f step_between(const cv::Mat3f& reference, const cv::Mat3f& sample) {
  cv::Mat1f step(reference.size());
  for (int y = 0; y < step.rows; ++y) {
    for (int x = 0; x < step.cols; ++x) {
      const cv::Vec3f difference = sample(y, x) - reference(y, x);
      step(y, x) = std::max({std::abs(difference[0]), std::abs(difference[1]), std::abs(difference[2])});
    }
  }
  return step;
}

// The added body: what changed, less its shadow where enough is left without it. On a board as dark as the part they
// cannot be told apart. A blurred edge lies where it has half of its step.
cv::Mat1b body_in(const cv::Mat1b& changed, const cv::Mat3f& before, const cv::Mat3f& after, const cv::Rect& region) {
  constexpr double kLeast = 0.35;
  const cv::Mat1f step = step_between(before, after);
  const cv::Mat opening = cv::getStructuringElement(cv::MORPH_ELLIPSE, {3, 3});
  const auto outlined = [&](const cv::Mat1b& areas) {
    std::vector<float> steps;
    for (int y = region.y; y < region.br().y; ++y) {
      for (int x = region.x; x < region.br().x; ++x) {
        if (areas(y, x) != 0) {
          steps.push_back(step(y, x));
        }
      }
    }
    if (steps.empty()) {
      return cv::Mat1b();
    }
    cv::Mat1b result(areas & (step > 0.5F * imaging::median(steps)));
    cv::morphologyEx(result, result, cv::MORPH_CLOSE, opening);
    cv::morphologyEx(result, result, cv::MORPH_OPEN, opening);
    return main_area(result, region);
  };
  const cv::Mat1b all = outlined(changed);
  const cv::Mat1b lit = outlined(cv::Mat1b(changed & ~other_light(before, after)));
  if (all.empty() || lit.empty() || cv::countNonZero(lit) < kLeast * cv::countNonZero(all)) {
    return all;
  }
  return lit;
}

// A picture of what lies in the rectangle, its length along x, with a margin of that share of either side.
cv::Mat upright(const cv::Mat& picture, const cv::RotatedRect& rect, double margin) {
  const bool along = rect.size.width >= rect.size.height;
  const double length = along ? rect.size.width : rect.size.height;
  const double width = along ? rect.size.height : rect.size.width;
  const double angle = (rect.angle + (along ? 0 : 90)) * CV_PI / 180;
  const cv::Size size(std::max(3, cvRound(length * (1 + 2 * margin))), std::max(3, cvRound(width * (1 + 2 * margin))));
  const double cos = std::cos(angle);
  const double sin = std::sin(angle);
  const double mid_x = (size.width - 1) / 2.0;
  const double mid_y = (size.height - 1) / 2.0;
  const cv::Matx23d picture_from_upright(cos, -sin, rect.center.x - cos * mid_x + sin * mid_y, sin, cos,
                                         rect.center.y - sin * mid_x - cos * mid_y);
  cv::Mat result;
  cv::warpAffine(picture, result, picture_from_upright, size, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
  return result;
}

}  // namespace

std::optional<ExtraPart> describe_extra_part(const imaging::NormalizedPair& pair, const BoardSurface& surface,
                                             const Box& in_reference) {
  const Box box = imaging::scaled(in_reference, pair.scale);
  const double margin = std::max(12.0, 0.5 * std::max(box.width, box.height));
  const cv::Rect window = whole_pixels(imaging::grown(box, margin), pair.size());
  const cv::Rect region = (whole_pixels(box, pair.size()) & window) - window.tl();
  if (region.empty()) {
    return std::nullopt;
  }
  const cv::Mat3f before = pair.reference(window);
  const cv::Mat3f after = pair.sample(window);
  const cv::Mat1b body = body_in(changed_pixels(pair, window, region), before, after, region);
  if (body.empty()) {
    return std::nullopt;
  }
  std::vector<cv::Point> points;
  cv::findNonZero(body, points);
  cv::RotatedRect rect = cv::minAreaRect(points);
  rect.size += cv::Size2f(1, 1);  // from the middles of the outermost pixels to their edges
  const double length = std::max(rect.size.width, rect.size.height);
  const double width = std::min(rect.size.width, rect.size.height);
  constexpr double kNarrowest_px = 4;
  if (width < kNarrowest_px) {
    return std::nullopt;
  }
  ExtraPart part{.length_px = length / pair.scale, .width_px = width / pair.scale};
  std::array<cv::Point2f, 4> corners;
  rect.points(corners.data());
  for (const cv::Point2f& corner : corners) {
    part.reference_outline.emplace_back((double{corner.x} + window.x + 0.5) / pair.scale - 0.5,
                                        (double{corner.y} + window.y + 0.5) / pair.scale - 0.5);
  }
  const cv::Mat3f seen = upright(after, rect, 0);
  part.terminals = terminals_in(seen);
  part.colour = colour_in(seen);
  constexpr double kAround = 0.5;
  part.ground =
      ground_in({.light = upright(before, rect, kAround), .covered = upright(surface.covered(window), rect, kAround)},
                surface.substrate);
  return part;
}

std::string sentence_on(const ExtraPart& part) {
  const auto side = [&](double length, double in_mm) {
    return part.size_mm ? imaging::fixed_text(in_mm, 1) : imaging::fixed_text(length, 0);
  };
  const imaging::Point size_mm = part.size_mm.value_or(imaging::Point::Zero());
  std::string sentence = "It is about " + side(part.length_px, size_mm.x()) + " x " + side(part.width_px, size_mm.y()) +
                         (part.size_mm ? " mm, " : " px, ") + part.colour;
  if (part.terminals) {
    sentence += ", with " + std::to_string(*part.terminals) + " terminals";
  }
  return sentence + (part.ground ? ", and lies " + std::string(words_for(*part.ground)) : "") + ".";
}

}  // namespace boarddiff::compare
