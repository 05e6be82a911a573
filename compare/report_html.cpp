// SPDX-License-Identifier: Apache-2.0
#include "compare/report_html.h"

#include "compare/page/page_files.h"
#include "compare/page_pictures.h"
#include "compare/report_document.h"
#include "compare/self_contained_page.h"

#include <array>
#include <string_view>
#include <utility>

namespace boarddiff::compare {
namespace {

using Json = nlohmann::ordered_json;

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

std::string page_of(const Json& report, const Json& pictures) {
  const PageFiles files = page_files();
  const Json data = {{"report", report}, {"pictures", pictures}};
  const std::string policy = "default-src 'none'; img-src data:; style-src " + csp_hash(files.css) + "; script-src " +
                             csp_hash(files.js) + "; base-uri 'none'; form-action 'none'";
  return filled_page(files.html, {{"csp", policy},
                                  {"css", std::string(files.css)},
                                  {"data", json_for_script(data)},
                                  {"js", std::string(files.js)}});
}

}  // namespace

std::string report_html(const InspectionReport& report, const imaging::BoardImage& reference,
                        const imaging::BoardImage& sample) {
  return page_of(report_document(report), page_pictures(report, reference, sample));
}

std::string report_html(const JointReport& joint, const PagePictures& photographs, const PagePictures& xrays) {
  Json pictures = page_pictures(joint.report, photographs.reference, photographs.sample);
  if (joint.report.outcome != Outcome::not_comparable && joint.xrays.outcome != Outcome::not_comparable) {
    pictures["xray"] = xray_page_pictures(joint, photographs.reference.size(), xrays.reference, xrays.sample);
  }
  return page_of(report_document(joint), pictures);
}

}  // namespace boarddiff::compare
