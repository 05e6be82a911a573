// SPDX-License-Identifier: Apache-2.0
#include "compare/report_json.h"

#include "compare/finding_document.h"
#include "compare/json_numbers.h"
#include "compare/report_document.h"

#include <Eigen/LU>

namespace boarddiff::compare {
namespace {

using Json = nlohmann::ordered_json;

Json codes_document(const std::vector<imaging::Code>& codes) {
  Json list = Json::array();
  for (const imaging::Code& code : codes) {
    list.push_back({{"format", code.format}, {"text", code.text}, {"box", box_document(code.box, kPixelDigits)}});
  }
  return list;
}

Json picture_document(const Picture& picture) {
  return {{"file", picture.source.name},
          {"sha256", picture.source.sha256},
          {"format", picture.source.format},
          {"bits", picture.source.bits_per_channel},
          {"width", picture.width},
          {"height", picture.height},
          {"pixels_per_mm", picture.pixels_per_mm ? significant(*picture.pixels_per_mm) : Json()},
          {"pixels_per_mm_origin", text_or_null(picture.pixels_per_mm_origin)},
          {"exif_orientation", picture.source.exif_orientation},
          {"accepted_damage", picture.source.accepted_damage},
          {"codes", codes_document(picture.codes)}};
}

// Of a reference file with its boards.
Json reference_document(const InspectionReport& report) {
  Json document = picture_document(report.reference);
  if (report.known_good.empty()) {
    return document;
  }
  document["name"] = text_or_null(report.reference_name);
  document["note"] = text_or_null(report.reference_note);
  document["boards"] = Json::array();
  for (const ComparedBoard& board : report.known_good) {
    document["boards"].push_back({{"file", board.file}, {"sha256", board.sha256}, {"compared", board.compared}});
  }
  return document;
}

// Row by row, with the last number 1.
Json homography_document(const Eigen::Matrix3d& matrix) {
  Json numbers = Json::array();
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      numbers.push_back(significant(matrix(row, column) / matrix(2, 2)));
    }
  }
  return numbers;
}

Json smooth_residual_document(const imaging::SmoothResidual& residual) {
  Json shift_x = Json::array();
  Json shift_y = Json::array();
  for (int term = 0; term < imaging::SmoothResidual::kTerms; ++term) {
    shift_x.push_back(significant(residual.shift_px(0, term)));
    shift_y.push_back(significant(residual.shift_px(1, term)));
  }
  return {{"origin", {significant(residual.origin_in_reference.x()), significant(residual.origin_in_reference.y())}},
          {"half_side_px", significant(residual.half_side_px)},
          {"shift_x_px", shift_x},
          {"shift_y_px", shift_y}};
}

Json lens_document(const imaging::RadialLens& lens) {
  return {{"centre", {significant(lens.centre_px.x()), significant(lens.centre_px.y())}},
          {"half_diagonal_px", significant(lens.half_diagonal_px)},
          {"k1", significant(lens.k[0])},
          {"k2", significant(lens.k[1])}};
}

Json registration_document(const imaging::Registration& registration) {
  Json document = {{"status", std::string(name_of(registration.status))},
                   {"reason", text_or_null(registration.reason)}};
  if (!registration.ok()) {
    for (const char* field : {"confidence", "inliers", "confirmed", "layout_differs", "residual_px", "stability_px",
                              "overlap", "rotation_deg", "scale", "tilt_deg", "mirrored", "reference_from_sample",
                              "sample_from_reference", "reference_lens", "sample_lens", "smooth_residual"}) {
      document[field] = nullptr;
    }
    return document;
  }
  const Eigen::Matrix3d& sample_from_reference = registration.plane.sample_from_reference;
  document["confidence"] = rounded(registration.confidence, kShareDigits);
  document["inliers"] = registration.inliers;
  document["confirmed"] = rounded(registration.signs.confirmed, kShareDigits);
  document["layout_differs"] = rounded(1 - registration.signs.agreeing, kShareDigits);
  document["residual_px"] = {{"median", rounded(registration.residual_median_px, kPixelDigits)},
                             {"p95", rounded(registration.residual_p95_px, kPixelDigits)}};
  document["stability_px"] = rounded(registration.stability_px, kPixelDigits);
  document["overlap"] = rounded(registration.overlap, kShareDigits);
  document["rotation_deg"] = rounded(registration.rotation_deg, kDegreeDigits);
  document["scale"] = rounded(registration.scale, kShareDigits);
  document["tilt_deg"] = rounded(registration.tilt_deg, kDegreeDigits);
  document["mirrored"] = registration.mirrored;
  document["reference_from_sample"] = homography_document(sample_from_reference.inverse());
  document["sample_from_reference"] = homography_document(sample_from_reference);
  document["reference_lens"] = lens_document(registration.plane.reference_lens);
  document["sample_lens"] = lens_document(registration.plane.sample_lens);
  document["smooth_residual"] = smooth_residual_document(registration.plane.residual);
  return document;
}

Json marked_document(const std::vector<MarkedRegion>& regions) {
  Json list = Json::array();
  for (const MarkedRegion& region : regions) {
    list.push_back({{"who", text_or_null(region.who)},
                    {"why", text_or_null(region.why)},
                    {"reference_polygon", polygon_document(joined_rings(region))}});
  }
  return list;
}

Json variations_document(const std::vector<UsedVariation>& variations) {
  Json list = Json::array();
  for (const UsedVariation& variation : variations) {
    list.push_back({{"number", variation.number},
                    {"who", text_or_null(variation.who)},
                    {"why", text_or_null(variation.why)},
                    {"when", text_or_null(variation.when)},
                    {"seen", variation.is_seen},
                    {"reference_polygon", polygon_document(imaging::corners(variation.core))}});
  }
  return list;
}

Json coverage_document(const Coverage& coverage) {
  Json regions = Json::array();
  for (const Region& region : coverage.not_inspected_regions) {
    regions.push_back({{"why", region.why}, {"reference_polygon", polygon_document(region.reference_polygon)}});
  }
  return {{"inspected", rounded(coverage.inspected, kShareDigits)},
          {"masked", rounded(coverage.masked, kShareDigits)},
          {"not_inspected", rounded(coverage.not_inspected, kShareDigits)},
          {"masks", marked_document(coverage.masks)},
          {"not_inspected_regions", regions},
          {"watched", marked_document(coverage.watched)},
          {"varied", rounded(coverage.varied, kShareDigits)},
          {"variations", variations_document(coverage.variations)}};
}

Json counts_document(const PlantedCount& count) { return {{"planted", count.planted}, {"found", count.found}}; }

Json sensitivity_document(const std::optional<Sensitivity>& sensitivity) {
  if (!sensitivity) {
    return nullptr;
  }
  const int digits = sensitivity->in_mm ? kMillimetreDigits : kPixelDigits;
  Json sizes = Json::array();
  for (const SizeSensitivity& size : sensitivity->sizes) {
    Json entry = {{"size", {rounded(size.length, digits), rounded(size.width, digits)}}};
    entry.update(counts_document(size.all()));
    for (std::size_t i = 0; i < size.by_look.size(); ++i) {
      entry[std::string(sensitivity->looks.at(i))] = counts_document(size.by_look.at(i));
    }
    entry["on_parts"] = counts_document(size.on_parts);
    sizes.push_back(entry);
  }
  Json missed = Json::array();
  for (const imaging::Box& box : sensitivity->missed) {
    missed.push_back(box_document(box, kPixelDigits));
  }
  Json document = {{"unit", sensitivity->in_mm ? "mm" : "px"}};
  document["smallest"] = sensitivity->smallest ? sizes.at(*sensitivity->smallest)["size"] : Json();
  for (std::size_t i = 0; i < kLooks; ++i) {
    const auto& smallest = sensitivity->smallest_by_look.at(i);
    document["smallest_by_look"][std::string(sensitivity->looks.at(i))] =
        smallest ? sizes.at(*smallest)["size"] : Json();
  }
  document["share_of_board"] = rounded(sensitivity->share_of_board, kShareDigits);
  document["sizes"] = sizes;
  document["missed"] = missed;
  return document;
}

Json sample_in_design_document(const std::optional<SampleInDesign>& sample) {
  if (!sample) {
    return nullptr;
  }
  return {{"seen", sample->seen},
          {"missing", sample->missing},
          {"unclear", sample->unclear},
          {"unseen_in_both", sample->unseen},
          {"on_empty_pads", sample->on_pads},
          {"not_in_design", sample->not_in_design},
          {"in_sample_alone", sample->in_sample_alone}};
}

// Null where no design was given.
Json design_document(const std::optional<DesignReport>& design) {
  if (!design) {
    return nullptr;
  }
  return {{"file", design->file},
          {"sha256", design->sha256},
          {"side", std::string(name_of(design->side))},
          {"fits", design->fits},
          {"reason", text_or_null(design->reason)},
          {"matched", design->matched},
          {"expected", design->expected},
          {"median_mm", design->fits ? rounded(design->median_mm, kMillimetreDigits) : Json()},
          {"reference_from_board", design->fits ? homography_document(design->reference_from_board) : Json()},
          {"sample", sample_in_design_document(design->sample)}};
}

}  // namespace

Json report_document(const InspectionReport& report) {
  Json options = Json::object();
  for (const auto& [flag, value] : report.options) {
    options[flag] = value;
  }
  return {{"schema", kReportSchema},
          {"tool", {{"name", "boarddiff"}, {"version", BOARDDIFF_VERSION}}},
          {"outcome", std::string(name_of(report.outcome))},
          {"reason", report.reason},
          {"modality", std::string(imaging::name_of(report.modality))},
          {"reference", reference_document(report)},
          {"sample", picture_document(report.sample)},
          {"registration", registration_document(report.registration)},
          {"design", design_document(report.design)},
          {"coverage", coverage_document(report.coverage)},
          {"sensitivity", sensitivity_document(report.sensitivity)},
          {"xray", nullptr},
          {"findings", findings_document(report.findings, report.modality)},
          {"candidates", findings_document(report.candidates, report.modality)},
          {"notes", report.notes},
          {"options", options}};
}

Json report_document(const JointReport& joint) {
  Json document = report_document(joint.report);
  const imaging::XrayOnPhoto& laid = joint.laid;
  Json xray = {{"laid",
                {{"status", laid.found ? "aligned" : "not_comparable"},
                 {"reason", text_or_null(laid.reason)},
                 {"places", laid.places},
                 {"agreeing", laid.agreeing},
                 {"xray_from_photo", laid.found ? homography_document(laid.plane.sample_from_reference) : Json()},
                 {"photo_lens", laid.found ? lens_document(laid.plane.reference_lens) : Json()},
                 {"xray_lens", laid.found ? lens_document(laid.plane.sample_lens) : Json()}}}};
  xray["outcome"] = std::string(name_of(joint.xrays.outcome));
  xray["reason"] = text_or_null(joint.xrays.reason);
  xray["reference"] = reference_document(joint.xrays);
  xray["sample"] = picture_document(joint.xrays.sample);
  xray["registration"] = registration_document(joint.xrays.registration);
  xray["coverage"] = coverage_document(joint.xrays.coverage);
  xray["sensitivity"] = sensitivity_document(joint.xrays.sensitivity);
  document["xray"] = xray;
  return document;
}

Json mapping_document(const Mapping& mapping) {
  Json options = Json::object();
  for (const auto& [flag, value] : mapping.options) {
    options[flag] = value;
  }
  return {{"schema", kMappingSchema},
          {"tool", {{"name", "boarddiff"}, {"version", BOARDDIFF_VERSION}}},
          {"modality", std::string(imaging::name_of(mapping.modality))},
          {"reference", picture_document(mapping.reference)},
          {"sample", picture_document(mapping.sample)},
          {"registration", registration_document(mapping.registration)},
          {"how_to_map",
           "Pixel centres have whole coordinates, x to the right, y down. A point of the reference is taken out of the "
           "reference's lens, through sample_from_reference and into the sample's lens, and moved by the smooth "
           "residual; it then is a point of the sample. sample_from_reference alone is the board's plane without "
           "lenses and bow. The formula and the way back: docs/report-format.md, registration."},
          {"notes", mapping.notes},
          {"options", options}};
}

namespace {

// File names may hold any bytes; what is not UTF-8 becomes U+FFFD.
std::string text_of(const Json& document) {
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string report_json(const InspectionReport& report) { return text_of(report_document(report)); }

std::string report_json(const JointReport& joint) { return text_of(report_document(joint)); }

}  // namespace boarddiff::compare
