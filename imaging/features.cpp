// SPDX-License-Identifier: Apache-2.0
#include "imaging/features.h"

#include "imaging/grey_picture.h"

#include <opencv2/core/utility.hpp>
#include <opencv2/features2d.hpp>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace boarddiff::imaging {

namespace {

// Counted up with every change of find_features, or of how many are asked for, that gives other features from the same
// pixels: those that files hold are left aside then.
constexpr int kMethod = 1;

// Lowe's ratio; 0.8 keeps most true pairs, the robust fit removes the rest.
constexpr double kRatio = 0.8;

// Cells a side for the even spread of features.
constexpr int kCells = 12;

bool stronger(const cv::KeyPoint& a, const cv::KeyPoint& b) {
  return std::make_tuple(-a.response, a.pt.y, a.pt.x, a.size, a.angle) <
         std::make_tuple(-b.response, b.pt.y, b.pt.x, b.size, b.angle);
}

// The strongest of each cell in turn, until there are enough.
std::vector<cv::KeyPoint> spread_evenly(std::vector<cv::KeyPoint> keypoints, const cv::Size& size, int most) {
  std::sort(keypoints.begin(), keypoints.end(), stronger);
  if (static_cast<int>(keypoints.size()) <= most) {
    return keypoints;
  }
  std::map<std::pair<int, int>, std::vector<cv::KeyPoint>> cells;
  for (const cv::KeyPoint& keypoint : keypoints) {
    const auto column = static_cast<int>(keypoint.pt.x * kCells / static_cast<float>(size.width));
    const auto row = static_cast<int>(keypoint.pt.y * kCells / static_cast<float>(size.height));
    cells[{row, column}].push_back(keypoint);
  }
  std::vector<cv::KeyPoint> kept;
  for (std::size_t rank = 0; static_cast<int>(kept.size()) < most; ++rank) {
    for (const auto& [place, members] : cells) {
      if (rank < members.size() && static_cast<int>(kept.size()) < most) {
        kept.push_back(members[rank]);
      }
    }
  }
  return kept;
}

// Square roots of the shares, as whole numbers: sums of products of these are exact in 32 bits, on any processor and
// in any order.
cv::Mat1s to_hellinger(const cv::Mat& descriptors) {
  cv::Mat1f roots;
  descriptors.convertTo(roots, CV_32F);
  for (int row = 0; row < roots.rows; ++row) {
    cv::Mat1f one = roots.row(row);
    one /= std::max(cv::norm(one, cv::NORM_L1), 1e-6);
  }
  cv::sqrt(roots, roots);
  cv::Mat1s result;
  roots.convertTo(result, CV_16S, kDescriptorLength);
  return result;
}

// The two most similar of the others; similarity is the scalar product. Of equals the first counts.
struct BestTwo {
  int index = -1;
  int similarity = 0;
  int second_similarity = 0;

  void offer(int other, int offered) {
    if (offered > similarity) {
      second_similarity = similarity;
      similarity = offered;
      index = other;
    } else if (offered > second_similarity) {
      second_similarity = offered;
    }
  }
};

int scalar_product(const short* a, const short* b) {
  int sum = 0;
  for (int k = 0; k < kDescriptorSize; ++k) {
    sum += a[k] * b[k];
  }
  return sum;
}

struct AllBest {
  std::vector<BestTwo> of_reference = {};
  std::vector<BestTwo> of_sample = {};
};

// Compares all with all once, for both directions. The stripes are fixed, not one a thread, and are merged in order, so
// that ties fall the same way however many threads there are.
AllBest compare_all(const cv::Mat1s& reference, const cv::Mat1s& sample) {
  constexpr int kStripes = 16;
  constexpr int kBlock = 64;  // rows of the sample that stay in the cache together
  AllBest best{.of_reference = std::vector<BestTwo>(static_cast<std::size_t>(reference.rows))};
  std::vector<std::vector<BestTwo>> of_sample(kStripes, std::vector<BestTwo>(static_cast<std::size_t>(sample.rows)));
  cv::parallel_for_(cv::Range(0, kStripes), [&](const cv::Range& stripes) {
    for (int stripe = stripes.start; stripe < stripes.end; ++stripe) {
      std::vector<BestTwo>& columns = of_sample[static_cast<std::size_t>(stripe)];
      for (int block = 0; block < sample.rows; block += kBlock) {
        for (int i = stripe * reference.rows / kStripes; i < (stripe + 1) * reference.rows / kStripes; ++i) {
          for (int j = block; j < std::min(block + kBlock, sample.rows); ++j) {
            const int similarity = scalar_product(reference[i], sample[j]);
            best.of_reference[static_cast<std::size_t>(i)].offer(j, similarity);
            columns[static_cast<std::size_t>(j)].offer(i, similarity);
          }
        }
      }
    }
  });
  best.of_sample = of_sample.front();
  for (std::size_t stripe = 1; stripe < of_sample.size(); ++stripe) {
    for (std::size_t j = 0; j < best.of_sample.size(); ++j) {
      const BestTwo& more = of_sample[stripe][j];
      best.of_sample[j].offer(more.index, more.similarity);
      best.of_sample[j].offer(more.index, more.second_similarity);
    }
  }
  return best;
}

// Squared distance of two descriptors of the common length.
// At least 0: rounded descriptors are a little longer or shorter than they should be.
double squared_distance(int similarity) {
  return std::max(0.0, 2.0 * kDescriptorLength * kDescriptorLength - 2.0 * similarity);
}

bool is_clear(const BestTwo& best) {
  return best.index >= 0 &&
         squared_distance(best.similarity) < kRatio * kRatio * squared_distance(best.second_similarity);
}

}  // namespace

Features find_features(const GreyPicture& picture, int max_features) {
  // A low contrast threshold, since a board's dark corner has details as well; the spread keeps their number down.
  const auto sift = cv::SIFT::create(0, 3, 0.02, 12, 1.6);
  std::vector<cv::KeyPoint> keypoints;
  sift->detect(picture.pixels, keypoints);
  keypoints = spread_evenly(std::move(keypoints), picture.pixels.size(), max_features);
  cv::Mat descriptors;
  if (!keypoints.empty()) {
    sift->compute(picture.pixels, keypoints, descriptors);
  }
  Features features;
  for (const cv::KeyPoint& keypoint : keypoints) {
    features.points.push_back(
        {(keypoint.pt.x + 0.5) / picture.scale_x - 0.5, (keypoint.pt.y + 0.5) / picture.scale_y - 0.5});
  }
  if (!keypoints.empty()) {
    features.descriptors = to_hellinger(descriptors);
  }
  return features;
}

std::string feature_method() { return "SIFT " + std::to_string(kMethod) + ", OpenCV " + cv::getVersionString(); }

std::vector<PointPair> match_features(const Features& reference, const Features& sample) {
  if (reference.points.size() < 2 || sample.points.size() < 2) {
    return {};
  }
  const AllBest best = compare_all(reference.descriptors, sample.descriptors);
  std::vector<std::pair<int, std::size_t>> mutual;
  for (std::size_t i = 0; i < best.of_reference.size(); ++i) {
    const BestTwo& forward = best.of_reference[i];
    if (!is_clear(forward)) {
      continue;
    }
    const BestTwo& backward = best.of_sample[static_cast<std::size_t>(forward.index)];
    if (backward.index == static_cast<int>(i) && is_clear(backward)) {
      mutual.push_back({-forward.similarity, i});
    }
  }
  std::sort(mutual.begin(), mutual.end());
  std::vector<PointPair> pairs;
  pairs.reserve(mutual.size());
  for (const auto& [order, i] : mutual) {
    pairs.push_back({reference.points[i], sample.points[static_cast<std::size_t>(best.of_reference[i].index)]});
  }
  return pairs;
}

}  // namespace boarddiff::imaging
