// SPDX-License-Identifier: Apache-2.0
#include "compare/self_contained_page.h"

#include "compare/shown_pair.h"
#include "imaging/base/error.h"

#include <openssl/evp.h>

#include <array>

namespace boarddiff::compare {

std::string jpeg_uri(const cv::Mat3b& picture) { return jpeg_uri(std::string_view(display_jpeg(picture))); }

std::string jpeg_uri(std::string_view file) {
  std::string text(4 * ((file.size() + 2) / 3) + 1, '\0');  // EVP_EncodeBlock ends its text with a zero
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(file.data()), static_cast<int>(file.size()));
  text.resize(static_cast<std::size_t>(length));
  return "data:image/jpeg;base64," + text;
}

std::string json_for_script(const nlohmann::ordered_json& document) {
  // They occur in strings only, where \u stands for them.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEscapes = {
      {{"<", "\\u003c"}, {">", "\\u003e"}, {"&", "\\u0026"}, {"\xe2\x80\xa8", "\\u2028"}, {"\xe2\x80\xa9", "\\u2029"}}};
  const std::string text = document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    std::size_t step = 1;
    std::string_view shown = std::string_view(text).substr(i, 1);
    for (const auto& [plain, escaped] : kEscapes) {
      if (text.compare(i, plain.size(), plain) == 0) {
        step = plain.size();
        shown = escaped;
      }
    }
    result += shown;
    i += step;
  }
  return result;
}

std::string csp_hash(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
  unsigned int length = 0;
  imaging::require(EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) == 1,
                   "csp_hash: SHA-256 is available");
  std::array<unsigned char, std::size_t{2}* EVP_MAX_MD_SIZE> base64 = {};
  const int size = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(length));
  return "'sha256-" + std::string(base64.begin(), base64.begin() + size) + "'";
}

std::string filled_page(std::string_view page, const std::vector<std::pair<std::string_view, std::string>>& values) {
  std::string result;
  while (!page.empty()) {
    const std::size_t place = page.find("{{");
    result += page.substr(0, place);
    if (place == std::string_view::npos) {
      break;
    }
    const std::size_t end = page.find("}}", place);
    const std::string_view name = page.substr(place + 2, end - place - 2);
    for (const auto& [known, value] : values) {
      result += name == known ? value : "";
    }
    page.remove_prefix(end + 2);
  }
  return result;
}

}  // namespace boarddiff::compare
