// SPDX-License-Identifier: Apache-2.0
#include "compare/self_contained_page.h"

#include "compare/shown_pair.h"
#include "imaging/base/error.h"

#include <openssl/evp.h>

#include <array>

namespace boarddiff::compare {

std::string jpeg_uri(const cv::Mat3b& picture) {
  const std::string bytes = display_jpeg(picture);
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // EVP_EncodeBlock ends its text with a zero
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  return "data:image/jpeg;base64," + text;
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
