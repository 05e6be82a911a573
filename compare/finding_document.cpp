// SPDX-License-Identifier: Apache-2.0
#include "compare/finding_document.h"

#include "compare/json_numbers.h"

#include <string>

namespace boarddiff::compare {
namespace {

using Json = nlohmann::ordered_json;

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

Json seen_in_document(const Finding& finding, imaging::Modality modality) {
  Json list = Json::array();
  if (!finding.in_xray_alone) list.push_back(std::string(name_of(modality)));
  if (finding.xray) list.push_back(std::string(name_of(imaging::Modality::xray)));
  return list;
}

// Null where no X-rays were compared besides, or they do not show it.
Json xray_document(const std::optional<XraySight>& sight) {
  if (!sight) {
    return nullptr;
  }
  return {{"kind", std::string(name_of(sight->kind))},
          {"score", rounded(sight->score, kShareDigits)},
          {"sample_box", box_document(sight->sample_box, kPixelDigits)},
          {"reference_box", box_document(sight->reference_box, kPixelDigits)},
          {"also_at", places_document(sight->also_at)},
          {"reason", sight->reason}};
}

}  // namespace

Json findings_document(const std::vector<Finding>& findings, imaging::Modality modality) {
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
         {"seen_in", seen_in_document(finding, modality)},
         {"xray", xray_document(finding.xray)},
         {"reason", finding.reason}});
  }
  return list;
}

}  // namespace boarddiff::compare
