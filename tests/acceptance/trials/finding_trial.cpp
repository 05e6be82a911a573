// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/finding_trial.h"

#include "compare/inspection.h"
#include "compare/region_network.h"
#include "compare/suspect.h"
#include "compare/xray_pieces.h"
#include "compare/xray_signs.h"
#include "datasets/evaluation/score.h"
#include "imaging/base/error.h"
#include "imaging/load.h"
#include "imaging/prepare_xray.h"

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
          {"kind", compare::name_of(region.kind)},
          {"thing", region.thing},
          {"compact", region.is_compact}};
}

compare::FindingKind kind_named(const std::string& name) {
  for (const auto& kinds : {std::span<const compare::FindingKind>(compare::kPhotoKinds),
                            std::span<const compare::FindingKind>(compare::kXrayKinds)}) {
    for (const compare::FindingKind kind : kinds) {
      if (name == compare::name_of(kind)) return kind;
    }
  }
  return compare::FindingKind::changed_marking;
}

TriedRegion tried(const compare::XrayPiece& piece) {
  return {.box = piece.claim.box,
          .weight = piece.claim.weight,
          .signs = piece.signs,
          .kind = piece.kind.kind,
          .thing = piece.claim.thing,
          .is_compact = piece.claim.is_compact};
}

// `box` in pixels of the sample.
void add_hits(TriedRegion& region, const imaging::Box& box, const datasets::Case& from) {
  for (const datasets::CaseChange& change : from.changes) {
    if (!datasets::hits(box, change)) continue;
    region.hits.push_back(change.id);
    region.true_kinds.push_back(change.kind);
  }
}

int signs_of(imaging::Modality modality) {
  return modality == imaging::Modality::photo ? compare::kRegionSigns : compare::kXraySigns;
}

}  // namespace

int one_kind_of(const TriedRegion& region, std::span<const compare::FindingKind> kinds) {
  const std::set<std::string> names(region.true_kinds.begin(), region.true_kinds.end());
  for (std::size_t kind = 0; names.size() == 1 && kind < kinds.size(); ++kind) {
    if (*names.begin() == name_of(kinds[kind])) return static_cast<int>(kind);
  }
  return -1;
}

FindingTrial run_finding_trial(const datasets::Case& from) {
  FindingTrial trial{.name = from.name, .board = from.board, .modality = from.modality};
  for (const datasets::CaseChange& change : from.changes) trial.changes.push_back(change.id);
  imaging::BoardImage reference = imaging::prepared(imaging::load_board_image(from.reference), from.modality);
  const imaging::BoardImage sample = imaging::prepared(imaging::load_board_image(from.sample), from.modality);
  reference.pixels_per_mm = from.pixels_per_mm;
  const imaging::Registration registration = imaging::register_to_reference(reference, sample, from.modality);
  if (!registration.ok()) return trial;
  const compare::InspectionOptions options{.modality = from.modality};
  compare::Comparison compared = compare::compare_pictures(reference, sample, registration, options);
  // The regions are those of pictures without a scale, so that what is fitted without parts does not depend on them.
  const compare::PairParts parts = std::exchange(compared.layouts.parts, {});
  trial.parts_known = parts.known();
  if (from.modality == imaging::Modality::xray) {
    for (const compare::XrayPiece& piece :
         compare::find_xray_pieces(compared.evidence.attenuation, compare::kMostSuspects).list) {
      TriedRegion region = tried(piece);
      add_hits(region,
               imaging::to_sample(registration.plane, imaging::scaled(piece.kind.in_sample, 1 / compared.pair.scale)),
               from);
      trial.regions.push_back(region);
    }
    return trial;
  }
  for (const compare::Suspect& suspect :
       compare::find_suspects(compared.evidence, compared.layouts, compared.pair).list) {
    TriedRegion region{
        .box = suspect.region.box, .weight = suspect.weight, .signs = suspect.signs, .kind = suspect.kind.kind};
    if (!suspect.region.by_step) {
      region.signs.tail<compare::kPartSigns>() = part_signs_of(suspect.view.body, parts);
    }
    add_hits(region, finding_of(suspect, compared.pair, registration.plane).sample_box, from);
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
    imaging::require(!trials.empty() && static_cast<int>(signs.size()) == signs_of(trials.back().modality),
                     "trials_in_text: regions behind their case, with as many signs as there are today");
    const std::vector<double> box = json["box"];
    TriedRegion region{.box = {.x = box.at(0), .y = box.at(1), .width = box.at(2), .height = box.at(3)},
                       .weight = json["weight"],
                       .hits = json["hits"],
                       .true_kinds = json["true_kinds"],
                       .kind = kind_named(json["kind"]),
                       .thing = json["thing"],
                       .is_compact = json["compact"]};
    region.signs = Eigen::Map<const Eigen::VectorXd>(signs.data(), static_cast<Eigen::Index>(signs.size()));
    trials.back().regions.push_back(region);
  }
  return trials;
}

}  // namespace boarddiff::trials
