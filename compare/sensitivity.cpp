// SPDX-License-Identifier: Apache-2.0
#include "compare/sensitivity.h"

#include "compare/finding_places.h"
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
#include <iterator>
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

// At or above the threshold, best first.
std::vector<Suspect> called_in(const Comparison& compared, const InspectionOptions& options) {
  constexpr int kMostRegions = 2 * kMostSuspects;
  const double threshold = score_at(options.finding.false_calls_per_board);
  std::vector<Suspect> called = find_suspects(compared.evidence, compared.layouts, compared.pair, kMostRegions).list;
  std::erase_if(called, [&](const Suspect& suspect) { return suspect.score < threshold; });
  return called;
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
  std::optional<Finding> finding = {};  // that it was found as: of photographs, on the board itself
  std::uint64_t seed = 0;               // of how it was painted
};

std::vector<Box> outlines_of(const std::vector<PlantedPart>& placed) {
  std::vector<Box> outlines;
  outlines.reserve(placed.size());
  for (const PlantedPart& one : placed) outlines.push_back(imaging::outline_px(one.part, one.place));
  return outlines;
}

// Photographs: parts painted as the light of the picture would show them.
Comparison with_painted(const Comparison& compared, const std::vector<PlantedPart>& placed,
                        const imaging::SceneLight& light, const InspectionOptions& options, std::uint64_t seed) {
  cv::Mat3f sample = compared.pair.sample.clone();
  for (std::size_t i = 0; i < placed.size(); ++i) {
    imaging::plant_part(sample, placed[i].part, placed[i].place, light, imaging::mixed(seed, i));
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

// As the report would have it, but for its box in the sample, which is in the reference's frame.
Finding described(const Suspect& suspect, const Comparison& altered, const std::optional<double>& reference_px_per_mm,
                  const InspectionOptions& options) {
  std::vector<Finding> one = {finding_of(suspect, altered.pair, {})};
  one.front().watch = watched_for(region_around(suspect.kind.in_reference, options.regions.watched.regions,
                                                altered.pair.size(), altered.pair.scale));
  one.front().above_threshold = true;
  describe_extra_parts(one, altered.pair, altered.layouts.surface, reference_px_per_mm);
  set_millimetres(one, reference_px_per_mm);
  return std::move(one.front());
}

std::vector<Trial> tried(const std::vector<PlantedPart>& placed, const Comparison& altered,
                         const std::optional<double>& reference_px_per_mm, const InspectionOptions& options,
                         std::uint64_t seed) {
  const bool is_photo = !altered.evidence.attenuation.known();
  const std::vector<Suspect> called = called_in(altered, options);
  const std::vector<Box> outlines = outlines_of(placed);
  std::vector<Trial> trials;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    const auto hit = std::find_if(called.begin(), called.end(),
                                  [&](const Suspect& one) { return hits(one.kind.in_sample, outlines[i]); });
    Trial trial{.placed = placed[i], .found = hit != called.end(), .seed = imaging::mixed(seed, i)};
    if (trial.found && is_photo && placed[i].on_board) {
      trial.finding = described(*hit, altered, reference_px_per_mm, options);
    }
    trials.push_back(std::move(trial));
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

// All sizes without a part yet. `assumed_px_per_mm`: of the reference, where sizes are not in millimetres.
Sensitivity nothing_planted(bool xray, bool in_mm, double assumed_px_per_mm) {
  Sensitivity sensitivity{.in_mm = in_mm};
  for (std::size_t i = 0; xray && i < kLooks; ++i) {
    sensitivity.looks.at(i) = kInsertMaterials.at(i).name;
    sensitivity.look_names.at(i) = kInsertMaterials.at(i).in_words;
  }
  const double unit = sensitivity.in_mm ? 1 : assumed_px_per_mm;
  for (const auto& [length_mm, width_mm] : kSizes_mm) {
    sensitivity.sizes.push_back({.length = length_mm * unit, .width = width_mm * unit});
  }
  return sensitivity;
}

// A few of each size, as they were tried.
std::vector<FoundPart> some_found(std::vector<Trial>& trials, const Sensitivity& sensitivity, const cv::Mat3f& sample,
                                  const imaging::SceneLight& light, double scale) {
  constexpr int kMostOfSize = 4;
  std::vector<int> of_size(sensitivity.sizes.size(), 0);
  std::vector<FoundPart> found;
  for (Trial& trial : trials) {
    if (!trial.finding) continue;
    const imaging::VirtualPart& part = trial.placed.part;
    const std::size_t size = size_of(part);
    PaintedPart painted = painted_part(sample, part, trial.placed.place, light, scale, trial.seed);
    if (!can_be_painted(painted) || of_size.at(size)++ >= kMostOfSize) continue;
    found.push_back({.length = sensitivity.sizes.at(size).length,
                     .width = sensitivity.sizes.at(size).width,
                     .look = sensitivity.looks.at(static_cast<std::size_t>(part.colour)),
                     .finding = std::move(*trial.finding),
                     .painted = painted});
  }
  return found;
}

// Where parts of that size or larger were not found, in the reference.
std::vector<Box> missed_from(const std::vector<Trial>& trials, std::size_t first, double scale) {
  std::vector<Box> missed;
  for (const Trial& trial : trials) {
    if (!trial.found && size_of(trial.placed.part) >= first) {
      missed.push_back(imaging::scaled(imaging::outline_px(trial.placed.part, trial.placed.place), 1 / scale));
    }
  }
  return missed;
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
  Sensitivity sensitivity = nothing_planted(xray, reference_px_per_mm.has_value(), px_per_mm / scale);
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
    std::vector<Trial> some = tried(placed, altered, reference_px_per_mm, options, seed);
    std::move(some.begin(), some.end(), std::back_inserter(trials));
  }
  for (const Trial& trial : trials) {
    count(sensitivity, trial);
  }
  set_smallest(sensitivity);
  const std::size_t first = sensitivity.smallest.value_or(sensitivity.sizes.size() - 1);
  sensitivity.missed = missed_from(trials, first, scale);
  if (trials.empty()) {
    return std::nullopt;
  }
  if (!xray) {
    sensitivity.found = some_found(trials, sensitivity, compared.pair.sample, light, scale);
  }
  const PlantedCount larger = from_size(sensitivity, first);
  sensitivity.share_of_board =
      sensitivity.smallest ? inspected_share * (xray ? share_of_bare_board(compared) : share_without_parts(compared)) *
                                 larger.found / std::max(larger.planted, 1)
                           : 0;
  return sensitivity;
}

}  // namespace boarddiff::compare
