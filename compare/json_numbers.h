// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <nlohmann/json.hpp>

#include <string>

// Numbers, places and texts as reports spell them.
namespace boarddiff::compare {

// Digits behind the point: finer ones would be noise of the estimate, and noise differs between machines.
inline constexpr int kPixelDigits = 2;
inline constexpr int kShareDigits = 4;
inline constexpr int kDegreeDigits = 2;
inline constexpr int kMillimetreDigits = 3;

// JSON knows neither infinity nor not-a-number; null says "unknown".
[[nodiscard]] nlohmann::ordered_json rounded(double value, int digits);

// Nine significant digits: a homography so written moves no point of a 250-megapixel picture by 0.001 px.
[[nodiscard]] nlohmann::ordered_json significant(double value);

[[nodiscard]] nlohmann::ordered_json text_or_null(const std::string& text);
[[nodiscard]] nlohmann::ordered_json polygon_document(const imaging::Polygon& polygon);
[[nodiscard]] nlohmann::ordered_json box_document(const imaging::Box& box, int digits);

}  // namespace boarddiff::compare
