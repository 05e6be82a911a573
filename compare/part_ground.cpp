// SPDX-License-Identifier: Apache-2.0
#include "compare/part_ground.h"

#include "compare/set_share.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace boarddiff::compare {

namespace {

// Pads at both ends of a place, in one direction or the other: metal that is brighter than what lies between them.
bool shows_pads(const cv::Mat1f& brightness, const cv::Mat1b& metal) {
  constexpr double kPads = 0.4;      // of the ends
  constexpr double kBrighter = 1.2;  // than between them
  const auto at_ends = [&](const cv::Mat1f& light, const cv::Mat1b& map) {
    const int end = std::max(1, cvRound(0.3 * map.cols));
    const cv::Range ends[] = {{0, end}, {map.cols - end, map.cols}};
    const cv::Range between(map.cols * 2 / 5, std::max(map.cols * 3 / 5, map.cols * 2 / 5 + 1));
    const double middle = cv::mean(light.colRange(between))[0];
    return std::all_of(std::begin(ends), std::end(ends), [&](const cv::Range& range) {
      return set_share(map.colRange(range)) > kPads && cv::mean(light.colRange(range))[0] > kBrighter * middle;
    });
  };
  cv::Mat1f turned_light;
  cv::Mat1b turned_metal;
  cv::rotate(brightness, turned_light, cv::ROTATE_90_CLOCKWISE);
  cv::rotate(metal, turned_metal, cv::ROTATE_90_CLOCKWISE);
  return at_ends(brightness, metal) || at_ends(turned_light, turned_metal);
}

}  // namespace

std::string_view name_of(PartGround ground) {
  switch (ground) {
    case PartGround::bare_board:
      return "bare_board";
    case PartGround::across_traces:
      return "across_traces";
    case PartGround::empty_footprint:
      return "empty_footprint";
    case PartGround::on_part:
      return "on_part";
  }
  return "bare_board";
}

std::string_view words_for(PartGround ground) {
  switch (ground) {
    case PartGround::bare_board:
      return "on bare board";
    case PartGround::across_traces:
      return "across traces or print";
    case PartGround::empty_footprint:
      return "on pads that have no part in the reference";
    case PartGround::on_part:
      return "on top of another part";
  }
  return "on bare board";
}

std::optional<PartGround> ground_in(const BelowPart& below, const Substrate& substrate) {
  constexpr double kCovered = 0.85;
  constexpr double kCoveredAround = 0.6;
  constexpr double kBoard = 0.35;       // traces and print cover no more of it
  constexpr double kEven = 0.1;         // of the brightness of bare mask: its deviation
  constexpr float kPadOverMask = 0.5F;  // in logarithms of light
  const cv::Size size = below.covered.size();
  const cv::Rect inner(size.width / 4, size.height / 4, std::max(1, size.width / 2), std::max(1, size.height / 2));
  const cv::Mat1b covered = below.covered(inner);
  cv::Mat1b around = below.covered.clone();
  around(inner).setTo(0);
  const double covered_around = cv::countNonZero(around) / std::max(1.0, double(size.area() - inner.area()));
  const double covered_inside = set_share(covered);
  cv::Mat1f brightness;
  cv::cvtColor(below.light, brightness, cv::COLOR_BGR2GRAY);
  const float mask = std::exp(substrate.centre[2]);
  const cv::Mat1b bright(below.covered & (brightness > mask * std::exp(kPadOverMask)));
  // Where the part's terminals look like the pads below them, only what lies between these has changed.
  if (shows_pads(brightness(inner), bright(inner)) || shows_pads(brightness, bright)) {
    return PartGround::empty_footprint;
  }
  if (covered_inside > kCovered && covered_around > kCoveredAround) {
    return PartGround::on_part;
  }
  if (covered_inside > kBoard) {
    return std::nullopt;
  }
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(brightness(inner), mean, deviation);
  if (deviation[0] > kEven * std::max(mean[0], 0.05)) {
    return PartGround::across_traces;
  }
  // On a black board the top of a circuit looks the same.
  constexpr float kDark = 0.3F;
  const bool like_circuits = mask < kDark && !is_coloured(substrate);
  return like_circuits ? std::nullopt : std::optional(PartGround::bare_board);
}

}  // namespace boarddiff::compare
