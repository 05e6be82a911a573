// SPDX-License-Identifier: Apache-2.0
#include "compare/sensitivity.h"

#include "compare/hit_rule.h"
#include "compare/inspection.h"
#include "compare/picture_faults.h"
#include "compare/region_score.h"
#include "compare/sensitivity_counts.h"
#include "compare/surroundings.h"
#include "compare/suspect.h"
#include "compare/virtual_places.h"
#include "compare/whole_pixels.h"
#include "compare/xray_inserts.h"
#include "imaging/base/random.h"
#include "imaging/plant_part.h"
#include "imaging/scene_light.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::Box;
using imaging::VirtualPart;

// Resistors 0201, 0402, 0603 and 0805, and bodies as of a small and of a usual circuit with eight leads.
constexpr std::array<std::array<double, 2>, 6> kSizes_mm = {
    {{0.5, 0.25}, {1.0, 0.5}, {1.6, 0.8}, {2.0, 1.25}, {3.0, 3.0}, {6.0, 5.0}}};

// Without a scale: the smallest part that must be seen is taken to be 8 pixels of the pair wide there, too.
constexpr double kAssumedPxPerMm = 10;

// No part is in the surroundings that another one is measured against.
constexpr double kApartCells = 2 * kAroundCells;

double height_mm_of(double width_mm) {
  constexpr double kHighest_mm = 0.9;
  return std::min(0.55 * width_mm, kHighest_mm);
}

// All sizes in all colours, the largest first, since they need the most room.
std::vector<VirtualPart> parts_to_plant() {
  std::vector<VirtualPart> parts;
  for (auto size = kSizes_mm.rbegin(); size != kSizes_mm.rend(); ++size) {
    for (const imaging::BodyColour colour : imaging::kBodyColours) {
      parts.push_back({.length_mm = size->at(0),
                       .width_mm = size->at(1),
                       .height_mm = height_mm_of(size->at(1)),
                       .colour = colour});
    }
  }
  return parts;
}

std::vector<Box> findings_in(const Comparison& compared, const InspectionOptions& options) {
  constexpr int kMostRegions = 2 * kMostSuspects;
  const double threshold = score_at(options.finding.false_calls_per_board);
  std::vector<Box> boxes;
  for (const Suspect& suspect : find_suspects(compared.evidence, compared.layouts, compared.pair, kMostRegions).list) {
    if (suspect.score >= threshold) {
      boxes.push_back(suspect.kind.in_sample);
    }
  }
  return boxes;
}

// What was planted changes the evidence no farther than this: cells are matched with neighbours, at two scales.
constexpr int kChangedCells = 8;

void take_window(OneWayEvidence& evidence, const OneWayEvidence& planted, const cv::Rect& cells) {
  for (const auto map : kOneWayMaps) {
    if (!(planted.*map).empty()) {
      (planted.*map)(cells).copyTo((evidence.*map)(cells));
    }
  }
}

// The evidence as it was, and that of the planted sample around what was planted. So what is measured of the picture as
// a whole stays, and so does what several known-good boards say of the rest.
Evidence with_windows(const Evidence& before, const Evidence& planted, const std::vector<Box>& outlines) {
  Evidence evidence{.cell_px = before.cell_px,
                    .sample = copy_of(before.sample),
                    .reference = copy_of(before.reference),
                    .inspected = before.inspected};
  const double margin = kChangedCells * before.cell_px;
  for (const Box& outline : outlines) {
    const Box around = grown(outline, margin);
    const Box in_cells = scaled(around, 1.0 / before.cell_px);
    const cv::Rect cells = whole_pixels(in_cells, before.inspected.size());
    take_window(evidence.sample, planted.sample, cells);
    take_window(evidence.reference, planted.reference, cells);
  }
  return against_surroundings(std::move(evidence));
}

// The comparison with parts planted into the sample at the outlines.
Comparison with_planted(const Comparison& compared, const cv::Mat3f& sample, const std::vector<Box>& outlines,
                        const InspectionOptions& options) {
  Comparison altered = compared;
  altered.pair.sample = sample;
  const cv::Mat1b wanted(altered.board & ~altered.ignored);
  const Evidence planted = measure_evidence(altered.pair, without_faults(wanted, altered.faults), options.evidence);
  altered.evidence = with_windows(compared.evidence, planted, outlines);
  const cv::Mat1b shown(altered.board & altered.pair.seen);
  altered.layouts.sample = find_components(sample, shown, options.layout);
  altered.layouts.changes = diff_layouts(altered.layouts.reference, altered.layouts.sample);
  altered.layouts.parts = with_altered(compared.layouts.parts, sample, outlines);
  return altered;
}

struct Trial {
  PlantedPart placed = {};
  bool found = false;
};

std::vector<Box> outlines_of(const std::vector<PlantedPart>& placed) {
  std::vector<Box> outlines;
  for (const PlantedPart& one : placed) outlines.push_back(imaging::outline_px(one.part, one.place));
  return outlines;
}

// Photographs: parts painted as the light of the picture would show them.
Comparison with_painted(const Comparison& compared, const std::vector<PlantedPart>& placed,
                        const imaging::SceneLight& light, const InspectionOptions& options, std::uint64_t seed) {
  cv::Mat3f sample = compared.pair.sample.clone();
  std::uint64_t number = 0;
  for (const PlantedPart& one : placed) {
    imaging::plant_part(sample, one.part, one.place, light, imaging::mixed(seed, number++));
  }
  return with_planted(compared, sample, outlines_of(placed), options);
}

// X-rays: what absorbs besides what is there.
Comparison with_inserted(const Comparison& compared, const std::vector<PlantedPart>& placed) {
  cv::Mat1f sample = compared.pair.sample.clone();
  const std::vector<Box> outlines = outlines_of(placed);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    plant_insert(sample, outlines[i], kInsertMaterials.at(static_cast<std::size_t>(placed[i].part.colour)));
  }
  Comparison altered = compared;
  altered.pair.sample = sample;
  const cv::Mat1b wanted(altered.board & ~altered.ignored);
  const AttenuationEvidence planted =
      measure_attenuation_evidence(altered.pair, without_faults(wanted, altered.faults));
  altered.evidence.attenuation = with_planted_windows(compared.evidence.attenuation, planted, outlines);
  return altered;
}

std::vector<Trial> tried(const std::vector<PlantedPart>& placed, const Comparison& altered,
                         const InspectionOptions& options) {
  const std::vector<Box> findings = findings_in(altered, options);
  const std::vector<Box> outlines = outlines_of(placed);
  std::vector<Trial> trials;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    trials.push_back({.placed = placed[i], .found = std::any_of(findings.begin(), findings.end(), [&](const Box& box) {
                                             return hits(box, outlines[i]);
                                           })});
  }
  return trials;
}

imaging::SceneLight light_of(const Comparison& compared, const cv::Mat1b& even) {
  std::vector<Box> bodies;
  for (const Component& component : compared.layouts.sample.components) {
    bodies.push_back(component.box);
  }
  const cv::Mat1b shown(compared.board & compared.pair.seen);
  return imaging::measure_scene_light(compared.pair.sample, shown, even, bodies);
}

std::size_t size_of(const VirtualPart& part) {
  const auto same =
      std::find_if(kSizes_mm.begin(), kSizes_mm.end(), [&](const auto& size) { return size.at(0) == part.length_mm; });
  return static_cast<std::size_t>(same - kSizes_mm.begin());
}

void count(Sensitivity& sensitivity, const Trial& trial) {
  SizeSensitivity& size = sensitivity.sizes.at(size_of(trial.placed.part));
  PlantedCount& counted =
      trial.placed.on_board ? size.by_look.at(static_cast<std::size_t>(trial.placed.part.colour)) : size.on_parts;
  ++counted.planted;
  counted.found += trial.found ? 1 : 0;
}

// Of what is inspected, by cells.
double share_without_parts(const Comparison& compared) {
  cv::Mat1f uncovered(~compared.layouts.surface.covered / 255);
  cv::resize(uncovered, uncovered, compared.evidence.inspected.size(), 0, 0, cv::INTER_AREA);
  return cv::mean(uncovered, compared.evidence.inspected)[0];
}

// Where something is called without any virtual part.
std::vector<Box> taken_in_pair(const std::vector<Finding>& called, double scale) {
  std::vector<Box> taken;
  for (const Finding& finding : called) {
    taken.push_back(imaging::scaled(finding.reference_box, scale));
    for (const PlaceInBoth& place : finding.also_at) {
      taken.push_back(imaging::scaled(place.in_reference, scale));
    }
  }
  return taken;
}

}  // namespace

std::vector<imaging::OptionProblem> problems(const SensitivityOptions& options) {
  return imaging::OptionRules()
      .within("--sensitivity.copies", options.copies, 0, 100)
      .within("--sensitivity.seed", options.seed, 0, 1000000000)
      .problems();
}

std::optional<Sensitivity> measure_sensitivity(const Comparison& compared,
                                               const std::optional<double>& reference_px_per_mm,
                                               const std::vector<Finding>& called, double inspected_share,
                                               const InspectionOptions& options, const imaging::Execution& execution) {
  if (options.sensitivity.copies == 0) {
    return std::nullopt;
  }
  const bool xray = compared.evidence.attenuation.known();
  execution.begin("measuring sensitivity");
  const double scale = compared.pair.scale;
  const double px_per_mm = reference_px_per_mm ? *reference_px_per_mm * scale : kAssumedPxPerMm;
  Sensitivity sensitivity{.in_mm = reference_px_per_mm.has_value()};
  for (std::size_t i = 0; xray && i < kLooks; ++i) {
    sensitivity.looks.at(i) = kInsertMaterials.at(i).name;
    sensitivity.look_names.at(i) = kInsertMaterials.at(i).in_words;
  }
  const double unit = sensitivity.in_mm ? 1 : px_per_mm / scale;
  for (const auto& [length_mm, width_mm] : kSizes_mm) {
    sensitivity.sizes.push_back({.length = length_mm * unit, .width = width_mm * unit});
  }
  const cv::Mat1b even = xray ? cv::Mat1b() : even_ground(compared, px_per_mm);
  const imaging::SceneLight light = xray ? imaging::SceneLight{} : light_of(compared, even);
  const std::vector<Box> taken = taken_in_pair(called, scale);
  const RoomForParts room = xray ? room_for_inserts(compared, taken) : room_for_parts(compared, even, taken);
  std::vector<Trial> trials;
  for (int copy = 0; copy < options.sensitivity.copies; ++copy) {
    const std::uint64_t seed =
        imaging::mixed(static_cast<std::uint64_t>(options.sensitivity.seed), static_cast<std::uint64_t>(copy));
    const std::vector<PlantedPart> placed =
        place_parts(parts_to_plant(), room, px_per_mm, kApartCells * compared.evidence.cell_px, seed);
    const Comparison altered =
        xray ? with_inserted(compared, placed) : with_painted(compared, placed, light, options, seed);
    const std::vector<Trial> some = tried(placed, altered, options);
    trials.insert(trials.end(), some.begin(), some.end());
  }
  for (const Trial& trial : trials) {
    count(sensitivity, trial);
  }
  set_smallest(sensitivity);
  const std::size_t first = sensitivity.smallest.value_or(sensitivity.sizes.size() - 1);
  for (const Trial& trial : trials) {
    if (!trial.found && size_of(trial.placed.part) >= first) {
      sensitivity.missed.push_back(
          imaging::scaled(imaging::outline_px(trial.placed.part, trial.placed.place), 1 / scale));
    }
  }
  if (trials.empty()) {
    return std::nullopt;
  }
  const PlantedCount larger = from_size(sensitivity, first);
  sensitivity.share_of_board =
      sensitivity.smallest ? inspected_share * (xray ? share_of_bare_board(compared) : share_without_parts(compared)) *
                                 larger.found / std::max(larger.planted, 1)
                           : 0;
  return sensitivity;
}

}  // namespace boarddiff::compare
