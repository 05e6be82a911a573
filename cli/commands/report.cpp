// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/report.h"

#include "cli/arguments.h"
#include "cli/case/audit_trail.h"
#include "cli/case/case_store.h"
#include "cli/export/annotated_copies.h"
#include "cli/export/formats.h"
#include "cli/export/picture_names.h"
#include "cli/export/report_folder.h"
#include "cli/list_output.h"
#include "cli/output_targets.h"
#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"
#include "imaging/base/text.h"

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
  bool is_page = false;      // html: written by itself, with its pictures
  bool needs_sizes = false;  // leaves out pictures whose size is not known
};

// Of formats that are written from what was read alone.
template <std::string (*kText)(const CaseExport&)>
std::string alone(const CaseExport& exported, compare::Database& /*database*/) {
  return kText(exported);
}

constexpr std::array kFormats = {
    ExportFormat{.name = "html", .is_page = true},
    ExportFormat{.name = "csv", .text = alone<csv_text>},
    ExportFormat{.name = "json", .text = alone<json_text>},
    ExportFormat{.name = "coco", .text = alone<coco_text>, .needs_sizes = true},
    ExportFormat{.name = "coco-boxes", .text = alone<coco_boxes_text>, .needs_sizes = true},
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
  bool single_file = false;
  bool to_decide = false;
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
                "file for the report, of html and labelme the folder; without it, standard output", false},
               {"single-file", &arguments.single_file, "of html: one page with everything in it, for one board", false},
               {"to-decide", &arguments.to_decide,
                "of html: its readers can decide, and download what they decided for boarddiff decide", false},
               {"board", &arguments.choice.board, "only the board with this serial number or file name", false},
               {"annotated", &arguments.annotated, "folder for a copy of each sample with numbered marks", false},
               {"all", &arguments.choice.all, "also boards that were compared and have nothing to look at"},
               {"candidates", &arguments.choice.candidates, "also what lies below the threshold"},
               {"min-score", &arguments.choice.min_score, "of candidates; findings are written in any case"},
               {"force", &arguments.output.force, "replace files that exist", false},
           }}};
}

std::string help_text(const std::vector<FlagGroup>& groups) {
  return "usage: boarddiff report FILE.bdcase [FLAG...]\n\n"
         "Writes what a case file holds: boards with findings, with what was decided about them, and boards that\n"
         "were not compared. html is a folder to look at in a browser, without a network; csv is for spreadsheets,\n"
         "json holds everything, coco, coco-boxes and labelme are for programs that mark pictures, geojson can be\n"
         "read as --ignore, sarif and junit are for build servers.\n" +
         flags_help(groups) + "\n" + exit_status_help() +
         "Of several boards the worst: 2 over 3 over 1 over 0. Dismissed findings do not count; boards that have\n"
         "not been inspected yet are trouble.\n"
         "\nExamples:\n"
         "  boarddiff report pallet.bdcase --output pallet-report\n"
         "  boarddiff report pallet.bdcase --board SN17 --single-file --output SN17.html\n"
         "  boarddiff report pallet.bdcase --to-decide --output for-cleo\n"
         "  boarddiff report pallet.bdcase --format csv --output pallet.csv\n"
         "  boarddiff report pallet.bdcase --format junit --all --output pallet.xml\n"
         "  boarddiff report pallet.bdcase --format coco-boxes --output pallet.json --annotated marked\n";
}

imaging::Replace replace_rule(const ReportArguments& given) {
  return given.output.force ? imaging::Replace::allow : imaging::Replace::refuse;
}

std::vector<imaging::OptionProblem> problems_of(const ReportArguments& given) {
  std::vector<imaging::OptionProblem> found =
      imaging::OptionRules().within("--min-score", given.choice.min_score, 0, 1).problems();
  const ExportFormat& format = kFormats.at(given.format);
  if ((format.files != nullptr || format.is_page) && given.output.file.empty()) {
    found.push_back({"--output", given.single_file ? "must name a file" : "must name a folder", "missing"});
  }
  if (given.single_file && !format.is_page) {
    found.push_back({"--single-file", "must be given with --format html alone", std::string(format.name)});
  }
  if (given.to_decide && !format.is_page) {
    found.push_back({"--to-decide", "must be given with --format html alone", std::string(format.name)});
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
    err << "note: the trail does not hold together from entry " << broken->id << " on: the case was changed by hand\n";
  }
  const std::vector<ExportedPicture> pictures = pictures_of(exported);
  const auto without_size =
      std::count_if(pictures.begin(), pictures.end(), [](const ExportedPicture& one) { return one.size.empty(); });
  if (format.needs_sizes && without_size > 0) {
    err << "note: left out " << without_size << (without_size == 1 ? " picture" : " pictures")
        << " whose size the case does not hold: of what was not inspected it has none\n";
  }
}

constexpr double kLargeReport_mb = 50;  // to be sent, or to be opened from a slow disk

// Returns how large it is, in words, and warns where it is large.
std::string size_words(std::uintmax_t bytes, std::ostream& err) {
  const double megabytes = static_cast<double>(bytes) / 1e6;
  if (megabytes > kLargeReport_mb) {
    err << "note: the report is large; --board makes a smaller one, and without --all only boards with something to "
           "look at are in it\n";
  }
  return imaging::fixed_text(megabytes, 1) + " MB";
}

void write_page(const ReportArguments& given, CaseStore& store, const CaseExport& exported, const Streams& streams) {
  const ReportFor use = given.to_decide ? ReportFor::deciding : ReportFor::reading;
  std::vector<CaseBoard> boards;
  for (const ExportedBoard& one : exported.boards) boards.push_back(one.board);
  std::vector<std::string> notes;
  std::string words = count_words(boards.size());
  if (given.single_file) {
    ReportPage page = report_page(store.database(), boards.front(), use);
    write_outputs({{given.output.file, page.html}}, replace_rule(given));
    words.append(", ").append(size_words(page.html.size(), streams.err));
    words.append("; see ").append(given.output.file.string());
    notes = std::move(page.notes);
  } else {
    WrittenReport written = write_report_folder(store.database(), boards, given.output.file, replace_rule(given), use);
    words.append(", ").append(std::to_string(written.files)).append(" files, ");
    words.append(size_words(written.bytes, streams.err));
    words.append("; see ").append((given.output.file / "index.html").string());
    notes = std::move(written.notes);
  }
  for (const std::string& note : notes) streams.err << "note: " << note << "\n";
  streams.out << words << "\n";
}

// What is written of the report itself, checked before anything is.
void check_report(const ReportArguments& given, const CaseExport& exported, const std::vector<OutputFile>& files,
                  const std::vector<fs::path>& inputs) {
  const ExportFormat& format = kFormats.at(given.format);
  if (given.single_file && exported.boards.size() != 1) {
    throw Error(ErrorCode::invalid_option, "--single-file is for one board, and these are " +
                                               std::to_string(exported.boards.size()) + "; --board names one");
  }
  if (given.single_file) {
    check_targets({given.output.file}, inputs, replace_rule(given));
  } else if (format.files != nullptr) {
    check_targets_in(given.output.file, names_of(files), inputs, replace_rule(given));
  } else if (!format.is_page) {
    check_list_output(given.output, inputs);
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
  check_report(given, exported, files, inputs);

  for (const std::string& trouble : write_annotated(store.database(), copies, given.annotated, replace)) {
    streams.err << "note: no marked copy: " << imaging::printable_text(trouble, 2000) << "\n";
  }
  if (format.is_page) {
    write_page(given, store, exported, streams);
    return;
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
  if (parsed.files.size() != 1) {
    throw Error(ErrorCode::invalid_option,
                "report needs one case file, and was given " + std::to_string(parsed.files.size()));
  }
  append(parsed.problems, problems_of(given));
  imaging::throw_on_problems(parsed.problems);
  CaseStore store(parsed.files.front(), compare::DatabaseAccess::read);
  const CaseExport exported = read_export(store.database(), parsed.files.front(), given.choice);
  write_report(given, store, exported, parsed.config, streams);
  print_notes(store, exported, kFormats.at(given.format), streams.err);
  return exported.status();
}

}  // namespace boarddiff::cli
