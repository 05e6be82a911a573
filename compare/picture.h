// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"
#include "imaging/read_codes.h"
#include "imaging/registration.h"

#include <optional>
#include <string>
#include <vector>

namespace boarddiff::compare {

// What reports say of a picture without holding its pixels.
struct Picture {
  imaging::SourceFile source = {};
  int width = 0;
  int height = 0;
  std::optional<double> pixels_per_mm = {};
  std::string pixels_per_mm_origin = {};  // as BoardScale::origin, or "registration"; empty without a scale
  std::vector<imaging::Code> codes = {};  // that it shows: they name the board
};

[[nodiscard]] Picture described(const imaging::BoardImage& image);

// The sample's scale is never its own but follows from the reference's, so that both measure the same board.
void set_scale_of_sample(Picture& sample, const Picture& reference, const imaging::Registration& registration);

// What is odd but usable about the two, a sentence each.
[[nodiscard]] std::vector<std::string> notes_on(const imaging::BoardImage& reference,
                                                const imaging::BoardImage& sample);

}  // namespace boarddiff::compare
