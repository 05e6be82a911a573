// SPDX-License-Identifier: Apache-2.0
#include "cli/inspection_job.h"

#include "cli/detector_frames.h"
#include "cli/inspection_outputs.h"
#include "cli/load_reference.h"
#include "cli/points_file.h"
#include "cli/progress_line.h"
#include "compare/joint_inspection.h"
#include "compare/report_html.h"
#include "compare/report_json.h"
#include "imaging/base/error.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;

struct Inspected {
  compare::InspectionReport report = {};
  InspectionTexts texts = {};
};

Inspected inspected_alone(const compare::KnownGood& known_good, const imaging::BoardImage& sample,
                          const compare::InspectionOptions& options, const imaging::Execution& execution) {
  compare::InspectionReport report = compare::inspect(known_good, sample, options, execution);
  InspectionTexts texts = {.json = compare::report_json(report),
                           .page = compare::report_html(report, known_good.boards.front(), sample)};
  return {std::move(report), std::move(texts)};
}

Inspected inspected_with_xrays(const InspectionJob& job, const compare::BoardPictures& photographs,
                               const compare::InspectionOptions& options, const imaging::Execution& execution) {
  constexpr auto kXray = imaging::Modality::xray;
  execution.begin("loading X-rays");
  LoadedReference loaded = load_reference(job.xray.reference, kXray, {}, job.load, ReferenceBoards::all);
  if (loaded.modality != kXray) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         job.xray.reference.string() + " holds photographs, and --xray-reference needs X-rays");
  }
  const imaging::DetectorFrames frames = load_frames(job.against.frames, kXray, job.load);
  const compare::KnownGood known_good = corrected(std::move(loaded.known_good), frames);
  const imaging::BoardImage sample =
      corrected(imaging::load_board_image(job.xray.sample, job.load), frames, known_good);
  compare::JointReport joint = compare::inspect_both(
      photographs, {known_good, sample},
      {.inspection = options, .xray_regions = loaded.regions, .xray_places = job.xray.places}, execution);
  InspectionTexts texts = {
      .json = compare::report_json(joint),
      .page = compare::report_html(joint, {photographs.known_good.boards.front(), photographs.sample},
                                   {known_good.boards.front(), sample})};
  return {std::move(joint.report), std::move(texts)};
}

}  // namespace

InspectionResult run_inspection(const InspectionJob& job, const Streams& streams) {
  check_inspection_paths(job, !job.against.cad.empty());
  std::vector<imaging::Point> points;
  if (!job.points.empty()) {
    points = read_points(job.points);
  }
  ProgressLine progress(streams, job.quiet);
  const imaging::Execution execution = {.progress = [&](std::string_view stage) { progress.show(stage); }};
  progress.show("loading");
  KnownGoodFiles against = job.against;
  if (!job.xray.reference.empty()) against.frames = {};
  const PreparedKnownGood prepared = prepare_known_good(against, job.load, job.inspection, execution);
  const compare::KnownGood& known_good = prepared.known_good;
  const compare::InspectionOptions& inspection = prepared.options;
  if (known_good.design) {
    check_inspection_paths(job, true);
  }
  const imaging::BoardImage sample =
      corrected(imaging::load_board_image(job.sample, job.load), prepared.frames, known_good);
  Inspected inspected = job.xray.reference.empty()
                            ? inspected_alone(known_good, sample, inspection, execution)
                            : inspected_with_xrays(job, {known_good, sample}, inspection, execution);
  progress.show("writing");
  write_inspection(job, inspected.report, sample, inspected.texts, points);
  return {std::move(inspected.report), std::move(inspected.texts.json)};
}

std::string outcome_line(const compare::InspectionReport& report, const fs::path& output) {
  const std::string see = "; see " + page_in(output).string();
  const std::size_t count = report.findings.size();
  switch (report.outcome) {
    case compare::Outcome::needs_review:
      return "needs review: " + std::to_string(count) + (count == 1 ? " finding" : " findings") + see;
    case compare::Outcome::nothing_found:
      return "nothing found" + see;
    case compare::Outcome::not_comparable:
      return "not comparable: " + report.reason + see;
  }
  return "not comparable" + see;
}

std::string reading_lines(const compare::InspectionReport& report) {
  std::string lines;
  for (const imaging::Code& code : report.sample.codes) {
    lines += (lines.empty() ? "codes on the sample: " : ", ") + code.text + " (" + code.format + ")";
  }
  lines += lines.empty() ? "" : "\n";
  std::vector<const compare::MarkingPair*> said;
  for (const auto* list : {&report.findings, &report.candidates}) {
    for (const compare::Finding& finding : *list) {
      const std::string read = finding.marking ? compare::sentence_on(*finding.marking) : "";
      // Several findings on one part: said for the best of them.
      const bool is_said = std::any_of(said.begin(), said.end(), [&](const compare::MarkingPair* other) {
        return is_same_print(*other, *finding.marking);
      });
      if (!read.empty() && !is_said) {
        lines += std::to_string(finding.id) + ": " + read + "\n";
        said.push_back(&*finding.marking);
      }
    }
  }
  return lines;
}

std::string note_lines(const compare::InspectionReport& report) {
  std::string lines;
  for (const std::string& note : report.notes) {
    lines += "note: " + note + "\n";
  }
  return lines;
}

}  // namespace boarddiff::cli
