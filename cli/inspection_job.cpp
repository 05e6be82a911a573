// SPDX-License-Identifier: Apache-2.0
#include "cli/inspection_job.h"

#include "cli/design_input.h"
#include "cli/inspection_outputs.h"
#include "cli/load_reference.h"
#include "cli/points_file.h"
#include "cli/progress_line.h"
#include "cli/regions_file.h"
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

// With the design that is given, or the one that was enrolled.
compare::KnownGood with_design_of(LoadedReference loaded, const fs::path& reference,
                                  std::optional<compare::DesignFile> given, const compare::InspectionOptions& options,
                                  const imaging::Execution& execution) {
  if (!given && loaded.design) {
    given = enrolled_design(*loaded.design, reference);
  }
  if (!given) {
    return std::move(loaded.known_good);
  }
  return compare::with_design(std::move(loaded.known_good), *std::move(given), options.parts, options.design,
                              execution);
}

// An empty path gives no regions.
RegionsFile regions_in_file(const fs::path& path, const imaging::LoadOptions& options) {
  return path.empty() ? RegionsFile{} : read_regions(path, options);
}

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
  Corrected xrays = corrected(std::move(loaded.known_good), imaging::load_board_image(job.xray.sample, job.load),
                              load_frames(job.frames, kXray, job.load));
  compare::JointReport joint = compare::inspect_both(
      photographs, {xrays.known_good, xrays.sample},
      {.inspection = options, .xray_regions = loaded.regions, .xray_places = job.xray.places}, execution);
  InspectionTexts texts = {
      .json = compare::report_json(joint),
      .page = compare::report_html(joint, {photographs.known_good.boards.front(), photographs.sample},
                                   {xrays.known_good.boards.front(), xrays.sample})};
  return {std::move(joint.report), std::move(texts)};
}

}  // namespace

InspectionResult run_inspection(const InspectionJob& job, const Streams& streams) {
  check_inspection_paths(job, !job.cad.empty());
  std::vector<imaging::Point> points;
  if (!job.points.empty()) {
    points = read_points(job.points);
  }
  std::optional<compare::DesignFile> design;
  if (!job.cad.empty()) {
    require_photographs("--cad", job.inspection.modality);
    design = read_design(job.cad, job.side);
  }
  const RegionsFile ignored = regions_in_file(job.ignore, job.load);
  const RegionsFile watched = regions_in_file(job.watch, job.load);

  ProgressLine progress(streams, job.quiet);
  progress.show("loading");
  LoadedReference loaded =
      load_reference(job.reference, job.inspection.modality, job.scale, job.load, ReferenceBoards::all);
  compare::InspectionOptions inspection = job.inspection;
  inspection.modality = loaded.modality;
  // Besides photographs the frames are those of the X-rays.
  Corrected pictures =
      corrected(std::move(loaded.known_good), imaging::load_board_image(job.sample, job.load),
                load_frames(job.xray.reference.empty() ? job.frames : FrameFiles{}, loaded.modality, job.load));
  loaded.known_good = std::move(pictures.known_good);
  const imaging::BoardImage& sample = pictures.sample;
  if (design || loaded.design) {
    require_photographs("--cad", loaded.modality);
    check_inspection_paths(job, true);
  }
  const cv::Size frame = loaded.known_good.boards.front().size();
  inspection.regions = {.ignored = joined(loaded.regions.ignored, regions_on(ignored, frame)),
                        .watched = joined(loaded.regions.watched, regions_on(watched, frame))};

  const imaging::Execution execution = {.progress = [&](std::string_view stage) { progress.show(stage); }};
  const compare::KnownGood known_good =
      with_design_of(std::move(loaded), job.reference, std::move(design), inspection, execution);
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
