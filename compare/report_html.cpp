// SPDX-License-Identifier: Apache-2.0
#include "compare/report_html.h"

#include "compare/page/page_files.h"
#include "compare/page_pictures.h"
#include "compare/report_document.h"
#include "compare/self_contained_page.h"

namespace boarddiff::compare {
namespace {

using Json = nlohmann::ordered_json;

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
