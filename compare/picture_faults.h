// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/image_quality.h"

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace boarddiff::compare {

// What is said of a place that cannot be judged: "glare in the sample".
[[nodiscard]] std::string reason_for(const imaging::FaultyPlaces& faulty, imaging::Modality modality);

// A sentence for each fault that covers a part of the board worth naming: how much, and what to do about it.
[[nodiscard]] std::vector<std::string> advice_on(const std::vector<imaging::FaultyPlaces>& faults,
                                                 const cv::Mat1b& board, imaging::Modality modality);

// 255 where the board can be judged in both pictures.
[[nodiscard]] cv::Mat1b without_faults(const cv::Mat1b& board, const std::vector<imaging::FaultyPlaces>& faults);

}  // namespace boarddiff::compare
