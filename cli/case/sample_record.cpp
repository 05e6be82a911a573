// SPDX-License-Identifier: Apache-2.0
#include "cli/case/sample_record.h"

#include <nlohmann/json.hpp>

namespace boarddiff::cli {
namespace {

using Json = nlohmann::json;

Json binary(const std::string& bytes) { return Json::binary({bytes.begin(), bytes.end()}); }

std::string text_in(const Json& json) {
  const auto& bytes = json.get_binary();
  return {bytes.begin(), bytes.end()};
}

Json json_of(const FindingRecord& finding) {
  return {{"number", finding.number},
          {"kind", finding.kind},
          {"score", finding.score},
          {"above", finding.above_threshold},
          {"advisory", finding.advisory},
          {"sample", finding.sample_box},
          {"reference", finding.reference_box},
          {"near", finding.near},
          {"watch", finding.watch},
          {"reason", finding.reason},
          {"look", binary(finding.look)},
          {"reference_crop", binary(finding.reference_crop)},
          {"sample_crop", binary(finding.sample_crop)}};
}

FindingRecord finding_in(const Json& json) {
  return {.number = json["number"],
          .kind = json["kind"],
          .score = json["score"],
          .above_threshold = json["above"],
          .advisory = json["advisory"],
          .sample_box = json["sample"],
          .reference_box = json["reference"],
          .near = json["near"],
          .watch = json["watch"],
          .reason = json["reason"],
          .look = text_in(json["look"]),
          .reference_crop = text_in(json["reference_crop"]),
          .sample_crop = text_in(json["sample_crop"])};
}

Json json_of(const VirtualPartRecord& part) {
  return {{"number", part.number},    {"length", part.length},     {"width", part.width},
          {"unit", part.unit},        {"look", part.look},         {"kind", part.kind},
          {"score", part.score},      {"sample", part.sample_box}, {"reference", part.reference_box},
          {"near", part.near},        {"watch", part.watch},       {"reason", part.reason},
          {"painting", part.painting}};
}

VirtualPartRecord virtual_part_in(const Json& json) {
  return {.number = json["number"],
          .length = json["length"],
          .width = json["width"],
          .unit = json["unit"],
          .look = json["look"],
          .kind = json["kind"],
          .score = json["score"],
          .sample_box = json["sample"],
          .reference_box = json["reference"],
          .near = json["near"],
          .watch = json["watch"],
          .reason = json["reason"],
          .painting = json["painting"]};
}

Json json_of(const RegistrationRecord& found) {
  return {{"status", found.status}, {"inliers", found.inliers},       {"median", found.median_px},
          {"p95", found.p95_px},    {"rotation", found.rotation_deg}, {"scale", found.scale},
          {"tilt", found.tilt_deg}, {"mirrored", found.mirrored}};
}

RegistrationRecord registration_in(const Json& json) {
  return {.status = json["status"],
          .inliers = json["inliers"],
          .median_px = json["median"],
          .p95_px = json["p95"],
          .rotation_deg = json["rotation"],
          .scale = json["scale"],
          .tilt_deg = json["tilt"],
          .mirrored = json["mirrored"]};
}

}  // namespace

std::string bytes_of(const SampleRecord& record) {
  Json json = {{"end", static_cast<int>(record.end)},
               {"reason", record.reason},
               {"outcome", record.outcome},
               {"registration", record.registration ? json_of(*record.registration) : Json()},
               {"alignment", record.alignment},
               {"findings", Json::array()},
               {"virtual_parts", Json::array()},
               {"report", binary(record.report)},
               {"thumbnail", binary(record.thumbnail)},
               {"reference_thumbnail", binary(record.reference_thumbnail)},
               {"seconds", record.seconds}};
  for (const FindingRecord& finding : record.findings) json["findings"].push_back(json_of(finding));
  for (const VirtualPartRecord& part : record.virtual_parts) json["virtual_parts"].push_back(json_of(part));
  std::string bytes;
  Json::to_cbor(json, bytes);
  return bytes;
}

SampleRecord record_in(const std::string& bytes) {
  const Json json = Json::from_cbor(bytes);
  SampleRecord record{.end = static_cast<SampleEnd>(json["end"].get<int>()),
                      .reason = json["reason"],
                      .outcome = json["outcome"],
                      .alignment = json["alignment"],
                      .report = text_in(json["report"]),
                      .thumbnail = text_in(json["thumbnail"]),
                      .reference_thumbnail = text_in(json["reference_thumbnail"]),
                      .seconds = json["seconds"]};
  if (!json["registration"].is_null()) record.registration = registration_in(json["registration"]);
  for (const Json& finding : json["findings"]) record.findings.push_back(finding_in(finding));
  for (const Json& part : json["virtual_parts"]) record.virtual_parts.push_back(virtual_part_in(part));
  return record;
}

}  // namespace boarddiff::cli
