// SPDX-License-Identifier: Apache-2.0
#include "compare/report_json.h"

#include "compare/report_document.h"
#include "imaging/base/text.h"

#include <Eigen/LU>

#include <charconv>
#include <cmath>

namespace boarddiff::compare {
namespace {

using Json = nlohmann::ordered_json;

// Digits behind the point: finer ones would be noise of the estimate, and noise differs between machines.
constexpr int kPixelDigits = 2;
constexpr int kShareDigits = 4;
constexpr int kDegreeDigits = 2;
constexpr int kMillimetreDigits = 3;

// JSON knows neither infinity nor not-a-number; null says "unknown".
Json rounded(double value, int digits) {
  if (!std::isfinite(value)) {
    return nullptr;
  }
  const std::string text = imaging::fixed_text(value, digits);
  double result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result + 0.0;  // -0 becomes 0
}

// Nine significant digits: a homography so written moves no point of a 250-megapixel picture by 0.001 px.
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
          {"watched", marked_document(coverage.watched)}};
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
  document["share_of_board"] = rounded(sensitivity->share_of_board, kShareDigits);
  document["sizes"] = sizes;
  document["missed"] = missed;
  return document;
}

// Null where the print was not read or is not readable.
Json marking_document(const std::optional<MarkingPair>& marking) {
  if (!marking) {
    return nullptr;
  }
  return {{"difference", std::string(name_of(marking->difference))},
          {"reference", text_or_null(readable_text(marking->reference))},
          {"sample", text_or_null(readable_text(marking->sample))},
          {"reference_confidence", rounded(marking->reference.confidence, kShareDigits)},
          {"sample_confidence", rounded(marking->sample.confidence, kShareDigits)}};
}

Json extra_part_document(const std::optional<ExtraPart>& part) {
  if (!part) {
    return nullptr;
  }
  return {{"size_px", {rounded(part->length_px, kPixelDigits), rounded(part->width_px, kPixelDigits)}},
          {"size_mm", part->size_mm ? Json({rounded(part->size_mm->x(), kMillimetreDigits),
                                            rounded(part->size_mm->y(), kMillimetreDigits)})
                                    : Json()},
          {"reference_outline", polygon_document(part->reference_outline)},
          {"terminals", part->terminals ? Json(*part->terminals) : Json()},
          {"colour", part->colour},
          {"ground", part->ground ? Json(std::string(name_of(*part->ground))) : Json()}};
}

Json places_document(const std::vector<PlaceInBoth>& places) {
  Json list = Json::array();
  for (const PlaceInBoth& place : places) {
    list.push_back({{"sample_box", box_document(place.in_sample, kPixelDigits)},
                    {"reference_box", box_document(place.in_reference, kPixelDigits)}});
  }
  return list;
}

// Null where no design was given that fits.
Json place_document(const std::optional<DesignPlace>& place) {
  if (!place) {
    return nullptr;
  }
  Json near = Json::array();
  for (const NearDesignator& one : place->near) {
    near.push_back({{"designator", one.designator}, {"distance_mm", rounded(one.distance_mm, kMillimetreDigits)}});
  }
  return {{"side", std::string(name_of(place->side))},
          {"centre_mm",
           {rounded(place->centre_mm.x(), kMillimetreDigits), rounded(place->centre_mm.y(), kMillimetreDigits)}},
          {"has", std::string(name_of(place->there))},
          {"designator", text_or_null(place->designator)},
          {"near", near}};
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

Json findings_document(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    list.push_back(
        {{"id", finding.id},
         {"kind", std::string(name_of(finding.kind))},
         {"score", rounded(finding.score, kShareDigits)},
         {"sample_box", box_document(finding.sample_box, kPixelDigits)},
         {"reference_box", box_document(finding.reference_box, kPixelDigits)},
         {"board_box_mm", finding.board_box_mm ? box_document(*finding.board_box_mm, kMillimetreDigits) : Json()},
         {"near", text_or_null(finding.near)},
         {"design", place_document(finding.design)},
         {"watch", text_or_null(finding.watch)},
         {"marking", marking_document(finding.marking)},
         {"extra_part", extra_part_document(finding.extra_part)},
         {"also_at", places_document(finding.also_at)},
         {"reason", finding.reason}});
  }
  return list;
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
          {"findings", findings_document(report.findings)},
          {"candidates", findings_document(report.candidates)},
          {"notes", report.notes},
          {"options", options}};
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

std::string report_json(const InspectionReport& report) {
  // File names may hold any bytes; what is not UTF-8 becomes U+FFFD.
  return report_document(report).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace boarddiff::compare
