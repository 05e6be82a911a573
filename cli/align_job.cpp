// SPDX-License-Identifier: Apache-2.0
#include "cli/align_job.h"

#include "cli/load_reference.h"
#include "cli/output_targets.h"
#include "cli/points_file.h"
#include "cli/progress_line.h"
#include "imaging/base/error.h"
#include "imaging/base/text.h"
#include "imaging/encode.h"

#include <utility>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using imaging::Error;
using imaging::ErrorCode;
using imaging::Frame;
using imaging::OptionProblem;
using imaging::PictureFormat;

constexpr std::string_view kExtensions = "must end in .png, .tif, .tiff, .jpg, .jpeg, .bmp or .webp";

imaging::Replace replace_rule(const AlignJob& job) {
  return job.force ? imaging::Replace::allow : imaging::Replace::refuse;
}

// The mapping last: where it stands, the others are complete.
std::vector<fs::path> outputs_of(const AlignJob& job) {
  std::vector<fs::path> outputs;
  for (const fs::path& path : {job.output, job.view, job.points_output, job.mapping}) {
    if (!path.empty()) {
      outputs.push_back(path);
    }
  }
  return outputs;
}

void check_paths(const AlignJob& job) {
  std::vector<fs::path> inputs = {job.reference, job.sample};
  for (const fs::path& path : {job.points, job.config}) {
    if (!path.empty()) {
      inputs.push_back(path);
    }
  }
  check_targets(outputs_of(job), inputs, replace_rule(job));
}

// A file that could not be written with these pixels is refused before the pictures are aligned, which takes longer.
void check_format(const fs::path& target, const cv::Size& size, int depth) {
  const auto format = imaging::format_for(target);
  imaging::require(format.has_value(), "run_alignment: problems(job) is empty");
  if (const std::string why = imaging::obstacle(*format, size, depth); !why.empty()) {
    throw Error(ErrorCode::invalid_option, "cannot write " + target.string() + ": the aligned picture " + why);
  }
}

void check_formats(const AlignJob& job, const imaging::BoardImage& reference, const imaging::BoardImage& sample) {
  const bool in_reference = job.frame == Frame::reference;
  const cv::Size size = in_reference ? reference.size() : sample.size();
  check_format(job.output, size, in_reference ? sample.pixels.depth() : reference.pixels.depth());
  if (!job.view.empty() && job.view_kind == compare::ViewKind::checkerboard) {
    check_format(job.view, size, CV_8U);
  }
}

std::string view_bytes(const AlignJob& job, const imaging::BoardImage& owner, const imaging::WarpedPicture& aligned) {
  const auto pictures = compare::pictures_in_one_frame(owner, aligned, job.frame, job.modality);
  if (job.view_kind == compare::ViewKind::flicker) {
    return imaging::encode_animation(compare::flicker_frames(pictures), compare::kFlicker_ms);
  }
  const auto format = imaging::format_for(job.view);
  return imaging::encode_picture(compare::checkerboard(pictures), {}, format.value_or(PictureFormat::png));
}

std::string mapped_text(const std::vector<imaging::Point>& points, Frame frame, const imaging::PlaneMap& map) {
  std::vector<imaging::Point> mapped;
  mapped.reserve(points.size());
  for (const imaging::Point& point : points) {
    mapped.push_back(frame == Frame::reference ? to_sample(map, point) : to_reference(map, point));
  }
  return points_text(mapped);
}

std::vector<OutputFile> files_of(const AlignJob& job, const imaging::BoardImage& reference,
                                 const imaging::BoardImage& sample, const compare::Mapping& mapping,
                                 const std::vector<imaging::Point>& points) {
  std::vector<OutputFile> files;
  if (mapping.registration.ok()) {
    const imaging::PlaneMap& map = mapping.registration.plane;
    const imaging::WarpedPicture aligned = imaging::warp_into(job.frame, reference, sample, map);
    const auto format = imaging::format_for(job.output);
    files.push_back(
        {job.output, imaging::encode_picture(aligned.pixels, aligned.shown, format.value_or(PictureFormat::png))});
    if (!job.view.empty()) {
      files.push_back({job.view, view_bytes(job, job.frame == Frame::reference ? reference : sample, aligned)});
    }
    if (!job.points.empty()) {
      files.push_back({job.points_output, mapped_text(points, job.points_frame, map)});
    }
  }
  if (!job.mapping.empty()) {
    files.push_back({job.mapping, compare::mapping_json(mapping)});
  }
  return files;
}

}  // namespace

std::vector<OptionProblem> problems(const AlignJob& job) {
  std::vector<OptionProblem> found;
  if (job.output.empty()) {
    found.push_back({"--output", "must name a file", "missing"});
  } else if (!imaging::format_for(job.output)) {
    found.push_back({"--output", std::string(kExtensions), job.output.string()});
  }
  if (job.points.empty() != job.points_output.empty()) {
    const bool lacks_points = job.points.empty();
    found.push_back({lacks_points ? "--points" : "--points-output",
                     "must be given together with " + std::string(lacks_points ? "--points-output" : "--points"),
                     "missing"});
  }
  if (!job.view.empty()) {
    const auto format = imaging::format_for(job.view);
    if (job.view_kind == compare::ViewKind::flicker && format != PictureFormat::webp) {
      found.push_back(
          {"--view", "must end in .webp for --view-kind flicker, which is an animation", job.view.string()});
    } else if (!format) {
      found.push_back({"--view", std::string(kExtensions), job.view.string()});
    }
  }
  append(found, problems(job.load));
  append(found, problems(job.registration));
  return found;
}

compare::Mapping run_alignment(AlignJob job, const Streams& streams) {
  imaging::throw_on_problems(problems(job));
  check_paths(job);
  std::vector<imaging::Point> points;
  if (!job.points.empty()) {
    points = read_points(job.points);
  }
  ProgressLine progress(streams, job.quiet);
  progress.show("loading");
  const LoadedReference loaded =
      load_reference(job.reference, job.modality, job.scale, job.load, ReferenceBoards::first);
  job.modality = loaded.modality;
  const imaging::BoardImage& reference = loaded.known_good.boards.front();
  const imaging::BoardImage sample = imaging::load_board_image(job.sample, job.load);
  check_formats(job, reference, sample);

  const imaging::Execution execution = {.progress = [&](std::string_view stage) { progress.show(stage); }};
  compare::Mapping mapping = compare::map_pictures(reference, sample, job.modality, job.registration, execution);

  progress.show("writing");
  const std::vector<OutputFile> files = files_of(job, reference, sample, mapping, points);
  if (job.force) {
    remove_outputs(outputs_of(job));
  }
  write_outputs(files, replace_rule(job));
  return mapping;
}

std::string alignment_lines(const compare::Mapping& mapping, const fs::path& output) {
  const imaging::Registration& registration = mapping.registration;
  if (!registration.ok()) {
    return "not comparable: " + registration.reason + "\n";
  }
  std::string lines = "aligned: " + std::to_string(registration.inliers) + " details agree, " +
                      imaging::fixed_text(registration.residual_median_px, 2) + " px median; see " + output.string() +
                      "\n";
  for (const std::string& warning : registration.warnings) {
    lines += "warning: " + warning + "\n";
  }
  return lines;
}

}  // namespace boarddiff::cli
