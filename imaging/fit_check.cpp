// SPDX-License-Identifier: Apache-2.0
#include "imaging/fit_check.h"

#include "imaging/base/order_statistics.h"
#include "imaging/base/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

namespace boarddiff::imaging {

namespace {

constexpr double kAlike = 0.5;  // normalised correlation; below, patches of other boards get there as well

using Square = std::pair<int, int>;

double square_side(const cv::Size& reference) {
  constexpr double kLeast_px = 24;  // a few places, however small the picture
  return std::max(std::max(reference.width, reference.height) / 8.0, kLeast_px);
}

Square square_of(const Point& point, const cv::Size& reference) {
  const double side = square_side(reference);
  return {static_cast<int>(point.x() / side), static_cast<int>(point.y() / side)};
}

Point middle_of(const Square& square, const cv::Size& reference) {
  const double side = square_side(reference);
  return {(square.first + 0.5) * side, (square.second + 0.5) * side};
}

bool is_confirmed(const PlaceMatch& match, const BoardFit& fit) {
  if (!match.found || match.likeness < kAlike) {
    return false;
  }
  const double near_px = std::max(4 * fit.plane.noise_px, 1.5 * fit.unit_px);
  const Displacement moved = displacement(fit.parallax, fit.plane.map, match);
  return std::abs(fit.parallax.known ? moved.across_px : moved.along_px) < near_px;
}

// The places where the fit does not have them: the same windows elsewhere in the sample.
std::vector<PlaceMatch> elsewhere(const GreyPyramid& reference, const ReferencePlaces& places,
                                  const GreyPyramid& sample, const BoardFit& fit, std::uint64_t seed) {
  Random random(seed);
  const cv::Size size = sample.levels.front().size();
  const double longer = std::max(size.width, size.height);
  std::vector<PlaceSearch> searches = searches_for(places.few, fit.plane.map);
  for (PlaceSearch& search : searches) {
    const double angle = random.uniform(0, 6.283185307);
    const double distance = longer * random.uniform(0.1, 0.3);
    search.sample += distance * Point(std::cos(angle), std::sin(angle));
  }
  return match_places(reference, sample, searches, {.level = places.level, .half_patch = 8, .reach_px = 8});
}

double confirmed_share(const std::vector<PlaceMatch>& matches, const BoardFit& fit, bool anywhere) {
  int compared = 0;
  int confirmed = 0;
  for (const PlaceMatch& match : matches) {
    if (match.compared()) {
      ++compared;
      confirmed += (anywhere ? match.found && match.likeness >= kAlike : is_confirmed(match, fit)) ? 1 : 0;
    }
  }
  return compared > 0 ? confirmed / static_cast<double>(compared) : 0;
}

}  // namespace

FitSquares squares_of(const BoardFit& fit, const cv::Size& reference_size) {
  constexpr int kEnoughPlaces = 4;  // a square
  constexpr double kLeastShare = 1.0 / 3;
  std::map<Square, std::pair<int, int>> counts;  // places, confirmed
  for (const PlaceMatch& match : fit.tried) {
    if (match.compared()) {
      auto& [all, confirmed] = counts[square_of(match.reference, reference_size)];
      ++all;
      confirmed += is_confirmed(match, fit) ? 1 : 0;
    }
  }
  FitSquares squares;
  for (const auto& [square, count] : counts) {
    if (count.first >= kEnoughPlaces) {
      const bool agrees = count.second >= kLeastShare * count.first;
      (agrees ? squares.agreeing : squares.differing).push_back(middle_of(square, reference_size));
    }
  }
  return squares;
}

// From alternate halves of the places.
double stability_px_of(const BoardFit& fit, const std::vector<Point>& points, const cv::Size& reference_size,
                       const cv::Size& sample_size, const PlaneFitPrior& prior) {
  constexpr double kLeastPlaces = 8;
  constexpr double kUnsteady_px = 1e3;
  std::array<PlaneMap, 2> halves;
  for (std::size_t half = 0; half < 2; ++half) {
    std::vector<PlaceMatch> some;
    for (std::size_t i = 0; i < fit.matches.size(); ++i) {
      // Pairs of neighbours go together: they err together.
      if ((i / 2) % 2 == half) {
        some.push_back(fit.matches[i]);
      }
    }
    const SettledPlane settled = settle_plane(some, fit.plane.map, fit.parallax, reference_size, sample_size,
                                              {.start_px = 2 * fit.unit_px, .prior = prior});
    // Halves that hold nothing on to the plane both stay where they began.
    if (std::accumulate(settled.on_plane.begin(), settled.on_plane.end(), 0.0) < kLeastPlaces) {
      return kUnsteady_px;
    }
    halves[half] = settled.map;
  }
  std::vector<float> differences;
  for (const Point& point : points) {
    const double difference = (to_sample(halves[0], point) - to_sample(halves[1], point)).norm();
    differences.push_back(std::isfinite(difference) ? static_cast<float>(difference)
                                                    : static_cast<float>(kUnsteady_px));
  }
  return differences.empty() ? kUnsteady_px : quantile(differences, 0.95);
}

std::vector<double> residuals_px_of(const BoardFit& fit) {
  std::vector<double> residuals;
  for (std::size_t i = 0; i < fit.matches.size(); ++i) {
    const double residual = (fit.matches[i].sample - to_sample(fit.plane.map, fit.matches[i].reference)).norm();
    if (fit.plane.on_plane[i] > 0.5 && std::isfinite(residual)) {
      residuals.push_back(residual);
    }
  }
  std::sort(residuals.begin(), residuals.end());
  return residuals;
}

FitSigns signs_of(const GreyPyramid& reference, const ReferencePlaces& places, const GreyPyramid& sample,
                  const BoardFit& fit, const FitSquares& squares, double stability_px, std::uint64_t seed) {
  const cv::Size size = reference.levels.front().size();
  FitSigns signs;
  signs.places = static_cast<int>(
      std::count_if(fit.tried.begin(), fit.tried.end(), [](const PlaceMatch& match) { return match.compared(); }));
  signs.confirmed = confirmed_share(fit.tried, fit, false);
  signs.by_chance = confirmed_share(elsewhere(reference, places, sample, fit, seed), fit, true);
  signs.squares = static_cast<int>(squares.agreeing.size() + squares.differing.size());
  signs.agreeing = static_cast<double>(squares.agreeing.size()) / std::max(1, signs.squares);
  const auto on_board = std::count_if(fit.plane.on_plane.begin(), fit.plane.on_plane.end(),
                                      [](double probability) { return probability > 0.5; });
  signs.on_board = static_cast<double>(on_board) / static_cast<double>(std::max<std::size_t>(1, fit.matches.size()));
  const double thousandth_px = fit.scale * std::max(size.width, size.height) / 1000;
  const auto in_thousandths = [&](double px) {
    const double value = px / thousandth_px;
    return std::isfinite(value) ? value : 1000;
  };
  const std::vector<double> residuals_px = residuals_px_of(fit);
  signs.stability = in_thousandths(stability_px);
  signs.residual = residuals_px.empty() ? 1000 : in_thousandths(residuals_px[residuals_px.size() / 2]);
  return signs;
}

FitAdvantage advantage_of(const BoardFit& first, const BoardFit& second) {
  // A place is known by the middle of its patch.
  std::map<std::pair<double, double>, bool> by_second;
  for (const PlaceMatch& match : second.tried) {
    if (match.compared()) {
      by_second[{match.reference.x(), match.reference.y()}] = is_confirmed(match, second);
    }
  }
  FitAdvantage advantage;
  for (const PlaceMatch& match : first.tried) {
    const auto other = by_second.find({match.reference.x(), match.reference.y()});
    if (match.compared() && other != by_second.end()) {
      const bool confirmed = is_confirmed(match, first);
      advantage.first += confirmed && !other->second ? 1 : 0;
      advantage.second += !confirmed && other->second ? 1 : 0;
    }
  }
  return advantage;
}

ConfidenceTerms confidence_terms(const FitSigns& signs) {
  // Shares that are 0 or 1 by the luck of few places say no more than nearly that.
  const auto log_odds = [](double share, double doubt) { return std::log((share + doubt) / (1 + doubt - share)); };
  // Better than that is good: on a block that two boards share, fits are as good as can be.
  constexpr double kGood = 1;
  constexpr double kBad = 20;
  ConfidenceTerms terms;
  terms << 1, (log_odds(signs.confirmed, 0.02) + log_odds(signs.agreeing, 0.05)) / 2,
      std::log(std::clamp(signs.stability, kGood, kBad)), std::log(std::clamp(signs.residual, kGood, kBad));
  return terms;
}

double confidence_of(const FitSigns& signs) {
  // As `registration_trials --fit-confidence` fitted them to the development trials and a set that was held back
  // before; the development trials alone give 3.1, 1.6, -2.5, -1.8.
  const ConfidenceTerms weights(2.9, 1.35, -2.05, -2.0);
  return 1 / (1 + std::exp(-weights.dot(confidence_terms(signs))));
}

std::string part_in_words(const std::vector<Point>& points, const cv::Size& picture) {
  if (points.empty()) {
    return {};
  }
  // A third of a side, when all but a tenth of the points lie within less than half of it.
  const auto third = [](std::vector<float> values, double side) {
    std::sort(values.begin(), values.end());
    const std::size_t stray = values.size() / 20;
    const double low = values[stray] / side;
    const double high = values[values.size() - 1 - stray] / side;
    if (high - low > 0.45) {
      return -1;
    }
    return std::clamp(static_cast<int>((low + high) / 2 * 3), 0, 2);
  };
  std::vector<float> xs;
  std::vector<float> ys;
  for (const Point& point : points) {
    xs.push_back(static_cast<float>(point.x()));
    ys.push_back(static_cast<float>(point.y()));
  }
  const int column = third(xs, picture.width);
  const int row = third(ys, picture.height);
  constexpr std::array kRows = {"upper", "middle", "lower"};
  constexpr std::array kColumns = {"left", "middle", "right"};
  if (row < 0 && column < 0) {
    return {};
  }
  if (column < 0) {
    return std::string("the ") + kRows[static_cast<std::size_t>(row)] + " third";
  }
  if (row < 0) {
    return std::string("the ") + kColumns[static_cast<std::size_t>(column)] + " third";
  }
  if (row == 1 && column == 1) {
    return "the middle";
  }
  return std::string("the ") + kRows[static_cast<std::size_t>(row)] + " " + kColumns[static_cast<std::size_t>(column)] +
         " part";
}

}  // namespace boarddiff::imaging
