// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <cstddef>

namespace boarddiff::imaging {

struct DetectorFaults {
  std::size_t pixels = 0;  // alone or in pairs, that stand out from all around them
  int rows = 0;            // whole lines that differ from those on both sides
  int columns = 0;

  [[nodiscard]] bool any() const { return pixels > 0 || rows > 0 || columns > 0; }
};

struct RepairedPixels {
  cv::Mat1w pixels = {};  // those without a fault as they were
  DetectorFaults faults = {};
};

// Pixels and lines of an X-ray that tell of its detector and not of the board, from what is around them: optics blur
// every real edge over more than a pixel. Lines first; up to three beside each other are told.
[[nodiscard]] RepairedPixels repair_detector_faults(const cv::Mat1w& pixels);

}  // namespace boarddiff::imaging
