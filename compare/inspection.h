// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/design_report.h"
#include "compare/evidence.h"
#include "compare/finding.h"
#include "compare/known_good.h"
#include "compare/layout.h"
#include "compare/marked_region.h"
#include "compare/picture.h"
#include "compare/propose_findings.h"
#include "compare/read_markings.h"
#include "compare/sensitivity.h"
#include "compare/variation.h"
#include "imaging/image_quality.h"
#include "imaging/normalized_pair.h"
#include "imaging/registration.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace boarddiff::compare {

// Spelt as in report.json. An unfilled report is not_comparable, never "nothing found".
enum class Outcome { not_comparable, nothing_found, needs_review };
[[nodiscard]] std::string_view name_of(Outcome outcome);

// The report's sentence on so many findings.
[[nodiscard]] std::string summary_of(std::size_t findings);

struct Region {
  std::string why = {};
  imaging::Polygon reference_polygon = {};
};

// Shares of the reference's board, as far as it stands out from what it lies on; the first three sum to 1.
struct Coverage {
  double inspected = 0;
  double masked = 0;
  double not_inspected = 1;
  std::vector<Region> not_inspected_regions = {};
  std::vector<MarkedRegion> masks = {};        // what was ignored, as it was marked
  std::vector<MarkedRegion> watched = {};      // where a looser threshold held
  double varied = 0;                           // where variations lie; they are inspected all the same
  std::vector<UsedVariation> variations = {};  // of the reference file, all of them
};

// One of the known-good boards of a reference file.
struct ComparedBoard {
  std::string file = {};    // its picture's name without folders
  std::string sha256 = {};  // of its picture's file
  bool compared = false;    // false: the sample could not be compared with it; a note says why
};

struct InspectionReport {
  Outcome outcome = Outcome::not_comparable;
  std::string reason = {};  // one sentence: what was found, or why the pictures could not be compared
  imaging::Modality modality = imaging::Modality::photo;
  Picture reference = {};  // of several boards the first, whose frame is that of the report
  Picture sample = {};
  std::string reference_name = {};  // of a reference file, as enrolled
  std::string reference_note = {};
  std::vector<ComparedBoard> known_good = {};  // of a reference file, the first one first
  imaging::Registration registration = {};     // of the sample on the reference's picture
  std::optional<DesignReport> design = {};     // where one was given
  Coverage coverage = {};
  std::optional<Sensitivity> sensitivity = {};  // of photographs, where it was measured
  std::vector<Finding> findings = {};           // at or above the threshold, best first; they set the outcome
  std::vector<Finding> candidates = {};         // below it, or only advisory
  std::vector<std::string> notes = {};
  std::vector<std::pair<std::string, std::string>> options = {};  // flag without dashes, value as text; sorted
};

struct InspectionOptions {
  imaging::Modality modality = imaging::Modality::photo;
  imaging::RegistrationOptions registration = {};
  imaging::NormalizationOptions normalization = {};
  imaging::QualityOptions quality = {};
  EvidenceOptions evidence = {};
  LayoutOptions layout = {};
  PartOptions parts = {};  // this and the next: where there is a design
  DesignFitOptions design = {};
  ProposalOptions finding = {};
  MarkingOptions marking = {};
  MarkedRegions regions = {};  // of the reference
  SensitivityOptions sensitivity = {};
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const InspectionOptions& options);

// Two pictures on each other, and all that was measured on them.
struct Comparison {
  imaging::NormalizedPair pair = {};
  cv::Mat1b board = {};                            // 255 where the reference shows the board, at the pair's size
  cv::Mat1b ignored = {};                          // 255 where nothing is to be inspected, at the pair's size
  std::vector<imaging::FaultyPlaces> faults = {};  // of the rest
  Evidence evidence = {};
  LayoutComparison layouts = {};
};

// `registration` is ok(). Pictures that are too small for the cells of the evidence leave all of it empty but the pair.
[[nodiscard]] Comparison compare_pictures(const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                                          const imaging::Registration& registration,
                                          const InspectionOptions& options = {},
                                          const imaging::Execution& execution = {});

// The main job: the sample compared with the reference. Never throws for what pictures show.
[[nodiscard]] InspectionReport inspect(const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                                       const InspectionOptions& options = {}, const imaging::Execution& execution = {});

// The same with several known-good boards: a place differs only if it differs from each of them. The first one is the
// report's reference; a further one that the sample cannot be laid on is left out, with a note. One board alone gives
// the report that its picture gives.
[[nodiscard]] InspectionReport inspect(const KnownGood& known_good, const imaging::BoardImage& sample,
                                       const InspectionOptions& options = {}, const imaging::Execution& execution = {});

}  // namespace boarddiff::compare
