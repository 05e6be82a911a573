// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/execution.h"
#include "imaging/base/options.h"
#include "imaging/frame_warp.h"
#include "imaging/normalized_pair.h"
#include "imaging/plane_map.h"

#include <opencv2/core.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace boarddiff::imaging {

// Why a place of a picture cannot be judged.
enum class QualityFault {
  glare,        // a reflection of the lamp, at the upper end of what the sensor tells apart
  overexposed,  // as bright, because the whole picture is brighter
  too_dark,     // at the lower end, in a shadow or because the whole picture is darker
  too_blurred,  // neighbours of the smallest part's size run into one another
  too_coarse,   // too few pixels to a part
};
[[nodiscard]] std::string_view name_of(QualityFault fault);

struct QualityOptions {
  double smallest_part_mm = 0.8;  // short side of the smallest part that must be seen; 0.8 is a resistor of size 0603
};
[[nodiscard]] std::vector<OptionProblem> problems(const QualityOptions& options);

struct FaultyPlaces {
  QualityFault fault = QualityFault::glare;
  Frame picture = Frame::sample;  // whose fault it is
  cv::Mat1b where = {};           // 255 there; of the pair's size
};

// Where one of the pictures cannot be judged, and why, the largest first; nothing where both can. A fault is what fades
// out: a label or a chip that is white or black all over has an edge, and stays something to be found. So each picture
// is judged by the other one, and what both show alike is no fault, but for pixels that are too few. Light is judged in
// photographs only. `board`: 255 where it is asked, the pair's size. Without a scale the smallest part is taken to be 8
// pixels of the pair wide, and nothing is too coarse.
[[nodiscard]] std::vector<FaultyPlaces> find_quality_faults(const NormalizedPair& pair, const cv::Mat1b& board,
                                                            const PlaneMap& plane,
                                                            const std::optional<double>& reference_px_per_mm,
                                                            const QualityOptions& options = {},
                                                            const Execution& execution = {});

}  // namespace boarddiff::imaging
