// SPDX-License-Identifier: Apache-2.0
#include "imaging/place_match.h"

#include "imaging/base/error.h"
#include "imaging/grey_patch.h"

#include <Eigen/LU>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace boarddiff::imaging {

namespace {

bool is_usable(const cv::Mat1b& usable, const Point& at) {
  const int x = cvRound(at.x());
  const int y = cvRound(at.y());
  return usable.empty() || (x >= 0 && y >= 0 && x < usable.cols && y < usable.rows && usable(y, x) != 0);
}

// The corners and the middle of a square of `half` steps show something in the picture behind it.
bool is_usable_around(const cv::Mat1b& usable, const Point& centre, const Eigen::Matrix2d& step, double half) {
  if (usable.empty()) {
    return true;
  }
  for (const Point& corner : {Point(0, 0), Point(-1, -1), Point(1, -1), Point(1, 1), Point(-1, 1)}) {
    if (!is_usable(usable, centre + step * corner * half)) {
      return false;
    }
  }
  return true;
}

// Correlations over the window, -2 where it was not asked for.
struct Likenesses {
  int reach = 0;
  std::vector<double> values = {};

  [[nodiscard]] double at(int x, int y) const {
    const bool inside = std::abs(x) <= reach && std::abs(y) <= reach;
    return inside ? values[static_cast<std::size_t>((y + reach) * (2 * reach + 1) + x + reach)] : -2;
  }
};

// Which shifts a window holds: a square, or a strip along a direction of the patch's own pixels.
bool is_wanted(const SearchWindow& window, const Point& direction, int x, int y) {
  if (!window.strip) {
    return true;
  }
  const double along = x * direction.x() + y * direction.y();
  const double across = std::abs(-x * direction.y() + y * direction.x());
  return along >= window.from_px - 0.5 && along <= window.to_px + 0.5 && across <= window.reach_px + 0.5;
}

Likenesses measured(const Template& wanted, const Window& around, int reach, const SearchWindow& window,
                    const Point& direction) {
  Likenesses result{.reach = reach};
  result.values.assign(static_cast<std::size_t>((2 * reach + 1) * (2 * reach + 1)), -2);
  for (int y = -reach; y <= reach; ++y) {
    for (int x = -reach; x <= reach; ++x) {
      if (is_wanted(window, direction, x, y)) {
        result.values[static_cast<std::size_t>((y + reach) * (2 * reach + 1) + x + reach)] =
            likeness_at(wanted, around, x + reach, y + reach);
      }
    }
  }
  return result;
}

struct Peak {
  int x = 0;
  int y = 0;
  double likeness = PlaceMatch::kNotCompared;
  double elsewhere = -1;
};

Peak highest(const Likenesses& likenesses) {
  constexpr int kSamePeak = 3;  // px
  Peak peak;
  for (int y = -likenesses.reach; y <= likenesses.reach; ++y) {
    for (int x = -likenesses.reach; x <= likenesses.reach; ++x) {
      if (likenesses.at(x, y) > peak.likeness) {
        peak.x = x;
        peak.y = y;
        peak.likeness = likenesses.at(x, y);
      }
    }
  }
  for (int y = -likenesses.reach; y <= likenesses.reach; ++y) {
    for (int x = -likenesses.reach; x <= likenesses.reach; ++x) {
      if (std::max(std::abs(x - peak.x), std::abs(y - peak.y)) > kSamePeak) {
        peak.elsewhere = std::max(peak.elsewhere, likenesses.at(x, y));
      }
    }
  }
  return peak;
}

// The vertex of the parabola through three values, from -0.5 to 0.5.
double vertex(double before, double at, double after) {
  const double bend = before - 2 * at + after;
  return bend < 0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0;
}

// What both patches have in common, as gradients of the template and its values without mean, of length 1.
struct Slopes {
  std::vector<Eigen::Vector2d> gradients = {};
  std::vector<double> values = {};
  Eigen::Matrix2d normal = Eigen::Matrix2d::Zero();
};

std::vector<double> normalised(const Patch& patch) {
  const Template sums = template_of(patch);
  const double mean = static_cast<double>(sums.sum) / static_cast<double>(patch.values.size());
  std::vector<double> result;
  result.reserve(patch.values.size());
  for (const std::int16_t value : patch.values) {
    result.push_back((value - mean) / std::max(sums.spread, 1e-6));
  }
  return result;
}

// `wide` is the template with a pixel more on every side.
Slopes slopes_of(const Template& wanted, const Patch& wide) {
  Slopes slopes{.values = normalised(wanted.patch)};
  const double scale = 0.5 / std::max(wanted.spread, 1e-6);
  slopes.gradients.reserve(slopes.values.size());
  for (int y = 1; y + 1 < wide.side; ++y) {
    for (int x = 1; x + 1 < wide.side; ++x) {
      slopes.gradients.emplace_back(scale * (wide.row(y)[x + 1] - wide.row(y)[x - 1]),
                                    scale * (wide.row(y + 1)[x] - wide.row(y - 1)[x]));
      slopes.normal += slopes.gradients.back() * slopes.gradients.back().transpose();
    }
  }
  return slopes;
}

// What one search needs, in pixels of the two levels.
struct Levels {
  const cv::Mat1b& reference;
  const cv::Mat1b& sample;
  cv::Point centre = {};                               // of the patch, pixels of the reference's level
  Point start = Point::Zero();                         // of the search, pixels of the sample's level
  Eigen::Matrix2d step = Eigen::Matrix2d::Identity();  // sample level pixels a reference level pixel
};

// Least squares on the shift (patch pixels) from `start_px`; false when it runs away.
bool refine(const Levels& levels, const Slopes& slopes, int half, Point& shift_px, Eigen::Matrix2d& covariance_px) {
  constexpr int kSteps = 6;
  constexpr double kEnough = 0.003;  // px
  // Neighbouring pixels err together (light, lenses, compression): four count as one.
  constexpr double kTogether = 4;
  const Point first = shift_px;
  const Eigen::Matrix2d inverse = (slopes.normal + 1e-9 * Eigen::Matrix2d::Identity()).inverse();
  double squares = 0;
  for (int step = 0; step < kSteps; ++step) {
    const Patch seen = sampled(levels.sample, levels.start + levels.step * shift_px, levels.step, half);
    if (seen.side == 0) {
      return false;
    }
    const std::vector<double> values = normalised(seen);
    Point right = Point::Zero();
    squares = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double difference = values[i] - slopes.values[i];
      right += slopes.gradients[i] * difference;
      squares += difference * difference;
    }
    const Point change = inverse * right;
    shift_px -= change;
    if (!((shift_px - first).norm() < 1.5)) {
      return false;
    }
    if (change.norm() < kEnough) {
      break;
    }
  }
  const double variance = kTogether * squares / static_cast<double>(slopes.values.size());
  constexpr double kLeastDeviation = 0.03;  // px: interpolation alone errs by as much
  covariance_px = variance * inverse + kLeastDeviation * kLeastDeviation * Eigen::Matrix2d::Identity();
  return true;
}

PlaceMatch match_one(const GreyPyramid& reference, const GreyPyramid& sample, const PlaceSearch& search,
                     const SearchWindow& window, const Point& direction_in_sample) {
  PlaceMatch match;
  const cv::Mat1b& picture = reference.levels[static_cast<std::size_t>(window.level)];
  const Point at = to_level(reference, window.level, search.reference);
  const cv::Point centre(cvRound(at.x()), cvRound(at.y()));
  const int half = window.half_patch;
  const cv::Rect needed(centre.x - half - 1, centre.y - half - 1, 2 * half + 3, 2 * half + 3);
  match.reference = from_level(reference, window.level, {centre.x, centre.y});
  const double level_px = reference.levels.front().cols / static_cast<double>(picture.cols);
  const Eigen::Matrix2d full_step = search.step * level_px;  // sample pixels a patch pixel
  const double size = std::sqrt(std::abs(full_step.determinant()));
  if ((needed & cv::Rect({0, 0}, picture.size())) != needed || !(size > 1e-3 && size < 1e3)) {
    return match;
  }
  const int sample_level = level_for(sample, size);
  const cv::Mat1b& sample_picture = sample.levels[static_cast<std::size_t>(sample_level)];
  const Point start_px = search.sample + search.step * (match.reference - search.reference);
  const double sample_scale = sample_picture.cols / static_cast<double>(sample.levels.front().cols);
  const Levels levels{.reference = picture,
                      .sample = sample_picture,
                      .centre = centre,
                      .start = to_level(sample, sample_level, start_px),
                      .step = full_step * sample_scale};
  const Point far = window.strip ? Point(window.from_px, window.to_px) : Point(0, 0);
  const int reach = window.reach_px + (window.strip ? static_cast<int>(std::ceil(far.cwiseAbs().maxCoeff())) : 0);
  const Eigen::Matrix2d level_step = Eigen::Matrix2d::Identity() * level_px;
  if (!start_px.allFinite() || !is_usable_around(reference.usable, match.reference, level_step, half) ||
      !is_usable_around(sample.usable, start_px, full_step, half + reach)) {
    return match;
  }
  Patch around = sampled(levels.sample, levels.start, levels.step, half + reach);
  if (around.side == 0) {
    return match;
  }
  const Patch wide = sampled(picture, {centre.x, centre.y}, Eigen::Matrix2d::Identity(), half + 1);
  const Template wanted = template_of(sampled(picture, {centre.x, centre.y}, Eigen::Matrix2d::Identity(), half));
  if (wide.side == 0) {
    return match;
  }
  const Point direction = window.strip ? Point((full_step.inverse() * direction_in_sample).normalized()) : Point(0, 0);
  const Likenesses likenesses = measured(wanted, window_of(std::move(around)), reach, window, direction);
  const Peak peak = highest(likenesses);
  match.likeness = peak.likeness;
  match.runner_up = peak.elsewhere;
  const auto neighbour = [&](int x, int y) { return likenesses.at(peak.x + x, peak.y + y); };
  if (std::min({neighbour(-1, 0), neighbour(1, 0), neighbour(0, -1), neighbour(0, 1)}) < -1.5) {
    return match;  // at the window's end: the true place may lie beyond
  }
  Point shift_px(peak.x + vertex(neighbour(-1, 0), peak.likeness, neighbour(1, 0)),
                 peak.y + vertex(neighbour(0, -1), peak.likeness, neighbour(0, 1)));
  Eigen::Matrix2d covariance_px;
  if (!refine(levels, slopes_of(wanted, wide), half, shift_px, covariance_px)) {
    return match;
  }
  match.found = true;
  match.sample = start_px + full_step * shift_px;
  match.covariance = full_step * covariance_px * full_step.transpose();
  return match;
}

}  // namespace

std::vector<Point> spread_places(const GreyPyramid& reference, int level, int spacing_px, const cv::Mat1b& shown) {
  constexpr float kLeastDetail = 2e-4F;  // of an edge from black to white
  const cv::Mat1b& picture = reference.levels[static_cast<std::size_t>(level)];
  cv::Mat1f detail;
  cv::cornerMinEigenVal(picture, detail, 5, 3);
  std::vector<Point> places;
  for (int y = 0; y + spacing_px <= picture.rows; y += spacing_px) {
    for (int x = 0; x + spacing_px <= picture.cols; x += spacing_px) {
      const cv::Rect square(x, y, spacing_px, spacing_px);
      double best = 0;
      cv::Point at;
      cv::minMaxLoc(detail(square), nullptr, &best, nullptr, &at, shown.empty() ? cv::Mat() : shown(square));
      if (best > kLeastDetail) {
        places.push_back(from_level(reference, level, {x + at.x, y + at.y}));
      }
    }
  }
  return places;
}

std::vector<PlaceMatch> match_places(const GreyPyramid& reference, const GreyPyramid& sample,
                                     const std::vector<PlaceSearch>& searches, const SearchWindow& window,
                                     const std::vector<Point>& directions) {
  require(!window.strip || directions.size() == searches.size(), "match_places: a strip has a direction a search");
  require(window.half_patch >= 2 && window.half_patch <= 20, "match_places: sums fit 32 bits");
  std::vector<PlaceMatch> matches(searches.size());
  cv::parallel_for_(cv::Range(0, static_cast<int>(searches.size())), [&](const cv::Range& range) {
    for (int i = range.start; i < range.end; ++i) {
      const auto index = static_cast<std::size_t>(i);
      matches[index] = match_one(reference, sample, searches[index], window,
                                 window.strip ? directions[index] : Point(Point::Zero()));
    }
  });
  return matches;
}

}  // namespace boarddiff::imaging
