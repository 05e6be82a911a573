// SPDX-License-Identifier: Apache-2.0
#include "compare/layout.h"

#include "compare/appearance.h"
#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <tuple>

namespace boarddiff::compare {

namespace {

constexpr int kCell = 2;             // px: half the narrowest body that is looked for has to be a whole cell
constexpr int kFeatures = 3;         // two of colour and one of brightness; attenuation uses one
constexpr float kFromSubstrate = 3;  // spreads away from the substrate's own colour
constexpr double kLeastFill = 0.35;  // of the box; a sparser one is a net of traces

using Feature = cv::Vec3f;

// Colour and brightness of each cell; for attenuation its value alone.
cv::Mat3f cell_features(const AppearanceGrid& grid) {
  cv::Mat3f features(grid.colour.size());
  for (int y = 0; y < features.rows; ++y) {
    for (int x = 0; x < features.cols; ++x) {
      if (grid.colour.channels() == 1) {
        features(y, x) = {grid.colour.at<float>(y, x), 0, 0};
      } else {
        const cv::Vec2f colour = grid.colour.at<cv::Vec2f>(y, x);
        features(y, x) = {colour[0], colour[1], grid.brightness(y, x)};
      }
    }
  }
  return features;
}

struct Substrate {
  Feature centre = {};
  Feature spread = {1, 1, 1};
};

using FeatureLists = std::array<std::vector<float>, kFeatures>;

// Shades of one mask differ in brightness (copper below, shadow) more than in colour.
bool is_shade_of(const Feature& f, const Feature& centre) {
  const Feature reach(0.25F, 0.25F, 0.7F);
  return std::abs(f[0] - centre[0]) <= reach[0] && std::abs(f[1] - centre[1]) <= reach[1] &&
         std::abs(f[2] - centre[2]) <= reach[2];
}

// A list for each feature of the board's cells, or only of those that are shades of a centre.
FeatureLists board_features(const cv::Mat3f& features, const cv::Mat1b& board, const std::optional<Feature>& centre) {
  FeatureLists lists;
  for (int y = 0; y < features.rows; ++y) {
    for (int x = 0; x < features.cols; ++x) {
      const Feature& f = features(y, x);
      if (board(y, x) == 0 || (centre && !is_shade_of(f, *centre))) {
        continue;
      }
      for (int k = 0; k < kFeatures; ++k) {
        lists[static_cast<std::size_t>(k)].push_back(f[k]);
      }
    }
  }
  return lists;
}

// The commonest colour by mean shift from the median, then the spread of what lies near it.
Substrate substrate_of(const cv::Mat3f& features, const cv::Mat1b& board) {
  Substrate substrate;
  FeatureLists values;
  constexpr int kRounds = 6;
  for (int round = 0; round < kRounds; ++round) {
    values = board_features(features, board, round == 0 ? std::nullopt : std::optional(substrate.centre));
    if (values[0].empty()) {
      return substrate;
    }
    for (int k = 0; k < kFeatures; ++k) {
      substrate.centre[k] = imaging::median(values[static_cast<std::size_t>(k)]);
    }
  }
  const Feature least(0.05F, 0.05F, 0.2F);
  for (int k = 0; k < kFeatures; ++k) {
    auto& list = values[static_cast<std::size_t>(k)];
    for (float& value : list) {
      value = std::abs(value - substrate.centre[k]);
    }
    substrate.spread[k] = std::max(1.4826F * imaging::median(list), least[k]);
  }
  return substrate;
}

cv::Mat1b not_substrate(const cv::Mat3f& features, const Substrate& substrate, const cv::Mat1b& board) {
  cv::Mat1b result(features.size(), uchar{0});
  for (int y = 0; y < features.rows; ++y) {
    for (int x = 0; x < features.cols; ++x) {
      float squared = 0;
      for (int k = 0; k < kFeatures; ++k) {
        const float z = (features(y, x)[k] - substrate.centre[k]) / substrate.spread[k];
        squared += z * z;
      }
      result(y, x) = board(y, x) != 0 && squared > kFromSubstrate * kFromSubstrate ? 255 : 0;
    }
  }
  return result;
}

}  // namespace

std::vector<imaging::OptionProblem> problems(const LayoutOptions& options) {
  return imaging::OptionRules()
      .within("--layout.min-side-px", options.min_side_px, 4, 1000)
      .within("--layout.max-side-share", options.max_side_share, 0.01, 1)
      .problems();
}

Layout find_components(const cv::Mat& picture, const cv::Mat1b& board, const LayoutOptions& options,
                       const imaging::Execution& execution) {
  execution.begin("finding components");
  const AppearanceGrid grid = describe_colour(picture, kCell);
  cv::Mat1b board_cells;
  cv::resize(board(cv::Rect(0, 0, grid.colour.cols * kCell, grid.colour.rows * kCell)), board_cells, grid.colour.size(),
             0, 0, cv::INTER_NEAREST);
  const cv::Mat3f features = cell_features(grid);
  Layout layout{.cell_px = kCell, .covered = not_substrate(features, substrate_of(features, board_cells), board_cells)};
  cv::Mat1b bodies;
  // Terminals and body of one part belong together; lettering and traces are narrower than any body.
  cv::morphologyEx(layout.covered, bodies, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  const int opening = std::max(2, options.min_side_px / kCell);
  cv::morphologyEx(bodies, bodies, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {opening, opening}));
  cv::Mat1i labels;
  cv::Mat1i stats;
  cv::Mat1d centres;
  const int count = cv::connectedComponentsWithStats(bodies, labels, stats, centres, 4, CV_32S);
  const double largest = options.max_side_share * std::max(picture.cols, picture.rows);
  for (int label = 1; label < count; ++label) {
    const imaging::Box box{.x = stats(label, cv::CC_STAT_LEFT) * double{kCell},
                           .y = stats(label, cv::CC_STAT_TOP) * double{kCell},
                           .width = stats(label, cv::CC_STAT_WIDTH) * double{kCell},
                           .height = stats(label, cv::CC_STAT_HEIGHT) * double{kCell}};
    const double fill = stats(label, cv::CC_STAT_AREA) * double{kCell * kCell} / box.area();
    if (fill >= kLeastFill && std::max(box.width, box.height) <= largest) {
      layout.components.push_back({.box = box, .fill = fill});
    }
  }
  std::sort(layout.components.begin(), layout.components.end(), [](const Component& a, const Component& b) {
    return std::tie(a.box.y, a.box.x, a.box.width) < std::tie(b.box.y, b.box.x, b.box.width);
  });
  return layout;
}

}  // namespace boarddiff::compare
