// SPDX-License-Identifier: Apache-2.0
#include "cli/inspection_outputs.h"

#include "cli/marked_jpeg.h"
#include "cli/output_targets.h"
#include "cli/points_file.h"
#include "compare/overlay.h"
#include "compare/placement_text.h"
#include "imaging/base/error.h"

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

void check_inspection_paths(const InspectionJob& job, bool lists_parts) {
  std::error_code error;
  if (fs::exists(job.output, error) && !fs::is_directory(job.output, error)) {
    throw imaging::Error(imaging::ErrorCode::unwritable_output, "--output " + job.output.string() + " is no folder");
  }
  const Targets targets = targets_in(job.output);
  std::vector<fs::path> outputs = {targets.json, targets.picture, targets.page};
  std::vector<fs::path> inputs = {job.against.reference, job.sample};
  if (!job.points.empty()) {
    inputs.push_back(job.points);
    outputs.push_back(job.points_output);
  }
  if (lists_parts || job.force) {
    outputs.push_back(targets.parts);
  }
  for (const fs::path& input :
       {job.config, job.against.ignore, job.against.watch, job.against.cad, job.against.frames.dark,
        job.against.frames.flat, job.xray.reference, job.xray.sample}) {
    if (!input.empty()) {
      inputs.push_back(input);
    }
  }
  check_targets(outputs, inputs, replace_rule(job));
}

void write_inspection(const InspectionJob& job, const compare::InspectionReport& report,
                      const imaging::BoardImage& sample, const InspectionTexts& texts,
                      const std::vector<imaging::Point>& points) {
  const Targets targets = targets_in(job.output);
  std::vector<OutputFile> files;
  files.push_back({targets.picture, marked_jpeg(compare::draw_overlay(report, sample))});
  files.push_back({targets.page, texts.page});
  if (!job.points.empty() && report.registration.ok()) {
    files.push_back({job.points_output, mapped_points_text(points, report.registration)});
  }
  if (report.design && report.design->sample) {
    files.push_back(
        {targets.parts, compare::placement_text(report.design->sample->placement, compare::LayoutFormat::csv, {})});
  }
  files.push_back({targets.json, texts.json});
  if (job.force) {
    // Gone before the first file is replaced, so that none ever stands beside those of another run.
    remove_outputs({targets.json, targets.parts, job.points_output});
  }
  write_outputs(files, replace_rule(job));
}

fs::path page_in(const fs::path& folder) { return targets_in(folder).page; }

}  // namespace boarddiff::cli
