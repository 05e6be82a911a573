// SPDX-License-Identifier: Apache-2.0
#include "cli/inspection_job.h"

#include "cli/design_input.h"
#include "cli/load_reference.h"
#include "cli/output_targets.h"
#include "cli/points_file.h"
#include "cli/progress_line.h"
#include "cli/regions_file.h"
#include "compare/overlay.h"
#include "compare/placement_text.h"
#include "compare/report_html.h"
#include "compare/report_json.h"
#include "imaging/base/error.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;

struct Targets {
  fs::path json = {};
  fs::path picture = {};
  fs::path page = {};
  fs::path parts = {};  // where there is a design
};

Targets targets_in(const fs::path& folder) {
  return {folder / "report.json", folder / "annotated.jpg", folder / "report.html", folder / "layout.csv"};
}

imaging::Replace replace_rule(const InspectionJob& job) {
  return job.force ? imaging::Replace::allow : imaging::Replace::refuse;
}

// The list of parts is written where there is a design; a list of an earlier run goes with --force.
void check_paths(const InspectionJob& job, bool lists_parts) {
  std::error_code error;
  if (fs::exists(job.output, error) && !fs::is_directory(job.output, error)) {
    throw imaging::Error(imaging::ErrorCode::unwritable_output, "--output " + job.output.string() + " is no folder");
  }
  const Targets targets = targets_in(job.output);
  std::vector<fs::path> outputs = {targets.json, targets.picture, targets.page};
  std::vector<fs::path> inputs = {job.reference, job.sample};
  if (!job.points.empty()) {
    inputs.push_back(job.points);
    outputs.push_back(job.points_output);
  }
  if (lists_parts || job.force) {
    outputs.push_back(targets.parts);
  }
  for (const fs::path& input : {job.config, job.ignore, job.watch, job.cad, job.frames.dark, job.frames.flat}) {
    if (!input.empty()) {
      inputs.push_back(input);
    }
  }
  check_targets(outputs, inputs, replace_rule(job));
}

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

std::string jpeg_bytes(const cv::Mat3b& picture) {
  constexpr int kQuality = 90;         // thin marks stay crisp; a 24-megapixel photo stays below 10 MB
  constexpr double kMostSide = 65500;  // of a JPEG file; a line-scan camera's strip may be longer
  cv::Mat3b held = picture;
  const double scale = kMostSide / std::max(picture.cols, picture.rows);
  if (scale < 1) {
    cv::resize(picture, held, {std::max(1, cvRound(picture.cols * scale)), std::max(1, cvRound(picture.rows * scale))},
               0, 0, cv::INTER_AREA);
  }
  std::vector<unsigned char> bytes;
  imaging::require(cv::imencode(".jpg", held, bytes, {cv::IMWRITE_JPEG_QUALITY, kQuality}), "a picture is encoded");
  return {bytes.begin(), bytes.end()};
}

std::string mapped_points_text(const std::vector<imaging::Point>& points_in_reference,
                               const imaging::Registration& registration) {
  std::vector<imaging::Point> points_in_sample;
  points_in_sample.reserve(points_in_reference.size());
  for (const imaging::Point& point : points_in_reference) {
    points_in_sample.push_back(to_sample(registration.plane, point));
  }
  return points_text(points_in_sample);
}

}  // namespace

compare::InspectionReport run_inspection(const InspectionJob& job, const Streams& streams) {
  check_paths(job, !job.cad.empty());
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
  Corrected pictures = corrected(std::move(loaded.known_good), imaging::load_board_image(job.sample, job.load),
                                 load_frames(job.frames, loaded.modality, job.load));
  loaded.known_good = std::move(pictures.known_good);
  const imaging::BoardImage& sample = pictures.sample;
  if (design || loaded.design) {
    require_photographs("--cad", loaded.modality);
    check_paths(job, true);
  }
  const cv::Size frame = loaded.known_good.boards.front().size();
  inspection.regions = {.ignored = joined(loaded.regions.ignored, regions_on(ignored, frame)),
                        .watched = joined(loaded.regions.watched, regions_on(watched, frame))};

  const imaging::Execution execution = {.progress = [&](std::string_view stage) { progress.show(stage); }};
  const compare::KnownGood known_good =
      with_design_of(std::move(loaded), job.reference, std::move(design), inspection, execution);
  compare::InspectionReport report = compare::inspect(known_good, sample, inspection, execution);

  progress.show("writing");
  const Targets targets = targets_in(job.output);
  std::vector<OutputFile> files;
  files.push_back({targets.picture, jpeg_bytes(compare::draw_overlay(report, sample))});
  files.push_back({targets.page, compare::report_html(report, known_good.boards.front(), sample)});
  if (!job.points.empty() && report.registration.ok()) {
    files.push_back({job.points_output, mapped_points_text(points, report.registration)});
  }
  if (report.design && report.design->sample) {
    files.push_back(
        {targets.parts, compare::placement_text(report.design->sample->placement, compare::LayoutFormat::csv, {})});
  }
  files.push_back({targets.json, compare::report_json(report)});
  if (job.force) {
    // Gone before the first file is replaced, so that none ever stands beside those of another run.
    remove_outputs({targets.json, targets.parts, job.points_output});
  }
  write_outputs(files, replace_rule(job));
  return report;
}

std::string outcome_line(const compare::InspectionReport& report, const fs::path& output) {
  const std::string see = "; see " + targets_in(output).page.string();
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
