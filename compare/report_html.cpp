// SPDX-License-Identifier: Apache-2.0
#include "compare/report_html.h"

#include "compare/page/page_files.h"
#include "compare/page_pictures.h"
#include "compare/report_document.h"
#include "imaging/base/error.h"

#include <openssl/evp.h>

#include <array>
#include <string_view>
#include <utility>

namespace boarddiff::compare {
namespace {

using Json = nlohmann::ordered_json;

// 'sha256-...' as a Content-Security-Policy names one inline element.
std::string csp_hash(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
  unsigned int length = 0;
  imaging::require(EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) == 1,
                   "csp_hash: SHA-256 is available");
  std::array<unsigned char, std::size_t{2}* EVP_MAX_MD_SIZE> base64 = {};
  const int size = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(length));
  return "'sha256-" + std::string(base64.begin(), base64.begin() + size) + "'";
}

// JSON that no HTML parser can leave early: the characters below occur in strings only, where \u stands for them.
std::string json_for_script(const Json& document) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEscapes = {
      {{"<", "\\u003c"}, {">", "\\u003e"}, {"&", "\\u0026"}, {"\xe2\x80\xa8", "\\u2028"}, {"\xe2\x80\xa9", "\\u2029"}}};
  const std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
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

// The template with its places filled in one pass, so that what is filled in is never read as a place.
std::string filled(std::string_view page, const std::array<std::pair<std::string_view, std::string>, 4>& values) {
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

}  // namespace

std::string report_html(const InspectionReport& report, const imaging::BoardImage& reference,
                        const imaging::BoardImage& sample) {
  const PageFiles files = page_files();
  const Json data = {{"report", report_document(report)}, {"pictures", page_pictures(report, reference, sample)}};
  const std::string policy = "default-src 'none'; img-src data:; style-src " + csp_hash(files.css) + "; script-src " +
                             csp_hash(files.js) + "; base-uri 'none'; form-action 'none'";
  return filled(files.html, {{{"csp", policy},
                              {"css", std::string(files.css)},
                              {"data", json_for_script(data)},
                              {"js", std::string(files.js)}}});
}

}  // namespace boarddiff::compare
