// SPDX-License-Identifier: Apache-2.0
#include "cli/enroll_job.h"

#include "cli/design_input.h"
#include "cli/enroll_words.h"
#include "cli/output_targets.h"
#include "cli/progress_line.h"
#include "cli/regions_file.h"
#include "compare/board_check.h"
#include "compare/decode_boards.h"
#include "compare/reference_file.h"
#include "datasets/evaluation/json_fields.h"
#include "imaging/base/error.h"
#include "imaging/prepare_xray.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using compare::EnrolledBoard;
using compare::ReferenceFile;
using imaging::Error;
using imaging::ErrorCode;

// The file as it is to be, and the same boards decoded.
struct Enrolled {
  ReferenceFile file = {};
  compare::LaidBoards boards = {};
};

imaging::Replace replace_rule(const EnrollJob& job) {
  return job.force ? imaging::Replace::allow : imaging::Replace::refuse;
}

// Boards may be added to the file that they are added to: it is read whole before it is replaced.
void check_paths(const EnrollJob& job) {
  std::vector<fs::path> inputs = job.pictures;
  std::error_code error;
  for (const fs::path& path : {job.add, job.config, job.mask, job.watch, job.cad}) {
    if (!path.empty() && !(path == job.add && fs::equivalent(job.add, job.output, error))) {
      inputs.push_back(path);
    }
  }
  check_targets({job.output}, inputs, replace_rule(job));
}

Enrolled start_of(const EnrollJob& job) {
  Enrolled enrolled;
  enrolled.file.modality = job.inspection.modality;
  if (!job.add.empty()) {
    enrolled.file = compare::read_reference_file(job.add);
    if (job.inspection.modality == imaging::Modality::xray && enrolled.file.modality == imaging::Modality::photo) {
      throw Error(ErrorCode::invalid_option,
                  "--modality xray: the boards of " + job.add.string() + " were enrolled as photographs");
    }
    enrolled.boards = compare::decoded_boards(enrolled.file, job.add.string(), job.load);
  }
  enrolled.file.name = job.name.value_or(enrolled.file.name);
  enrolled.file.note = job.note.value_or(enrolled.file.note);
  return enrolled;
}

void add_picture(Enrolled& enrolled, const fs::path& path, const imaging::LoadOptions& options) {
  imaging::LoadedPicture loaded = imaging::load_picture(path, options);
  const imaging::SourceFile& source = loaded.image.source;
  for (const EnrolledBoard& other : enrolled.file.boards) {
    if (other.sha256 == source.sha256) {
      throw Error(ErrorCode::invalid_option, path.string() + ": the same picture as " + other.file +
                                                 ", which was given before; each board is one picture");
    }
  }
  if (enrolled.file.boards.size() == compare::kMostEnrolledBoards) {
    throw Error(ErrorCode::invalid_option, path.string() + ": a reference file holds " +
                                               std::to_string(compare::kMostEnrolledBoards) + " boards at most");
  }
  enrolled.file.boards.push_back({.file = source.name,
                                  .bytes = std::move(loaded.bytes),
                                  .sha256 = source.sha256,
                                  .size = loaded.image.size(),
                                  .raw = source.format == "raw" ? options.raw : "",
                                  .frame = options.frame});
  enrolled.boards.pictures.push_back(std::move(loaded.image));
  enrolled.boards.from_first.emplace_back();
}

// What the file itself states is found again when it is read.
void scale_first(Enrolled& enrolled, const imaging::ScaleOptions& options) {
  imaging::BoardImage& first = enrolled.boards.pictures.front();
  const auto scale = imaging::find_board_scale(first, enrolled.file.modality, options);
  if (scale && scale->origin != "file") {
    enrolled.file.boards.front().pixels_per_mm = scale->pixels_per_mm;
    enrolled.file.boards.front().pixels_per_mm_origin = scale->origin;
  }
  if (!first.pixels_per_mm || (scale && scale->origin != "file")) {
    first = imaging::with_scale(std::move(first), scale);
  }
}

// The regions that the file held (`held_in`), or those read from `path` where one is given. Throws Error where they do
// not lie on the first board, so that a file is never enrolled that no inspection can use.
compare::RegionSet enroll_regions(std::optional<compare::EnrolledRegions>& held, const fs::path& held_in,
                                  const fs::path& path, const cv::Size& first, const imaging::LoadOptions& options) {
  if (path.empty() && !held) {
    return {};
  }
  if (!path.empty()) {
    std::string bytes = bytes_of_regions_file(path);
    RegionsFile given = regions_in_bytes(bytes, path.string(), options);
    held = {
        .file = given.set.sources.front().name, .bytes = std::move(bytes), .sha256 = given.set.sources.front().sha256};
    return regions_on(given, first);
  }
  return regions_on(regions_in_bytes(held->bytes, held_in.string() + ": " + held->file, options), first);
}

// Lays a design that is given on the first board, and takes it into the file where it fits.
std::optional<compare::DesignReport> enroll_design(Enrolled& enrolled, const EnrollJob& job,
                                                   const imaging::Execution& execution) {
  if (job.cad.empty()) {
    return std::nullopt;
  }
  require_photographs("--cad", enrolled.file.modality);
  std::string bytes = bytes_of_design(job.cad);
  compare::DesignFile design = design_in_bytes(bytes, job.cad.string(), job.cad.filename().string(), job.side);
  enrolled.file.design = {.file = design.name,
                          .bytes = std::move(bytes),
                          .sha256 = design.sha256,
                          .side = design.side,
                          .places = job.inspection.design.places};
  const compare::KnownGood laid = with_design({.boards = {enrolled.boards.pictures.front()}}, std::move(design),
                                              job.inspection.parts, job.inspection.design, execution);
  return report_on(*laid.design);
}

// How the boards from `begin` on lie on the first.
std::vector<imaging::Registration> lay_on_first(Enrolled& enrolled, std::size_t begin,
                                                const compare::InspectionOptions& options,
                                                const imaging::Execution& execution) {
  const imaging::PreparedReference first(imaging::prepared(enrolled.boards.pictures.front(), options.modality),
                                         options.modality, options.registration);
  std::vector<imaging::Registration> registrations;
  for (std::size_t i = begin; i < enrolled.boards.pictures.size(); ++i) {
    registrations.push_back(
        register_to_reference(first, imaging::prepared(enrolled.boards.pictures[i], options.modality), execution));
    enrolled.boards.from_first[i] = registrations.back().plane;
    enrolled.file.boards[i].from_first = registrations.back().plane;
  }
  return registrations;
}

// Of all boards, as an inspection has them: in the frame of the first. One after the other, so that only one more
// picture is in memory.
void prepare_boards(Enrolled& enrolled, const compare::InspectionOptions& options) {
  for (std::size_t i = 0; i < enrolled.file.boards.size(); ++i) {
    const imaging::BoardImage picture =
        i == 0 ? enrolled.boards.pictures.front() : compare::in_one_frame(enrolled.boards, {0, i}).back();
    enrolled.file.boards[i].features =
        imaging::prepare_features(imaging::prepared(picture, options.modality), options.modality, options.registration);
  }
}

}  // namespace

std::vector<imaging::OptionProblem> problems(const EnrollJob& job) {
  std::vector<imaging::OptionProblem> found;
  if (job.output.empty()) {
    found.push_back({"--output", "must name a file", "missing"});
  }
  append(found, problems_without_design(job.cad, job.side, !job.inspection.design.places.empty()));
  if (const std::size_t length = text_of(job.inspection.design.places).size(); length > compare::kMostEnrolledText) {
    found.push_back({"--cad.places", "must have at most " + std::to_string(compare::kMostEnrolledText) + " bytes",
                     std::to_string(length)});
  }
  for (const auto& [flag, text] : {std::pair("--name", job.name), std::pair("--note", job.note)}) {
    if (text && text->size() > compare::kMostEnrolledText) {
      found.push_back({flag, "must have at most " + std::to_string(compare::kMostEnrolledText) + " bytes",
                       std::to_string(text->size())});
    }
  }
  append(found, problems(job.load));
  append(found, problems(job.inspection));
  return found;
}

Enrollment run_enrollment(const EnrollJob& job, const Streams& streams) {
  imaging::throw_on_problems(problems(job));
  check_paths(job);
  if (!job.cad.empty()) {
    require_photographs("--cad", job.inspection.modality);
  }
  ProgressLine progress(streams, job.quiet);
  progress.show("loading");
  Enrolled enrolled = start_of(job);
  const std::size_t before = enrolled.boards.pictures.size();
  for (const fs::path& picture : job.pictures) {
    add_picture(enrolled, picture, job.load);
  }
  scale_first(enrolled, job.scale);

  compare::InspectionOptions options = job.inspection;
  options.modality = enrolled.file.modality;
  const cv::Size first = enrolled.file.boards.front().size;
  options.regions = {.ignored = enroll_regions(enrolled.file.ignored, job.add, job.mask, first, job.load),
                     .watched = enroll_regions(enrolled.file.watched, job.add, job.watch, first, job.load)};
  const std::size_t begin = std::max<std::size_t>(before, 1);
  const imaging::Execution execution = {.progress = [&](std::string_view stage) { progress.show(stage); }};
  const std::optional<compare::DesignReport> design = enroll_design(enrolled, job, execution);
  if (design && !design->fits) {
    return {EnrollStatus::not_comparable, sentence_on(*design) + " Nothing was written.\n"};
  }
  const std::vector<imaging::Registration> registrations = lay_on_first(enrolled, begin, options, execution);
  if (std::string refusal = not_laid_words(enrolled.file, begin, registrations); !refusal.empty()) {
    return {EnrollStatus::not_comparable, std::move(refusal)};
  }
  std::vector<compare::BoardCheck> checks;
  if (job.compare_boards) {
    checks = compare::check_boards(enrolled.boards, options, execution);
  }
  if (std::string refusal = not_compared_words(enrolled.file, checks); !refusal.empty()) {
    return {EnrollStatus::not_comparable, std::move(refusal)};
  }
  const std::string differences = difference_words(enrolled.file, checks);
  if (!differences.empty() && !job.accept_differences) {
    return {EnrollStatus::boards_differ,
            differences + "nothing was written; --accept-differences enrolls them all the same\n"};
  }
  progress.show("preparing the boards");
  prepare_boards(enrolled, options);
  progress.show("writing");
  write_outputs({{job.output, compare::reference_file_bytes(enrolled.file, job.output.string())}}, replace_rule(job));
  return {EnrollStatus::enrolled, enrolled_words(enrolled.file, job.output, begin, registrations) +
                                      (design ? sentence_on(*design) + "\n" : "") + differences +
                                      varying_words(enrolled.file, checks)};
}

}  // namespace boarddiff::cli
