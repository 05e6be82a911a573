// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/execution.h"
#include "imaging/base/frames.h"
#include "imaging/base/options.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::compare {

struct LayoutOptions {
  int min_side_px = 6;           // of a body, in pixels of the picture given; works in steps of 2
  double max_side_share = 0.35;  // of the picture's longer side; larger is not a component but the light
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const LayoutOptions& options);

// The body of one component as seen in a picture.
struct Component {
  imaging::Box box = {};  // upright, in pixels of the picture given
  double fill = 0;        // share of the box that is not substrate, 0 to 1
};

struct Layout {
  std::vector<Component> components = {};  // by position: from top to bottom, then from left to right
  int cell_px = 2;
  cv::Mat1b covered = {};  // one value a cell: 255 where something else than substrate shows
};

// Bodies on the board: the board's substrate is the commonest colour of its picture and its shades; what is something
// else, and wider than lettering and traces, is a component.
// `picture`: CV_32FC3 light or CV_32FC1 attenuation as in NormalizedPair; `board`: 255 where to look, same size.
[[nodiscard]] Layout find_components(const cv::Mat& picture, const cv::Mat1b& board, const LayoutOptions& options = {},
                                     const imaging::Execution& execution = {});

}  // namespace boarddiff::compare
