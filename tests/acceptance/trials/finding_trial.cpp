// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/finding_trial.h"

#include "compare/inspection.h"
#include "compare/region_network.h"
#include "compare/suspect.h"
#include "datasets/evaluation/score.h"
#include "imaging/base/error.h"
#include "imaging/load.h"

#include <nlohmann/json.hpp>

#include <set>
#include <sstream>
#include <utility>

namespace boarddiff::trials {

namespace {

nlohmann::json json_of(const FindingTrial& trial) {
  return {{"case", trial.name},
          {"board", trial.board},
          {"xray", trial.modality == imaging::Modality::xray},
          {"changes", trial.changes},
          {"parts_known", trial.parts_known},
          {"false_plain_bodies", trial.false_plain_bodies}};
}

nlohmann::json json_of(const TriedRegion& region) {
  return {{"box", {region.box.x, region.box.y, region.box.width, region.box.height}},
          {"weight", region.weight},
          {"hits", region.hits},
          {"true_kinds", region.true_kinds},
          {"signs", std::vector<double>(region.signs.begin(), region.signs.end())},
          {"kind", compare::name_of(region.kind)}};
}

compare::FindingKind kind_named(const std::string& name) {
  for (const compare::FindingKind kind : compare::kTellableKinds) {
    if (name == compare::name_of(kind)) return kind;
  }
  return compare::FindingKind::changed_marking;
}

}  // namespace

int one_kind_of(const TriedRegion& region) {
  const std::set<std::string> kinds(region.true_kinds.begin(), region.true_kinds.end());
  for (int kind = 0; kinds.size() == 1 && kind < compare::kKinds; ++kind) {
    if (*kinds.begin() == name_of(compare::kTellableKinds.at(static_cast<std::size_t>(kind)))) return kind;
  }
  return -1;
}

FindingTrial run_finding_trial(const datasets::Case& from) {
  FindingTrial trial{.name = from.name, .board = from.board, .modality = from.modality};
  for (const datasets::CaseChange& change : from.changes) trial.changes.push_back(change.id);
  imaging::BoardImage reference = imaging::load_board_image(from.reference);
  const imaging::BoardImage sample = imaging::load_board_image(from.sample);
  reference.pixels_per_mm = from.pixels_per_mm;
  const imaging::Registration registration = imaging::register_to_reference(reference, sample, from.modality);
  if (!registration.ok()) return trial;
  const compare::InspectionOptions options{.modality = from.modality};
  compare::Comparison compared = compare::compare_pictures(reference, sample, registration, options);
  // The regions are those of pictures without a scale, so that what is fitted without parts does not depend on them.
  const compare::PairParts parts = std::exchange(compared.layouts.parts, {});
  trial.parts_known = parts.known();
  for (const compare::Suspect& suspect :
       compare::find_suspects(compared.evidence, compared.layouts, compared.pair).list) {
    TriedRegion region{
        .box = suspect.region.box, .weight = suspect.weight, .signs = suspect.signs, .kind = suspect.kind.kind};
    region.signs.tail<compare::kPartSigns>() = part_signs_of(suspect.view.body, parts);
    const imaging::Box box = finding_of(suspect, compared.pair, registration.plane).sample_box;
    for (const datasets::CaseChange& change : from.changes) {
      if (!datasets::hits(box, change)) continue;
      region.hits.push_back(change.id);
      region.true_kinds.push_back(change.kind);
    }
    if (suspect.region.by_step) {
      trial.false_plain_bodies += region.hits.empty() ? 1 : 0;
    } else {
      trial.regions.push_back(region);
    }
  }
  return trial;
}

std::string trials_text(const std::vector<FindingTrial>& trials) {
  std::string text;
  for (const FindingTrial& trial : trials) {
    text += json_of(trial).dump() + "\n";
    for (const TriedRegion& region : trial.regions) text += json_of(region).dump() + "\n";
  }
  return text;
}

std::vector<FindingTrial> trials_in_text(const std::string& text) {
  std::vector<FindingTrial> trials;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const nlohmann::json json = nlohmann::json::parse(line);
    if (json.contains("case")) {
      trials.push_back({.name = json["case"],
                        .board = json["board"],
                        .modality = json["xray"] ? imaging::Modality::xray : imaging::Modality::photo,
                        .changes = json["changes"],
                        .parts_known = json["parts_known"],
                        .false_plain_bodies = json["false_plain_bodies"]});
      continue;
    }
    const std::vector<double> signs = json["signs"];
    imaging::require(!trials.empty() && signs.size() == compare::kRegionSigns,
                     "trials_in_text: regions behind their case, with as many signs as there are today");
    const std::vector<double> box = json["box"];
    TriedRegion region{.box = {.x = box.at(0), .y = box.at(1), .width = box.at(2), .height = box.at(3)},
                       .weight = json["weight"],
                       .hits = json["hits"],
                       .true_kinds = json["true_kinds"],
                       .kind = kind_named(json["kind"])};
    region.signs = Eigen::Map<const compare::RegionSigns>(signs.data());
    trials.back().regions.push_back(region);
  }
  return trials;
}

}  // namespace boarddiff::trials
