// SPDX-License-Identifier: Apache-2.0
#include "tests/yardstick/yardstick_tool.h"

#include "cli/arguments.h"
#include "cli/exit_status.h"
#include "cli/output_targets.h"
#include "cli/points_file.h"
#include "compare/report_json.h"
#include "imaging/base/error.h"
#include "imaging/load.h"

#include <exception>
#include <iostream>

namespace boarddiff::test {
namespace {

struct Arguments {
  std::filesystem::path output = {};
  imaging::Modality modality = imaging::Modality::photo;
  std::optional<double> pixels_per_mm = {};
  std::filesystem::path points = {};
  std::filesystem::path points_output = {};
};

cli::ExitStatus run(const Method& method, const std::vector<std::string>& words) {
  Arguments given;
  const std::vector<cli::FlagGroup> groups = {
      {"Yardstick",
       {
           {"output", &given.output, "folder for report.json"},
           {"modality", &given.modality, "what the pictures are"},
           {"pixels-per-mm", &given.pixels_per_mm, "of the reference"},
           {"points", &given.points, "CSV with x,y in the reference"},
           {"points-output", &given.points_output, "CSV for these in the sample"},
       }}};
  const cli::ParsedArguments parsed = cli::parse_arguments(groups, words);
  imaging::throw_on_problems(parsed.problems);
  if (parsed.files.size() != 3 || parsed.files[0] != "inspect" || given.output.empty()) {
    throw imaging::Error(imaging::ErrorCode::invalid_option, "usage: inspect REFERENCE SAMPLE --output DIR");
  }
  imaging::BoardImage reference = imaging::load_board_image(parsed.files[1]);
  reference.pixels_per_mm = given.pixels_per_mm;
  compare::InspectionReport report = method(reference, imaging::load_board_image(parsed.files[2]));
  report.modality = given.modality;
  std::vector<cli::OutputFile> files;
  if (!given.points.empty() && report.registration.ok()) {
    std::vector<imaging::Point> points = cli::read_points(given.points);
    for (imaging::Point& point : points) {
      point = imaging::to_sample(report.registration.plane, point);
    }
    files.push_back({given.points_output, cli::points_text(points)});
  }
  files.push_back({given.output / "report.json", compare::report_json(report)});
  cli::write_outputs(files, imaging::Replace::allow);
  return cli::exit_status_of(report.outcome);
}

}  // namespace

int run_yardstick(const std::string& name, const Method& method, int count, char** values) {
  try {
    return static_cast<int>(run(method, {values + 1, values + count}));
  } catch (const std::exception& error) {
    std::cerr << name << ": " << error.what() << "\n";
    return static_cast<int>(cli::ExitStatus::trouble);
  }
}

}  // namespace boarddiff::test
