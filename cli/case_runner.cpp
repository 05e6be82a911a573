// SPDX-License-Identifier: Apache-2.0
#include "cli/case_runner.h"

#include "cli/child_process.h"
#include "cli/points_file.h"
#include "datasets/evaluation/json_fields.h"
#include "imaging/base/error.h"
#include "imaging/base/output_file.h"
#include "imaging/base/text.h"

#include <string_view>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using datasets::Case;
using datasets::CaseResult;

constexpr const char* kReport = "report.json";
constexpr const char* kPointsIn = "points-in.csv";
constexpr const char* kPointsOut = "points-out.csv";

// Every digit that the case has: they are the truth, which four digits would round.
std::string reference_points(const Case& one) {
  std::string text = "x,y\n";
  for (const datasets::PointPair& point : one.points) {
    text += imaging::number_text(point.in_reference.x()) + "," + imaging::number_text(point.in_reference.y()) + "\n";
  }
  return text;
}

std::vector<std::string> arguments_for(const Case& one, const Tool& tool, const fs::path& folder) {
  std::vector<std::string> arguments = {"inspect", one.reference.string(), one.sample.string(), "--output",
                                        folder.string()};
  const auto add = [&](std::string_view flag, const std::string& value) {
    arguments.emplace_back(flag);
    arguments.push_back(value);
  };
  if (one.modality != imaging::Modality::photo) {
    add("--modality", std::string(imaging::name_of(one.modality)));
  }
  if (one.pixels_per_mm) {
    add("--pixels-per-mm", imaging::number_text(*one.pixels_per_mm));
  }
  if (!one.points.empty()) {
    add("--points", (folder / kPointsIn).string());
    add("--points-output", (folder / kPointsOut).string());
  }
  arguments.insert(arguments.end(), tool.more_arguments.begin(), tool.more_arguments.end());
  return arguments;
}

CaseResult with_mapped_points(CaseResult result, const Case& one, const fs::path& file) {
  const std::vector<imaging::Point> mapped = read_points(file);
  if (mapped.size() != one.points.size()) {
    result.trouble = std::string(kPointsOut) + ": holds " + std::to_string(mapped.size()) + " points instead of " +
                     std::to_string(one.points.size());
    return result;
  }
  return with_points(std::move(result), one, mapped);
}

// The folder's name is another each time.
std::string without(const fs::path& folder, const std::string& message) {
  const std::string start = (folder / "").string();
  return message.starts_with(start) ? message.substr(start.size()) : message;
}

CaseResult with_outputs(CaseResult result, const Case& one, const fs::path& folder) {
  try {
    // From copies: what has been read so far is kept when the rest cannot be.
    result = with_report(result, one, datasets::text_of_file(folder / kReport), kReport);
    if (!one.points.empty()) {
      result = with_mapped_points(result, one, folder / kPointsOut);
    }
  } catch (const imaging::Error& error) {
    result.trouble = without(folder, error.what());
  }
  return result;
}

}  // namespace

std::vector<fs::path> left_by_run(const fs::path& folder) {
  return {folder / kReport, folder / "report.html", folder / "annotated.jpg", folder / kPointsIn, folder / kPointsOut};
}

CaseResult run_case(const Case& one, const Tool& tool, const fs::path& folder) {
  CaseResult result = result_without_tool(one);
  if (!one.points.empty()) {
    imaging::write_file(folder / kPointsIn, reference_points(one), imaging::Replace::allow);
  }
  const ChildResult child =
      run_child({.program = tool.program, .arguments = arguments_for(one, tool, folder), .timeout_s = tool.timeout_s});
  result.seconds = child.seconds;
  result.processor_seconds = child.processor_seconds;
  result.peak_memory_mb = child.peak_memory_mb;
  if (child.end == ChildEnd::exited) {
    result.status = child.status;
  }
  if (was_refused(result)) {
    return result;
  }
  if (child.end != ChildEnd::exited ||
      (child.status != datasets::kStatusNothingFound && child.status != datasets::kStatusNeedsReview)) {
    result.trouble = end_of(child, tool.timeout_s);
    return result;
  }
  return with_outputs(std::move(result), one, folder);
}

}  // namespace boarddiff::cli
