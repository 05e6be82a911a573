// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <optional>
#include <string>

namespace boarddiff::compare {

// Of a picture of one part alone, light as in NormalizedPair, its length along x.

// The colour of the middle of its body, in a word: "black", "brown".
[[nodiscard]] std::string colour_in(const cv::Mat3f& part);

// Metal at both ends, or rows of it along two or four sides, of as many each on opposite sides and evenly apart;
// nothing where none is seen.
[[nodiscard]] std::optional<int> terminals_in(const cv::Mat3f& part);

}  // namespace boarddiff::compare
