// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/report.h"

#include "cli/arguments.h"
#include "cli/case/audit_trail.h"
#include "cli/case/case_store.h"
#include "cli/export/annotated_copies.h"
#include "cli/export/formats.h"
#include "cli/export/picture_names.h"
#include "cli/list_output.h"
#include "cli/output_targets.h"
#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using imaging::Error;
using imaging::ErrorCode;

// Either one document, or files for a folder.
struct ExportFormat {
  std::string_view name = {};
  std::string (*text)(const CaseExport& exported, compare::Database& database) = nullptr;
  std::vector<OutputFile> (*files)(const CaseExport& exported) = nullptr;
  bool needs_sizes = false;  // leaves out pictures whose size is not known
};

// Of formats that are written from what was read alone.
template <std::string (*kText)(const CaseExport&)>
std::string alone(const CaseExport& exported, compare::Database& /*database*/) {
  return kText(exported);
}

constexpr std::array kFormats = {
    ExportFormat{.name = "csv", .text = alone<csv_text>},
    ExportFormat{.name = "json", .text = alone<json_text>},
    ExportFormat{.name = "coco", .text = alone<coco_text>, .needs_sizes = true},
    ExportFormat{.name = "labelme", .files = labelme_files, .needs_sizes = true},
    ExportFormat{.name = "geojson", .text = alone<geojson_text>},
    ExportFormat{.name = "sarif", .text = alone<sarif_text>},
    ExportFormat{.name = "junit", .text = alone<junit_text>},
};

struct ReportArguments {
  std::size_t format = 0;  // of kFormats
  ListOutput output = {};
  fs::path annotated = {};
  ExportChoice choice = {};
};

Choice format_choice(std::size_t& format) {
  Choice made;
  for (const ExportFormat& one : kFormats) made.names.emplace_back(one.name);
  made.set = [&format](std::size_t index) { format = index; };
  made.get = [&format] { return format; };
  return made;
}

std::vector<FlagGroup> flags_of(ReportArguments& arguments) {
  return {{"Report",
           {
               {"format", format_choice(arguments.format), "of the report"},
               {"output", &arguments.output.file,
                "file for the report, of labelme the folder; without it, standard output", false},
               {"annotated", &arguments.annotated, "folder for a copy of each sample with numbered marks", false},
               {"all", &arguments.choice.all, "also boards that were compared and have nothing to look at"},
               {"candidates", &arguments.choice.candidates, "also what lies below the threshold"},
               {"min-score", &arguments.choice.min_score, "of candidates; findings are written in any case"},
               {"force", &arguments.output.force, "replace files that exist", false},
           }}};
}

std::string help_text(const std::vector<FlagGroup>& groups) {
  return "usage: boarddiff report FILE.bdcase [FLAG...]\n\n"
         "Writes what a case file holds for other programs: boards with findings, with what was decided about\n"
         "them, and boards that were not compared. csv is for spreadsheets, json holds everything, coco and\n"
         "labelme are for programs that mark pictures, geojson can be read as --ignore, sarif and junit are for\n"
         "build servers.\n" +
         flags_help(groups) + "\n" + exit_status_help() +
         "Of several boards the worst: 2 over 3 over 1 over 0. Dismissed findings do not count; boards that have\n"
         "not been inspected yet are trouble.\n"
         "\nExamples:\n"
         "  boarddiff report pallet.bdcase --output pallet.csv\n"
         "  boarddiff report pallet.bdcase --format junit --all --output pallet.xml\n"
         "  boarddiff report pallet.bdcase --format coco --output pallet.json --annotated marked\n";
}

imaging::Replace replace_rule(const ReportArguments& given) {
  return given.output.force ? imaging::Replace::allow : imaging::Replace::refuse;
}

std::vector<imaging::OptionProblem> problems_of(const ReportArguments& given) {
  std::vector<imaging::OptionProblem> found =
      imaging::OptionRules().within("--min-score", given.choice.min_score, 0, 1).problems();
  if (kFormats.at(given.format).files != nullptr && given.output.file.empty()) {
    found.push_back({"--output", "must name a folder", "missing"});
  }
  return found;
}

// The pictures are inputs, too: no copy may take the place of one.
std::vector<fs::path> inputs_of(const CaseExport& exported, const std::vector<fs::path>& named) {
  std::vector<fs::path> inputs;
  for (const fs::path& path : named) {
    if (!path.empty()) inputs.push_back(path);
  }
  for (const ExportedBoard& one : exported.boards) {
    inputs.emplace_back(one.board.path);
    inputs.emplace_back(one.board.reference_path);
  }
  return inputs;
}

std::vector<std::string> names_of(const std::vector<AnnotatedCopy>& copies) {
  std::vector<std::string> names(copies.size());
  std::transform(copies.begin(), copies.end(), names.begin(), [](const AnnotatedCopy& copy) { return copy.file; });
  return names;
}

std::vector<std::string> names_of(const std::vector<OutputFile>& files) {
  std::vector<std::string> names(files.size());
  std::transform(files.begin(), files.end(), names.begin(), [](const OutputFile& file) { return file.path.string(); });
  return names;
}

std::string count_words(std::size_t count) { return std::to_string(count) + (count == 1 ? " board" : " boards"); }

void print_notes(CaseStore& store, const CaseExport& exported, const ExportFormat& format, std::ostream& err) {
  for (const std::string& note : store.notes()) err << "note: " << note << "\n";
  if (const auto broken = broken_entry(store.database())) {
    err << "note: the trail does not hold together from entry " << *broken << " on: the case was changed by hand\n";
  }
  const std::vector<ExportedPicture> pictures = pictures_of(exported);
  const auto without_size =
      std::count_if(pictures.begin(), pictures.end(), [](const ExportedPicture& one) { return one.size.empty(); });
  if (format.needs_sizes && without_size > 0) {
    err << "note: left out " << without_size << (without_size == 1 ? " picture" : " pictures")
        << " whose size the case does not hold: of what was not inspected it has none\n";
  }
}

// Marked copies first: where the report stands, they are complete.
void write_report(const ReportArguments& given, CaseStore& store, const CaseExport& exported, const fs::path& config,
                  const Streams& streams) {
  const ExportFormat& format = kFormats.at(given.format);
  const imaging::Replace replace = replace_rule(given);
  const std::vector<fs::path> inputs = inputs_of(exported, {store.database().shown_name(), config});
  std::vector<AnnotatedCopy> copies;
  if (!given.annotated.empty()) copies = annotated_copies(exported);
  std::vector<OutputFile> files;
  if (format.files != nullptr) files = format.files(exported);

  check_targets_in(given.annotated, names_of(copies), inputs, replace);
  if (format.files != nullptr) {
    check_targets_in(given.output.file, names_of(files), inputs, replace);
  } else {
    check_list_output(given.output, inputs);
  }

  for (const std::string& trouble : write_annotated(store.database(), copies, given.annotated, replace)) {
    streams.err << "note: no marked copy: " << imaging::printable_text(trouble, 2000) << "\n";
  }
  if (format.files == nullptr) {
    write_list(given.output, format.text(exported, store.database()), count_words(exported.boards.size()), streams);
    return;
  }
  for (OutputFile& file : files) file.path = given.output.file / file.path;
  create_folder(given.output.file);
  write_outputs(files, replace);
  streams.out << files.size() << (files.size() == 1 ? " file" : " files") << "; see " << given.output.file.string()
              << "\n";
}

}  // namespace

ExitStatus report_command(const std::vector<std::string>& arguments, const Streams& streams) {
  ReportArguments given;
  const std::vector<FlagGroup> groups = flags_of(given);
  const std::string help = help_text(groups);
  ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << help;
    return ExitStatus::nothing_found;
  }
  append(parsed.problems, problems_of(given));
  imaging::throw_on_problems(parsed.problems);
  if (parsed.files.size() != 1) {
    throw Error(ErrorCode::invalid_option,
                "report needs one case file, and was given " + std::to_string(parsed.files.size()));
  }
  CaseStore store(parsed.files.front(), compare::DatabaseAccess::read);
  const CaseExport exported = read_export(store.database(), parsed.files.front(), given.choice);
  write_report(given, store, exported, parsed.config, streams);
  print_notes(store, exported, kFormats.at(given.format), streams.err);
  return exported.status();
}

}  // namespace boarddiff::cli
