// SPDX-License-Identifier: Apache-2.0
#include "imaging/features.h"

#include <opencv2/features2d.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace boarddiff::imaging {

namespace {

// Lowe's ratio; 0.8 keeps most true pairs, the robust fit removes the rest.
constexpr float kRatio = 0.8F;

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

cv::Mat1f to_hellinger(const cv::Mat& descriptors) {
  cv::Mat1f roots;
  descriptors.convertTo(roots, CV_32F);
  for (int row = 0; row < roots.rows; ++row) {
    cv::Mat1f one = roots.row(row);
    one /= std::max(cv::norm(one, cv::NORM_L1), 1e-6);
  }
  cv::sqrt(roots, roots);
  return roots;
}

struct Choice {
  int index = -1;
  float distance = 0;
};

std::vector<Choice> clear_choices(const cv::Mat1f& from, const cv::Mat1f& to) {
  std::vector<std::vector<cv::DMatch>> nearest;
  cv::BFMatcher(cv::NORM_L2).knnMatch(from, to, nearest, 2);
  std::vector<Choice> choices(static_cast<std::size_t>(from.rows));
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    if (nearest[i].size() == 2 && nearest[i][0].distance < kRatio * nearest[i][1].distance) {
      choices[i] = {nearest[i][0].trainIdx, nearest[i][0].distance};
    }
  }
  return choices;
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

std::vector<PointPair> match_features(const Features& reference, const Features& sample) {
  if (reference.points.size() < 2 || sample.points.size() < 2) {
    return {};
  }
  const std::vector<Choice> forward = clear_choices(reference.descriptors, sample.descriptors);
  const std::vector<Choice> backward = clear_choices(sample.descriptors, reference.descriptors);
  std::vector<std::pair<float, std::size_t>> mutual;
  for (std::size_t i = 0; i < forward.size(); ++i) {
    if (forward[i].index >= 0 && backward[static_cast<std::size_t>(forward[i].index)].index == static_cast<int>(i)) {
      mutual.push_back({forward[i].distance, i});
    }
  }
  std::sort(mutual.begin(), mutual.end());
  std::vector<PointPair> pairs;
  for (const auto& [distance, i] : mutual) {
    pairs.push_back({reference.points[i], sample.points[static_cast<std::size_t>(forward[i].index)]});
  }
  return pairs;
}

}  // namespace boarddiff::imaging
