// SPDX-License-Identifier: Apache-2.0
#include "compare/json_numbers.h"

#include "imaging/base/text.h"

#include <charconv>
#include <cmath>

namespace boarddiff::compare {

using Json = nlohmann::ordered_json;

Json rounded(double value, int digits) {
  if (!std::isfinite(value)) {
    return nullptr;
  }
  const std::string text = imaging::fixed_text(value, digits);
  double result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result + 0.0;  // -0 becomes 0
}

Json significant(double value) {
  if (!std::isfinite(value)) {
    return nullptr;
  }
  constexpr int kDigits = 9;
  char text[32] = {};
  const char* end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, kDigits - 1).ptr;
  double result = 0;
  std::from_chars(text, end, result);
  return result + 0.0;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json polygon_document(const imaging::Polygon& polygon) {
  Json points = Json::array();
  for (const imaging::Point& point : polygon) {
    points.push_back({rounded(point.x(), kPixelDigits), rounded(point.y(), kPixelDigits)});
  }
  return points;
}

Json box_document(const imaging::Box& box, int digits) {
  return {rounded(box.x, digits), rounded(box.y, digits), rounded(box.width, digits), rounded(box.height, digits)};
}

}  // namespace boarddiff::compare
