// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"
#include "imaging/load.h"

#include <string>

namespace boarddiff::cli {

// How an inspection read its pictures, to read them again: from its options as a case file has them. What is no option
// there, or cannot be its value, is as it is by default.
struct ReadingOptions {
  imaging::LoadOptions load = {};
  imaging::Modality modality = imaging::Modality::photo;
};
[[nodiscard]] ReadingOptions reading_options_in(const std::string& options);

}  // namespace boarddiff::cli
