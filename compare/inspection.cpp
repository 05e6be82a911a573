// SPDX-License-Identifier: Apache-2.0
#include "compare/inspection.h"

#include "compare/coverage.h"
#include "compare/finding_places.h"
#include "compare/further_boards.h"
#include "compare/openings.h"
#include "compare/part_network.h"
#include "compare/picture_faults.h"
#include "compare/region_notes.h"
#include "compare/used_options.h"
#include "imaging/base/error.h"
#include "imaging/base/text.h"
#include "imaging/board_outline.h"
#include "imaging/open_beam.h"
#include "imaging/prepare_xray.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace boarddiff::compare {

namespace {

// Empty where it is neither what was ignored nor what cannot be judged that leaves nothing.
std::string why_nothing_is_left(const Comparison& compared, imaging::Modality modality) {
  cv::Mat1b shown(compared.board & compared.pair.seen);
  const bool some_shown = cv::countNonZero(shown) > 0;
  shown.setTo(0, compared.ignored);
  if (some_shown && cv::countNonZero(shown) == 0) {
    return ": all that the sample shows of it is ignored (--ignore)";
  }
  const bool faulty = !compared.faults.empty() && cv::countNonZero(without_faults(shown, compared.faults)) == 0;
  return faulty ? ": " + reason_for(compared.faults.front(), modality) : "";
}

// Empty where parts were looked for, or could not be expected to be.
std::string note_on_parts(const Comparison& compared, const imaging::BoardImage& reference) {
  if (compared.pair.reference.channels() != 3 || !reference.pixels_per_mm || compared.layouts.parts.known()) {
    return "";
  }
  return "The pictures were compared with " + imaging::fixed_text(*reference.pixels_per_mm * compared.pair.scale, 1) +
         " pixels a millimetre: from " + imaging::fixed_text(kLeastNetworkScale, 0) +
         " on places are also judged by whether parts are seen there.";
}

// What keeps the pictures from being judged as well as they might be.
void note_what_hampers(InspectionReport& report, const Comparison& compared, const imaging::BoardImage& reference,
                       imaging::Modality modality) {
  if (const std::string note = note_on_parts(compared, reference); !note.empty()) {
    report.notes.push_back(note);
  }
  const std::vector<std::string> advice = advice_on(compared.faults, compared.board, modality);
  report.notes.insert(report.notes.end(), advice.begin(), advice.end());
}

void describe_known_good(InspectionReport& report, const KnownGood& known_good) {
  if (!known_good.enrolled) {
    return;
  }
  report.reference_name = known_good.name;
  report.reference_note = known_good.note;
  for (const imaging::BoardImage& board : known_good.boards) {
    report.known_good.push_back({.file = board.source.name, .sha256 = board.source.sha256});
  }
}

// Joins what the boards behind the first say, and notes which they were.
void add_further_boards(Comparison& compared, InspectionReport& report, const KnownGood& known_good,
                        const imaging::BoardImage& sample, const InspectionOptions& options,
                        const imaging::Execution& execution) {
  FurtherBoards further = compare_further_boards(known_good, sample, compared, options, execution);
  compared.evidence = std::move(further.evidence);
  compared.faults = without_made_good(std::move(compared.faults), compared.evidence);
  std::size_t used = 0;
  std::string left_out;
  for (std::size_t i = 0; i < known_good.boards.size(); ++i) {
    const std::string& why = further.unused[i];
    used += why.empty() ? 1 : 0;
    left_out += why.empty() ? "" : "; " + known_good.boards[i].source.name + " was left out: " + why;
    if (!report.known_good.empty()) {
      report.known_good[i].compared = why.empty();
    }
  }
  const std::string of_all = left_out.empty() ? "" : " of " + std::to_string(known_good.boards.size());
  report.notes.push_back("The sample was compared with " + std::to_string(used) + of_all + " known-good boards" +
                         left_out + ".");
}

// Before the pictures are aligned: which board it is matters also where it cannot be compared.
void name_by_codes(InspectionReport& report, const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                   const InspectionOptions& options, const imaging::Execution& execution) {
  if (options.marking.max_places > 0 && options.modality == imaging::Modality::photo) {
    report.reference.codes = imaging::read_codes(reference, execution);
    report.sample.codes = imaging::read_codes(sample, execution);
  }
}

// What differs, with what is printed on the parts there.
Proposal proposed(const Comparison& compared, InspectionReport& report, const KnownGood& known_good,
                  const imaging::BoardImage& sample, const InspectionOptions& options,
                  const imaging::Execution& execution) {
  execution.begin("proposing findings");
  Proposal proposal = propose_findings(compared.evidence, compared.layouts, compared.pair, report.registration.plane,
                                       options.regions.watched.regions, options.finding);
  if (options.modality == imaging::Modality::xray) {
    return proposal;
  }
  execution.begin("reading markings");
  ReadProposal read =
      with_markings(std::move(proposal), known_good, sample, report.registration.plane, compared, options.marking);
  report.notes.insert(report.notes.end(), read.notes.begin(), read.notes.end());
  return std::move(read.proposal);
}

// What would have been found, besides what was.
void describe_sensitivity(InspectionReport& report, const Comparison& compared,
                          const std::optional<double>& pixels_per_mm, const InspectionOptions& options,
                          const imaging::Execution& execution) {
  std::vector<Finding> called = report.findings;
  std::copy_if(report.candidates.begin(), report.candidates.end(), std::back_inserter(called),
               [](const Finding& candidate) { return candidate.above_threshold; });
  report.sensitivity =
      measure_sensitivity(compared, pixels_per_mm, called, report.coverage.inspected, options, execution);
  if (report.sensitivity) {
    for (FoundPart& part : report.sensitivity->found) {
      part.finding.sample_box = to_sample(report.registration.plane, part.finding.sample_box);
    }
    report.notes.push_back(sentence_on(*report.sensitivity));
  }
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::not_comparable:
      return "not_comparable";
    case Outcome::nothing_found:
      return "nothing_found";
    case Outcome::needs_review:
      return "needs_review";
  }
  return "not_comparable";
}

std::string summary_of(std::size_t findings) {
  if (findings == 0) {
    return "Nothing at or above the threshold was seen in the part that was inspected.";
  }
  return std::to_string(findings) + (findings == 1 ? " place differs" : " places differ") + " and should be looked at.";
}

std::vector<imaging::OptionProblem> problems(const InspectionOptions& options) {
  std::vector<imaging::OptionProblem> all;
  for (const auto& some :
       {problems(options.registration), problems(options.normalization), problems(options.quality),
        problems(options.evidence), problems(options.layout), problems(options.parts), problems(options.design),
        problems(options.finding), problems(options.marking), problems(options.sensitivity)}) {
    append(all, some);
  }
  return all;
}

Comparison compare_pictures(const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                            const imaging::Registration& registration, const InspectionOptions& options,
                            const imaging::Execution& execution) {
  Comparison result{.pair = imaging::normalize_pair(reference, sample, registration, options.modality,
                                                    options.normalization, execution)};
  constexpr int kLeastCells = 2 * kUninspectedMarginCells + 1;
  if (std::min(result.pair.size().width, result.pair.size().height) < kLeastCells * options.evidence.cell_px) {
    return result;
  }
  result.board = options.modality == imaging::Modality::xray
                     ? cv::Mat1b(~imaging::find_open_beam(result.pair.reference))
                     : imaging::find_board(result.pair.reference);
  result.board.setTo(0, find_openings(result.pair, result.board));
  result.ignored = pixels_of(options.regions.ignored.regions, result.pair.size(), result.pair.scale);
  const cv::Mat1b wanted(result.board & ~result.ignored);
  result.faults = imaging::find_quality_faults(result.pair, wanted, registration.plane, reference.pixels_per_mm,
                                               options.quality, execution);
  result.evidence = measure_evidence(result.pair, without_faults(wanted, result.faults), options.evidence, execution);
  if (options.modality == imaging::Modality::xray) {
    return result;
  }
  // What the sample does not show is black, which is no part of its board.
  const cv::Mat1b shown(result.board & result.pair.seen);
  result.layouts.reference = find_components(result.pair.reference, shown, options.layout, execution);
  result.layouts.sample = find_components(result.pair.sample, shown, options.layout, execution);
  result.layouts.changes = diff_layouts(result.layouts.reference, result.layouts.sample);
  result.layouts.surface = find_surface(result.pair.reference, shown);
  result.layouts.parts = find_pair_parts(result.pair, reference, execution);
  return result;
}

namespace {

InspectionOptions also_watching(InspectionOptions options, const std::vector<MarkedRegion>& places) {
  std::vector<MarkedRegion>& watched = options.regions.watched.regions;
  watched.insert(watched.end(), places.begin(), places.end());
  return options;
}

KnownGood with_first(KnownGood known_good, imaging::BoardImage first) {
  known_good.boards.front() = std::move(first);
  return known_good;
}

// All but what the design says, of pictures that are as they are to be compared.
InspectionReport inspect_pictures(const KnownGood& enrolled, const imaging::BoardImage& sample,
                                  const InspectionOptions& options, const imaging::Execution& execution) {
  const imaging::BoardImage& enrolled_reference = enrolled.boards.front();
  InspectionReport report{.modality = options.modality,
                          .reference = described(enrolled_reference),
                          .sample = described(sample),
                          .notes = notes_on(enrolled_reference, sample),
                          .options = used_options(options)};
  describe_known_good(report, enrolled);
  name_by_codes(report, enrolled_reference, sample, options, execution);
  report.registration = imaging::register_to_reference(
      imaging::PreparedReference(enrolled_reference, options.modality, options.registration, features_of(enrolled, 0)),
      sample, execution);
  if (!report.registration.ok()) {
    report.reason = report.registration.reason;
    return report;
  }
  set_scale_of_sample(report.sample, report.reference, report.registration);
  report.notes.insert(report.notes.end(), report.registration.warnings.begin(), report.registration.warnings.end());
  SuitedReference suited = suited_reference(enrolled_reference, enrolled.variations, sample, report.registration,
                                            options.modality, options.normalization, execution);
  const KnownGood known_good = with_first(enrolled, std::move(suited.picture));
  const imaging::BoardImage& reference = known_good.boards.front();
  Comparison compared = compare_pictures(reference, sample, report.registration, options, execution);
  if (compared.evidence.inspected.empty()) {
    report.reason = "the pictures are too small for cells of " + std::to_string(options.evidence.cell_px) +
                    " pixels (--evidence.cell-px): nothing could be inspected";
    return report;
  }
  if (!report.known_good.empty()) {
    report.known_good.front().compared = true;
  }
  if (known_good.boards.size() > 1) {
    add_further_boards(compared, report, known_good, sample, options, execution);
  }
  note_what_hampers(report, compared, reference, options.modality);
  report.coverage =
      measure_coverage(compared.evidence, compared.board, compared.pair, compared.faults, compared.ignored);
  report.coverage.masks = options.regions.ignored.regions;
  report.coverage.watched = options.regions.watched.regions;
  report.coverage.variations = used_variations(enrolled.variations, suited.is_seen);
  report.coverage.varied = varied_share(report.coverage.variations, compared.board, compared.pair.scale);
  for (const std::vector<std::string>& said :
       {notes_on_regions(options.regions, report.coverage.masked, compared.board, compared.pair.scale),
        notes_on_variations(report.coverage.variations, report.coverage.varied)}) {
    report.notes.insert(report.notes.end(), said.begin(), said.end());
  }
  if (!(report.coverage.inspected > 0)) {
    report.reason = "no part of the board could be inspected" + why_nothing_is_left(compared, options.modality);
    return report;
  }
  const InspectionOptions watching = also_watching(options, watched_places(report.coverage.variations));
  Proposal proposal = proposed(compared, report, known_good, sample, watching, execution);
  if (options.modality == imaging::Modality::photo) {
    describe_extra_parts(proposal.findings, compared.pair, compared.layouts.surface, reference.pixels_per_mm);
    describe_extra_parts(proposal.candidates, compared.pair, compared.layouts.surface, reference.pixels_per_mm);
  }
  report.findings = std::move(proposal.findings);
  report.candidates = std::move(proposal.candidates);
  set_millimetres(report.findings, reference.pixels_per_mm);
  set_millimetres(report.candidates, reference.pixels_per_mm);
  if (proposal.cut_short) {
    report.notes.emplace_back("More places differ than were examined; the most different are listed.");
  }
  describe_sensitivity(report, compared, reference.pixels_per_mm, watching, execution);
  report.outcome = report.findings.empty() ? Outcome::nothing_found : Outcome::needs_review;
  report.reason = summary_of(report.findings.size());
  return report;
}

// What of the design the findings lie on, and the sample shows.
void describe_design(InspectionReport& report, const KnownGood& known_good, const imaging::BoardImage& sample,
                     const InspectionOptions& options, const imaging::Execution& execution) {
  if (!known_good.design) {
    return;
  }
  const KnownDesign& design = *known_good.design;
  report.design = report_on(design);
  if (report.design->fits && report.outcome != Outcome::not_comparable) {
    name_by_design(report.findings, design);
    name_by_design(report.candidates, design);
    if (report.sensitivity) {
      const DesignPlaces places(design);
      for (FoundPart& part : report.sensitivity->found) name_by_design(part.finding, places);
    }
    report.design->sample = find_design_in_sample(design, known_good.boards.front(), sample, report.registration,
                                                  {.parts = options.parts, .fit = options.design}, execution);
    if (!report.design->sample) {
      report.notes.emplace_back(
          "The sample has too few pixels a millimetre for the parts of the design to be looked for.");
    }
  }
  const std::vector<std::string> notes = notes_on(*report.design, design, known_good.boards.front());
  report.notes.insert(report.notes.end(), notes.begin(), notes.end());
}

}  // namespace

InspectionReport inspect(const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                         const InspectionOptions& options, const imaging::Execution& execution) {
  return inspect(KnownGood{.boards = {reference}}, sample, options, execution);
}

InspectionReport inspect(const KnownGood& known_good, const imaging::BoardImage& sample,
                         const InspectionOptions& options, const imaging::Execution& execution) {
  imaging::throw_on_problems(problems(options));
  imaging::require(!known_good.boards.empty(), "inspect: at least one known-good board");
  KnownGood boards = known_good;
  for (imaging::BoardImage& board : boards.boards) board = imaging::prepared(board, options.modality);
  InspectionReport report = inspect_pictures(boards, imaging::prepared(sample, options.modality), options, execution);
  describe_design(report, known_good, sample, options, execution);
  return report;
}

}  // namespace boarddiff::compare
