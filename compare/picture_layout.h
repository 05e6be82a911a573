// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/component_kind.h"
#include "compare/part_likelihood.h"
#include "imaging/base/execution.h"
#include "imaging/base/frames.h"
#include "imaging/base/options.h"
#include "imaging/board_image.h"

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace boarddiff::compare {

inline constexpr double kLeastPixelsPerMm = 4;  // with fewer no parts are looked for: an 0603 is six pixels long

struct PartOptions {
  double min_confidence = 0.6;  // 0.5 to 1; what is less surely a part is left out
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const PartOptions& options);

// One part as a photograph shows it: the rectangle around its body and terminals, anyhow turned.
struct SeenPart {
  imaging::Point centre = imaging::Point::Zero();  // picture pixels
  imaging::Point size = imaging::Point::Zero();    // picture pixels: the longer side, the shorter side
  double angle_deg = 0;  // of the longer side, clockwise from the picture's x axis; from 0 up to 180
  ComponentKind kind = ComponentKind::other;
  double kind_confidence = 0;  // 0 to 1: how likely this kind is, if it is a part
  double confidence = 0;       // 0 to 1: how surely its pixels show a part
};

// Its corners in picture pixels, clockwise as seen.
[[nodiscard]] imaging::Polygon outline_of(const SeenPart& part);

// What a photograph shows of a board's parts.
struct PictureLayout {
  std::vector<SeenPart> parts = {};  // from top to bottom, then from left to right
  cv::Size size = {};                // of the picture
  cv::Mat1b usable = {};             // as BoardImage
  double pixels_per_mm = 0;
  std::vector<std::string> notes = {};  // a sentence each
  PartLikelihood likelihood = {};       // of places of the picture

  // Whether the picture shows anything there.
  [[nodiscard]] bool shows(const imaging::Point& picture) const;
};

// The parts on the board that a photograph shows. Its scale must be known (BoardImage::pixels_per_mm): what is a part
// and what is a letter is a matter of size. Throws Error{invalid_option} with the picture's name where it has less than
// four pixels a millimetre; below seven a note says what that hides.
[[nodiscard]] PictureLayout find_parts(const imaging::BoardImage& photo, const PartOptions& options = {},
                                       const imaging::Execution& execution = {});

}  // namespace boarddiff::compare
