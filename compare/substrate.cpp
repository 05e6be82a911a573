// SPDX-License-Identifier: Apache-2.0
#include "compare/substrate.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

namespace boarddiff::compare {

namespace {

constexpr std::size_t kFeatures = 3;  // two of colour and one of brightness; attenuation uses one
constexpr float kFromSubstrate = 3;   // spreads away from the substrate's own colour

using Feature = cv::Vec3f;

Feature feature_at(const AppearanceGrid& grid, int y, int x) {
  if (grid.colour.channels() == 1) {
    return {grid.colour.at<float>(y, x), 0, 0};
  }
  const cv::Vec2f colour = grid.colour.at<cv::Vec2f>(y, x);
  return {colour[0], colour[1], grid.brightness(y, x)};
}

// Those of every third cell either way: the substrate is everywhere.
std::vector<Feature> some_features(const AppearanceGrid& grid, const cv::Mat1b& board) {
  constexpr int kEvery = 3;
  std::vector<Feature> some;
  for (int y = 0; y < board.rows; y += kEvery) {
    for (int x = 0; x < board.cols; x += kEvery) {
      if (board(y, x) != 0) {
        some.push_back(feature_at(grid, y, x));
      }
    }
  }
  return some;
}

// How far shades of one mask lie apart: in brightness by copper below and by shadow, in colour by the haze and gloss
// that dilute it, the more the stronger it is.
class Shades {
 public:
  Shades(const Feature& centre, bool is_light) : centre_(centre) {
    constexpr float kColour = 0.12F;
    constexpr float kDiluted = 0.35F;
    constexpr float kBrightness = 0.3F;
    constexpr float kAttenuation = 0.25F;
    const float least = is_light ? kColour : kAttenuation;
    reach_ = {std::max(least, kDiluted * std::abs(centre[0])), std::max(least, kDiluted * std::abs(centre[1])),
              kBrightness};
  }
  [[nodiscard]] bool hold(const Feature& f) const {
    return std::abs(f[0] - centre_[0]) <= reach_[0] && std::abs(f[1] - centre_[1]) <= reach_[1] &&
           std::abs(f[2] - centre_[2]) <= reach_[2];
  }

 private:
  Feature centre_;
  Feature reach_;
};

using FeatureLists = std::array<std::vector<float>, kFeatures>;

// Of the features that are shades, each by itself.
FeatureLists lists_of(const std::vector<Feature>& features, const Shades& shades) {
  FeatureLists lists;
  for (const Feature& f : features) {
    if (shades.hold(f)) {
      for (std::size_t k = 0; k < kFeatures; ++k) {
        lists.at(k).push_back(f[static_cast<int>(k)]);
      }
    }
  }
  return lists;
}

// The mode that mean shift reaches from there, with medians for means.
Feature mode_from(Feature centre, const std::vector<Feature>& features, bool is_light) {
  constexpr int kRounds = 6;
  for (int round = 0; round < kRounds; ++round) {
    FeatureLists lists = lists_of(features, Shades(centre, is_light));
    if (lists[0].empty()) {
      return centre;
    }
    for (std::size_t k = 0; k < kFeatures; ++k) {
      centre[static_cast<int>(k)] = imaging::median(lists.at(k));
    }
  }
  return centre;
}

// The modes of the commonest colours, from the fullest box of a coarse histogram on.
std::vector<Feature> common_modes(const std::vector<Feature>& features, bool is_light) {
  constexpr std::size_t kMost = 24;
  const Feature side(0.1F, 0.1F, 0.3F);
  using Bin = std::array<int, kFeatures>;
  std::map<Bin, int> counts;
  for (const Feature& f : features) {
    ++counts[{cvFloor(f[0] / side[0]), cvFloor(f[1] / side[1]), cvFloor(f[2] / side[2])}];
  }
  std::vector<std::pair<int, Bin>> fullest;
  fullest.reserve(counts.size());
  for (const auto& [bin, count] : counts) {
    fullest.emplace_back(-count, bin);
  }
  std::sort(fullest.begin(), fullest.end());
  fullest.resize(std::min(fullest.size(), kMost));
  std::vector<Feature> modes;
  for (const auto& [count, bin] : fullest) {
    Feature middle;
    for (int k = 0; k < static_cast<int>(kFeatures); ++k) {
      middle[k] = (static_cast<float>(bin.at(static_cast<std::size_t>(k))) + 0.5F) * side[k];
    }
    const Feature mode = mode_from(middle, features, is_light);
    const auto is_same = [&](const Feature& other) { return cv::norm(mode - other) < 0.1; };
    if (std::none_of(modes.begin(), modes.end(), is_same)) {
      modes.push_back(mode);
    }
  }
  return modes;
}

// In how many tiles of the grid the farthest-reaching connected area of shades is.
int tiles_reached(const AppearanceGrid& grid, const Shades& wanted, const cv::Mat1b& board) {
  constexpr int kTiles = 16;  // along either side
  constexpr int kLeastCells = 4;
  cv::Mat1b shades(board.size(), uchar{0});
  for (int y = 0; y < board.rows; ++y) {
    for (int x = 0; x < board.cols; ++x) {
      shades(y, x) = board(y, x) != 0 && wanted.hold(feature_at(grid, y, x)) ? 255 : 0;
    }
  }
  // Print and the edges of copper cut the mask to pieces.
  cv::morphologyEx(shades, shades, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  cv::Mat1i labels;
  const int count = cv::connectedComponents(shades, labels, 4, CV_32S);
  std::vector<std::array<int, kTiles * kTiles>> cells(static_cast<std::size_t>(count));
  for (int y = 0; y < labels.rows; ++y) {
    for (int x = 0; x < labels.cols; ++x) {
      const int tile = y * kTiles / labels.rows * kTiles + x * kTiles / labels.cols;
      ++cells[static_cast<std::size_t>(labels(y, x))].at(static_cast<std::size_t>(tile));
    }
  }
  int most = 0;
  for (std::size_t label = 1; label < cells.size(); ++label) {
    most = std::max(most, static_cast<int>(std::count_if(cells[label].begin(), cells[label].end(),
                                                         [](int in_tile) { return in_tile >= kLeastCells; })));
  }
  return most;
}

// A lamp tints grey by less than this.
constexpr double kTint = 0.2;

// Metal, ceramics, moulded bodies and most tables are grey, all in one colour when they touch: a coloured area is the
// board where it reaches a third as far.
constexpr int kForColour = 3;

}  // namespace

bool is_coloured(const Substrate& substrate) { return std::hypot(substrate.centre[0], substrate.centre[1]) > kTint; }

Substrate find_substrate(const AppearanceGrid& grid, const cv::Mat1b& board) {
  const bool is_light = grid.colour.channels() > 1;
  const std::vector<Feature> features = some_features(grid, board);
  Substrate substrate;
  int most = -1;
  for (const Feature& mode : common_modes(features, is_light)) {
    const int reached = (is_light && is_coloured({.centre = mode}) ? kForColour : 1) *
                        tiles_reached(grid, Shades(mode, is_light), board);
    if (reached > most) {
      most = reached;
      substrate.centre = mode;
    }
  }
  FeatureLists shades = lists_of(features, Shades(substrate.centre, is_light));
  if (shades[0].empty()) {
    return substrate;
  }
  const Feature least(0.05F, 0.05F, 0.15F);
  for (std::size_t k = 0; k < kFeatures; ++k) {
    const int i = static_cast<int>(k);
    for (float& value : shades.at(k)) {
      value = std::abs(value - substrate.centre[i]);
    }
    substrate.spread[i] = std::max(1.4826F * imaging::median(shades.at(k)), least[i]);
  }
  return substrate;
}

cv::Mat1b not_substrate(const AppearanceGrid& grid, const Substrate& substrate, const cv::Mat1b& board) {
  cv::Mat1b result(board.size(), uchar{0});
  for (int y = 0; y < board.rows; ++y) {
    for (int x = 0; x < board.cols; ++x) {
      const Feature f = feature_at(grid, y, x);
      float squared = 0;
      for (int k = 0; k < static_cast<int>(kFeatures); ++k) {
        const float z = (f[k] - substrate.centre[k]) / substrate.spread[k];
        squared += z * z;
      }
      result(y, x) = board(y, x) != 0 && squared > kFromSubstrate * kFromSubstrate ? 255 : 0;
    }
  }
  return result;
}

}  // namespace boarddiff::compare
