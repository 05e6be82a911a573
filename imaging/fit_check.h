// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"
#include "imaging/board_fit.h"
#include "imaging/grey_pyramid.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace boarddiff::imaging {

// What the pictures say about a fit, independent of the details that led to it.
struct FitSigns {
  int places = 0;        // with detail in the reference that the fit puts inside the sample
  double confirmed = 0;  // share of them that look alike where the fit, and some height, has them
  double by_chance = 0;  // the same share where the fit is wrong on purpose, by a tenth of the picture and more
  int squares = 0;       // of the reference, an eighth of its longer side each, that hold enough places
  double agreeing = 0;   // share of the squares in which at least a third of the places is confirmed
  double on_board = 0;   // share of the places found that lie on the board rather than above it
  double stability = 0;  // how far two fits to half of the places each differ, 95 % of the squares, in units of
                         // the fit (`unit_px`)
  std::vector<Point> agreeing_middles = {};  // of squares, in the reference
  std::vector<Point> differing_middles = {};
};

[[nodiscard]] FitSigns signs_of(const GreyPyramid& reference, const ReferencePlaces& places, const GreyPyramid& sample,
                                const BoardFit& fit, const PlaneFitPrior& prior, std::uint64_t seed);

// What tells two fits of the same pictures apart: places that only one of them confirms, of those that both compare.
struct FitAdvantage {
  int first = 0;
  int second = 0;
};
[[nodiscard]] FitAdvantage advantage_of(const BoardFit& first, const BoardFit& second);

// How far a fit with these signs is to be believed, 0 to 1: a logistic function of the confirmed places and the
// agreeing squares, one half where a third of either agrees. Fits forced onto other boards confirm what chance does, a
// tenth.
[[nodiscard]] double confidence_of(const FitSigns& signs);

// "the lower left third", for the part of a picture that holds these points; empty when they are spread over it.
[[nodiscard]] std::string part_in_words(const std::vector<Point>& points, const cv::Size& picture);

}  // namespace boarddiff::imaging
