// SPDX-License-Identifier: Apache-2.0
#include "compare/box_contrast.h"

#include "compare/set_share.h"
#include "compare/whole_pixels.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::compare {

using imaging::Box;

cv::Vec3d contrast_to_frame(const cv::Mat& picture, const Box& box) {
  const cv::Rect inner = whole_pixels(box, picture.size());
  const cv::Rect outer =
      whole_pixels(imaging::grown(box, std::max(6.0, 0.4 * std::max(box.width, box.height))), picture.size());
  if (inner.empty() || inner == outer) {
    return {0, 0, 0};
  }
  cv::Mat1b frame(outer.size(), uchar{255});
  frame(inner - outer.tl()).setTo(0);
  const cv::Scalar in = cv::mean(picture(inner));
  const cv::Scalar around = cv::mean(picture(outer), frame);
  cv::Vec3d contrast(0, 0, 0);
  for (int c = 0; c < picture.channels(); ++c) {
    constexpr double kFloor = 0.04;
    contrast[c] = picture.channels() == 1
                      ? in[c] - around[c]
                      : std::log((std::max(in[c], 0.0) + kFloor) / (std::max(around[c], 0.0) + kFloor));
  }
  return contrast;
}

double covered_share(const Layout& layout, const Box& box) {
  const double cell = layout.cell_px;
  const Box in_cells{.x = box.x / cell, .y = box.y / cell, .width = box.width / cell, .height = box.height / cell};
  const cv::Rect cells = whole_pixels(in_cells, layout.covered.size());
  return cells.empty() ? 0 : set_share(layout.covered(cells));
}

}  // namespace boarddiff::compare
