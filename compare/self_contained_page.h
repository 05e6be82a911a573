// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace boarddiff::compare {

// What a page needs that loads nothing from anywhere.

// "data:image/jpeg;base64,...", of a picture that is not empty or of the bytes of a JPEG file.
[[nodiscard]] std::string jpeg_uri(const cv::Mat3b& picture);
[[nodiscard]] std::string jpeg_uri(std::string_view file);

// JSON inside a script that no HTML parser can leave early; bytes that are not UTF-8 are replaced.
[[nodiscard]] std::string json_for_script(const nlohmann::ordered_json& document);

// 'sha256-...' as a Content-Security-Policy names one inline element.
[[nodiscard]] std::string csp_hash(std::string_view text);

// The template with its places {{name}} filled in one pass, so that what is filled in is never read as a place.
[[nodiscard]] std::string filled_page(std::string_view page,
                                      const std::vector<std::pair<std::string_view, std::string>>& values);

}  // namespace boarddiff::compare
