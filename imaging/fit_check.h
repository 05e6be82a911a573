// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"
#include "imaging/board_fit.h"
#include "imaging/grey_pyramid.h"
#include "imaging/registration.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace boarddiff::imaging {

// Middles of squares of the reference, an eighth of its longer side each and at least 24 px, in which a third of the
// places and more is confirmed, and of the others.
struct FitSquares {
  std::vector<Point> agreeing = {};
  std::vector<Point> differing = {};
};
[[nodiscard]] FitSquares squares_of(const BoardFit& fit, const cv::Size& reference_size);

// How far two fits to half of the places each differ at these points of the reference: 95 % of them, sample pixels.
[[nodiscard]] double stability_px_of(const BoardFit& fit, const std::vector<Point>& points,
                                     const cv::Size& reference_size, const cv::Size& sample_size,
                                     const PlaneFitPrior& prior);

// How far the places that lie on the board are from where the fit puts them, sample pixels, in order.
[[nodiscard]] std::vector<double> residuals_px_of(const BoardFit& fit);

[[nodiscard]] FitSigns signs_of(const GreyPyramid& reference, const ReferencePlaces& places, const GreyPyramid& sample,
                                const BoardFit& fit, const FitSquares& squares, double stability_px,
                                std::uint64_t seed);

// What tells two fits of the same pictures apart: places that only one of them confirms, of those that both compare.
struct FitAdvantage {
  int first = 0;
  int second = 0;
};
[[nodiscard]] FitAdvantage advantage_of(const BoardFit& first, const BoardFit& second);

// What a confidence is a function of: a one, then the signs so that they add up: the mean of the log odds of the
// confirmed places and of the agreeing squares, and the logarithms of the stability and of the residual.
inline constexpr int kConfidenceTerms = 4;
using ConfidenceTerms = Eigen::Matrix<double, kConfidenceTerms, 1>;
[[nodiscard]] ConfidenceTerms confidence_terms(const FitSigns& signs);

// The probability that a fit with these signs is right, as fitted to trials whose truth is known (logistic regression).
[[nodiscard]] double confidence_of(const FitSigns& signs);

// "the lower left third", for the part of a picture that holds these points; empty when they are spread over it.
[[nodiscard]] std::string part_in_words(const std::vector<Point>& points, const cv::Size& picture);

}  // namespace boarddiff::imaging
