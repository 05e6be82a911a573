// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/cluster_difference.h"

#include "datasets/evaluation/yardstick_pieces.h"
#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

namespace boarddiff::datasets {
namespace {

constexpr int kLevels = 256;

std::array<double, kLevels> cumulated_shares(const cv::Mat1b& channel, const cv::Mat1b& seen) {
  std::array<double, kLevels> shares = {};
  for (int y = 0; y < channel.rows; ++y) {
    for (int x = 0; x < channel.cols; ++x) {
      shares[channel(y, x)] += seen(y, x) != 0 ? 1 : 0;
    }
  }
  std::partial_sum(shares.begin(), shares.end(), shares.begin());
  const double all = std::max(1.0, shares.back());
  for (double& share : shares) {
    share /= all;
  }
  return shares;
}

// The sample's channel with the histogram of the reference's, where both are seen.
cv::Mat1b matched_channel(const cv::Mat1b& sample, const cv::Mat1b& reference, const cv::Mat1b& seen) {
  const auto from = cumulated_shares(sample, seen);
  const auto to = cumulated_shares(reference, seen);
  cv::Mat1b levels(1, kLevels);
  for (int level = 0; level < kLevels; ++level) {
    const auto* const same = std::lower_bound(to.begin(), to.end(), from.at(static_cast<std::size_t>(level)));
    levels(0, level) = static_cast<unsigned char>(std::min<std::ptrdiff_t>(same - to.begin(), kLevels - 1));
  }
  cv::Mat1b result;
  cv::LUT(sample, levels, result);
  return result;
}

cv::Mat matched(const cv::Mat& sample, const cv::Mat& reference, const cv::Mat1b& seen) {
  std::vector<cv::Mat> of_sample;
  std::vector<cv::Mat> of_reference;
  cv::split(sample, of_sample);
  cv::split(reference, of_reference);
  for (std::size_t i = 0; i < of_sample.size(); ++i) {
    of_sample[i] = matched_channel(of_sample[i], of_reference[i], seen);
  }
  cv::Mat result;
  cv::merge(of_sample, result);
  return result;
}

// How far apart hues are, 0 to 1; less where either picture has little colour, since grey has no hue.
cv::Mat1f hue_difference(const cv::Mat3b& reference, const cv::Mat3b& sample) {
  cv::Mat3b hsv_reference;
  cv::Mat3b hsv_sample;
  cv::cvtColor(reference, hsv_reference, cv::COLOR_BGR2HSV);
  cv::cvtColor(sample, hsv_sample, cv::COLOR_BGR2HSV);
  constexpr int kTurn = 180;
  cv::Mat1f difference(reference.size());
  for (int y = 0; y < reference.rows; ++y) {
    for (int x = 0; x < reference.cols; ++x) {
      const cv::Vec3b& a = hsv_reference(y, x);
      const cv::Vec3b& b = hsv_sample(y, x);
      const int apart = std::abs(a[0] - b[0]);
      difference(y, x) = static_cast<float>(2 * std::min(apart, kTurn - apart)) / kTurn *
                         static_cast<float>(std::min(a[1], b[1])) / 255;
    }
  }
  return difference;
}

struct Differences {
  std::vector<cv::Mat1f> channels = {};  // 0 to 1; those of the picture, then hue
  cv::Mat1f mean = {};                   // of the picture's channels
  cv::Mat1f mean_square = {};
};

Differences differences_of(const cv::Mat& reference, const cv::Mat& sample) {
  cv::Mat apart;
  cv::absdiff(reference, sample, apart);
  std::vector<cv::Mat> channels;
  cv::split(apart, channels);
  Differences differences{.mean = cv::Mat1f(apart.size(), 0.0F), .mean_square = cv::Mat1f(apart.size(), 0.0F)};
  const double share = 1.0 / static_cast<double>(channels.size());
  for (const cv::Mat& channel : channels) {
    cv::Mat1f one;
    channel.convertTo(one, CV_32F, 1.0 / 255);
    cv::scaleAdd(one, share, differences.mean, differences.mean);
    cv::scaleAdd(one.mul(one), share, differences.mean_square, differences.mean_square);
    differences.channels.push_back(one);
  }
  if (reference.channels() == 3) {
    differences.channels.push_back(hue_difference(reference, sample));
  }
  return differences;
}

// Places to fit to, drawn among those that are seen with all of their window.
std::vector<cv::Point> drawn_places(const cv::Mat1b& seen, int margin, int most, imaging::Random random) {
  std::vector<cv::Point> places;
  const cv::Rect inner(margin, margin, seen.cols - 2 * margin, seen.rows - 2 * margin);
  if (inner.width < 1 || inner.height < 1) {
    return places;
  }
  for (int i = 0; i < most; ++i) {
    const cv::Point at(random.integer(inner.x, inner.x + inner.width - 1),
                       random.integer(inner.y, inner.y + inner.height - 1));
    if (seen(at) != 0) {
      places.push_back(at);
    }
  }
  return places;
}

// Row by row a window: all of the first channel, then of the next.
cv::Mat1f windows_at(const std::vector<cv::Mat1f>& channels, const std::vector<cv::Point>& places, int side) {
  const int of_channel = side * side;
  cv::Mat1f windows(static_cast<int>(places.size()), of_channel * static_cast<int>(channels.size()));
  for (std::size_t i = 0; i < places.size(); ++i) {
    const cv::Rect window(places[i].x - side / 2, places[i].y - side / 2, side, side);
    for (std::size_t c = 0; c < channels.size(); ++c) {
      const cv::Mat1f row = channels[c](window).clone().reshape(1, 1);
      row.copyTo(windows(cv::Rect(of_channel * static_cast<int>(c), static_cast<int>(i), of_channel, 1)));
    }
  }
  return windows;
}

// The window around each pixel along each component. A component is one filter for each channel.
std::vector<cv::Mat1f> projected(const std::vector<cv::Mat1f>& channels, const cv::PCA& components, int side) {
  std::vector<cv::Mat1f> along;
  for (int k = 0; k < components.eigenvectors.rows; ++k) {
    const cv::Mat1f direction = components.eigenvectors.row(k);
    cv::Mat1f sum(channels.front().size(), static_cast<float>(-direction.dot(components.mean)));
    for (std::size_t c = 0; c < channels.size(); ++c) {
      const cv::Mat1f kernel =
          direction.colRange(side * side * static_cast<int>(c), side * side * static_cast<int>(c + 1))
              .clone()
              .reshape(1, side);
      cv::Mat1f filtered;
      cv::filter2D(channels[c], filtered, CV_32F, kernel, {-1, -1}, 0, cv::BORDER_REFLECT);
      cv::add(sum, filtered, sum);
    }
    along.push_back(sum);
  }
  return along;
}

cv::Mat1f centres_of(const cv::Mat1f& descriptors, const ClusterDifferenceOptions& options) {
  constexpr int kAttempts = 3;
  constexpr int kRounds = 40;
  // It draws from the generator of the thread.
  cv::theRNG() = cv::RNG(imaging::mixed(options.seed, 1));
  cv::Mat labels;
  cv::Mat1f centres;
  cv::kmeans(descriptors, std::min(options.clusters, descriptors.rows), labels,
             {cv::TermCriteria::COUNT | cv::TermCriteria::EPS, kRounds, 1e-4}, kAttempts, cv::KMEANS_PP_CENTERS,
             centres);
  return centres;
}

// The place of the nearest centre for each pixel.
cv::Mat1b nearest_centres(const std::vector<cv::Mat1f>& along, const cv::Mat1f& centres) {
  cv::Mat1b nearest(along.front().size(), static_cast<unsigned char>(0));
  cv::Mat1f least(nearest.size(), std::numeric_limits<float>::infinity());
  for (int i = 0; i < centres.rows; ++i) {
    cv::Mat1f distance(nearest.size(), 0.0F);
    for (std::size_t k = 0; k < along.size(); ++k) {
      const cv::Mat1f off(along[k] - centres(i, static_cast<int>(k)));
      cv::accumulateSquare(off, distance);
    }
    const cv::Mat1b nearer(distance < least);
    distance.copyTo(least, nearer);
    nearest.setTo(i, nearer);
  }
  return nearest;
}

// The clusters beyond the first gap in the row of their mean squared differences: none without a gap.
std::vector<bool> changed_clusters(const cv::Mat1b& cluster_of, const Differences& differences, const cv::Mat1b& seen,
                                   const ClusterDifferenceOptions& options) {
  std::vector<std::pair<double, int>> errors;
  for (int i = 0; i < options.clusters; ++i) {
    const cv::Mat1b members((cluster_of == i) & seen);
    if (cv::countNonZero(members) > 0) {
      errors.emplace_back(cv::mean(differences.mean_square, members)[0], i);
    }
  }
  std::sort(errors.begin(), errors.end());
  std::vector<bool> changed(static_cast<std::size_t>(options.clusters), false);
  bool beyond_gap = false;
  for (std::size_t i = 1; i < errors.size(); ++i) {
    beyond_gap = beyond_gap || errors[i].first - errors[i - 1].first > options.gap;
    changed[static_cast<std::size_t>(errors[i].second)] = beyond_gap;
  }
  return changed;
}

// What DBSCAN keeps: pixels with enough changed ones near them, and those near such a pixel.
cv::Mat1b without_noise(const cv::Mat1b& changed, const ClusterDifferenceOptions& options) {
  const int side = 2 * options.near_px + 1;
  cv::Mat1f near;
  cv::boxFilter(changed / 255, near, CV_32F, {side, side}, {-1, -1}, false, cv::BORDER_CONSTANT);
  const cv::Mat1b dense(changed & (near >= options.least_near));
  cv::Mat1b reached;
  cv::dilate(dense, reached, cv::Mat1b::ones(side, side));
  return cv::Mat1b(changed & reached);
}

cv::Mat1b changed_pixels(const Differences& differences, const cv::Mat1b& seen,
                         const ClusterDifferenceOptions& options) {
  const int side = options.window_px;
  const imaging::Random random(options.seed);
  const std::vector<cv::Point> places = drawn_places(seen, side / 2, options.most_windows, random.stream("windows"));
  cv::Mat1b changed(seen.size(), static_cast<unsigned char>(0));
  if (places.size() < static_cast<std::size_t>(options.clusters)) {
    return changed;
  }
  const cv::Mat1f windows = windows_at(differences.channels, places, side);
  const cv::PCA components(windows, cv::noArray(), cv::PCA::DATA_AS_ROW, options.components);
  const cv::Mat1f centres = centres_of(components.project(windows), options);
  const cv::Mat1b cluster_of = nearest_centres(projected(differences.channels, components, side), centres);
  const std::vector<bool> is_changed = changed_clusters(cluster_of, differences, seen, options);
  for (int i = 0; i < options.clusters; ++i) {
    if (is_changed[static_cast<std::size_t>(i)]) {
      changed.setTo(255, (cluster_of == i) & seen);
    }
  }
  return without_noise(changed, options);
}

// Changed pixels within reach of each other are one region, whatever lies between them.
std::vector<DifferentRegion> regions_in(const cv::Mat1b& changed, const Differences& differences,
                                        const ClusterDifferenceOptions& options) {
  cv::Mat1b joined;
  cv::dilate(changed, joined, cv::Mat1b::ones(options.near_px + 1, options.near_px + 1));
  return regions_of(joined, changed, differences.mean, options.min_area_px);
}

}  // namespace

compare::InspectionReport cluster_difference(const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                                             const ClusterDifferenceOptions& options) {
  compare::InspectionReport report = begun_report(reference, sample);
  const SmallPicture grey_reference = grey_picture(reference, options.max_side_px);
  const SmallPicture grey_sample = grey_picture(sample, options.max_side_px);
  const auto homography = homography_by_sift(
      grey_reference.pixels, grey_sample.pixels,
      {.max_features = options.max_features, .match_ratio = options.match_ratio, .ransac_px = options.ransac_px});
  if (!homography) {
    return without_registration(std::move(report));
  }
  const bool in_colour = reference.pixels.channels() == 3 && sample.pixels.channels() == 3;
  const cv::Mat of_reference =
      in_colour ? colour_picture(reference, options.max_side_px).pixels : grey_reference.pixels;
  const cv::Mat of_sample = in_colour ? colour_picture(sample, options.max_side_px).pixels : grey_sample.pixels;
  const LaidOnReference laid = laid_on_reference(of_sample, *homography, of_reference.size());
  const Differences differences = differences_of(of_reference, matched(laid.pixels, of_reference, laid.seen));
  const cv::Mat1b changed = changed_pixels(differences, laid.seen, options);
  return with_regions(std::move(report), regions_in(changed, differences, options), *homography, grey_reference.scale,
                      grey_sample.scale, "a cluster of large differences");
}

}  // namespace boarddiff::datasets
