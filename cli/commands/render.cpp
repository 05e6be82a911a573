// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/render.h"

#include "cli/arguments.h"
#include "cli/keep_memory.h"
#include "cli/output_targets.h"
#include "cli/progress_line.h"
#include "cli/render_summary.h"
#include "datasets/design/design_from_kicad.h"
#include "datasets/write_case.h"
#include "imaging/base/error.h"
#include "imaging/base/execution.h"
#include "imaging/base/text.h"

#include <limits>
#include <optional>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using datasets::BoardPairSettings;
using datasets::BoardStyle;
using datasets::SampleBoard;
using imaging::Modality;

constexpr double kMostMegapixels = 60;

struct RenderArguments {
  std::size_t board = 2;  // of the styles; their number: all
  std::uint64_t seed = 1;
  int count = 1;
  fs::path kicad = {};
  std::size_t side = 0;  // of kSides
  fs::path output = {};
  std::string changes = "usual";
  std::size_t stranger = 0;  // of kStrangers
  BoardPairSettings settings = {};
  bool force = false;
  bool json = false;
  bool quiet = false;
  int threads = 0;
};

const std::array<std::string, 2> kSides = {"top", "bottom"};
const std::array<std::string, 3> kStrangers = {"none", "other-design", "other-side"};

// A choice whose names stand for their own numbers.
Choice numbered(std::size_t* field, std::vector<std::string> names) {
  return {std::move(names), [field](std::size_t index) { *field = index; }, [field] { return *field; }};
}

std::vector<std::string> board_names() {
  std::vector<std::string> names;
  names.reserve(datasets::kBoardStyles.size() + 1);
  for (const BoardStyle style : datasets::kBoardStyles) {
    names.emplace_back(name_of(style));
  }
  names.emplace_back("all");
  return names;
}

std::vector<FlagGroup> flags_of(RenderArguments& arguments) {
  BoardPairSettings& settings = arguments.settings;
  return {{"Boards",
           {
               {"board", numbered(&arguments.board, board_names()), "style of the board"},
               {"seed", &arguments.seed, "of the first board; the next one has the next seed"},
               {"count", &arguments.count, "how many boards of the style, or of each"},
               {"kicad", &arguments.kicad, "a .kicad_pcb to render instead of a style; seeds are those of its units"},
               {"side", numbered(&arguments.side, {kSides.begin(), kSides.end()}), "of the KiCad board"},
               {"specimens", &settings.specimens, "known-good units that are pictured of each"},
               {"changes", &arguments.changes, "what is planted in the sample; see below"},
               {"stranger", numbered(&arguments.stranger, {kStrangers.begin(), kStrangers.end()}),
                "the sample is not the same board"},
           }},
          {"Pictures",
           {
               {"modality", &settings.modality, "what the pictures are"},
               {"severity", choice(&settings.severity, datasets::kSeverities),
                "how far apart pose, light and camera of the two pictures are"},
               {"megapixels", &settings.megapixels, "of each picture"},
               {"rotation-deg", &settings.rotation_deg, "turn of the sample, besides what the severity draws"},
               {"tilt-deg", &settings.tilt_deg, "slant of the sample's camera, instead of what the severity draws"},
               {"scale", &settings.scale, "size of the sample's picture against the reference's"},
               {"part-view", &settings.part_view, "the sample shows a part of the board, enlarged"},
               {"mirrored", &settings.mirrored, "left and right of the sample are exchanged"},
               {"among-others", &settings.among_others, "the sample's board lies turned anyhow beside two others"},
           }},
          {"Output",
           {
               {"output", &arguments.output, "folder for one folder a board", false},
               {"force", &arguments.force, "replace files of the same names", false},
               {"json", &arguments.json, "print what was written as JSON"},
               {"quiet", &arguments.quiet, "show no progress"},
               {"threads", &arguments.threads, "0: one per processor; the pictures do not depend on it"},
           }}};
}

std::string help_text(const std::vector<FlagGroup>& groups) {
  return "usage: boarddiff render --output DIR [FLAG...]\n\n"
         "Renders pairs of pictures, a known-good board and another unit of it with planted changes, and\n"
         "writes both with the truth (case.json) into a folder each. The same flags give the same bytes.\n" +
         flags_help(groups) +
         "\nChanges are a list with commas, each [N*]CHANGE[:PACKAGE][@GROUND]:\n"
         "  extra, painted, missing, moved, turned, swapped, remarked     parts; PACKAGE as r0603, soic8\n"
         "  other-die                                                     the same inside a chip (X-rays)\n"
         "  cut-trace, added-trace, wire, sticker, tape, scratch, residue\n"
         "  usual (a dozen of all kinds), all, none\n"
         "A painted part is an extra one in nearly the colour of the board. Either stands on the GROUND\n"
         "bare-mask, across-traces, empty-footprint, beside-connector, on-chip or (X-rays) under-part.\n"
         "\nExamples:\n"
         "  boarddiff render --board server --seed 101 --count 5 --output boards\n"
         "  boarddiff render --kicad board.kicad_pcb --side bottom --changes none --output boards\n"
         "  boarddiff render --changes 3*extra:c0402@across-traces,missing,wire --output boards\n"
         "  boarddiff render --board handheld --modality xray --changes extra@under-part --output boards\n";
}

// A design from a file.
struct Layout {
  datasets::BoardDesign design = {};
  std::string name = {};
};

Layout read_layout(const RenderArguments& arguments) {
  const compare::KicadBoard board = compare::read_kicad_board(arguments.kicad);
  const bool top = arguments.side == 0;
  Layout layout{datasets::design_from_kicad(board, top ? compare::KicadSide::front : compare::KicadSide::back),
                arguments.kicad.stem().string() + (top ? "" : "-bottom")};
  if (!(layout.design.width_mm > 1 && layout.design.depth_mm > 1)) {
    throw imaging::Error(imaging::ErrorCode::damaged_file,
                         arguments.kicad.string() + ": has no outline to render (layer Edge.Cuts)");
  }
  return layout;
}

// One board to render.
struct Job {
  BoardPairSettings settings = {};
  std::uint64_t seed = 0;
  std::string name = {};
};

// Everything that makes two cases of one board different ones, so that calls with other flags do not collide.
std::string case_name(const std::string& board, const BoardPairSettings& settings, std::uint64_t seed,
                      const RenderArguments& arguments) {
  std::string name = board + "-" + std::to_string(seed) + "-" + std::string(name_of(settings.modality)) + "-" +
                     std::string(name_of(settings.severity));
  if (arguments.stranger != 0) {
    return name + "-" + kStrangers[arguments.stranger];
  }
  return settings.changes.empty() ? name + "-unchanged" : name;
}

std::vector<Job> jobs_of(const RenderArguments& arguments, const std::optional<Layout>& layout) {
  const std::size_t all = datasets::kBoardStyles.size();
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < all; ++i) {
    const bool wanted = layout ? i == arguments.board % all : arguments.board == i || arguments.board == all;
    if (!wanted) {
      continue;
    }
    for (int number = 0; number < arguments.count; ++number) {
      Job job{arguments.settings, arguments.seed + static_cast<std::uint64_t>(number), {}};
      job.settings.style = datasets::kBoardStyles[i];
      if (arguments.stranger == 0) {
        job.settings.changes = datasets::parse_changes(arguments.changes, job.seed, job.settings.modality);
      } else {
        job.settings.sample_board = arguments.stranger == 1 ? SampleBoard::other_design : SampleBoard::other_side;
      }
      const std::string board = layout ? layout->name : std::string(name_of(job.settings.style));
      job.name = case_name(board, job.settings, job.seed, arguments);
      jobs.push_back(std::move(job));
    }
  }
  return jobs;
}

// A sample among others is a photograph that shows all of its board, turned anyhow: no other flag has a say in that.
void add_crowd_problems(const BoardPairSettings& settings, std::vector<imaging::OptionProblem>& found) {
  if (settings.modality == Modality::xray) {
    found.push_back({"--modality", "must be photo with --among-others", "xray"});
  }
  if (settings.part_view) {
    found.push_back({"--part-view", "must be left out with --among-others", "given"});
  }
  if (settings.rotation_deg != 0) {
    found.push_back(
        {"--rotation-deg", "must be left out with --among-others", imaging::number_text(settings.rotation_deg)});
  }
}

std::vector<imaging::OptionProblem> problems_of(const RenderArguments& arguments) {
  const BoardPairSettings& settings = arguments.settings;
  imaging::OptionRules rules;
  rules.within("--count", arguments.count, 1, 10000);
  rules.within("--specimens", settings.specimens, 1, 50);
  rules.within("--megapixels", settings.megapixels, 0.2, kMostMegapixels);
  rules.within("--rotation-deg", settings.rotation_deg, -360, 360);
  rules.within("--scale", settings.scale, 0.1, 4);
  rules.within("--tilt-deg", settings.tilt_deg.value_or(0), 0, 60);
  rules.within("--threads", arguments.threads, 0, 1024);
  std::vector<imaging::OptionProblem> found = rules.problems();
  if (arguments.output.empty()) {
    found.push_back({"--output", "must name a folder", "missing"});
  }
  if (settings.among_others) add_crowd_problems(settings, found);
  if (settings.megapixels * settings.scale * settings.scale > kMostMegapixels) {
    found.push_back({"--scale", "must leave the sample at most 60 megapixels", imaging::number_text(settings.scale)});
  }
  if (arguments.seed > std::numeric_limits<std::uint64_t>::max() - 10000) {
    found.push_back({"--seed", "must leave room for the seeds of the next boards", std::to_string(arguments.seed)});
  }
  return found;
}

imaging::Replace replace_rule(const RenderArguments& arguments) {
  return arguments.force ? imaging::Replace::allow : imaging::Replace::refuse;
}

// Before the first picture is rendered, which may take minutes.
void check_all_targets(const std::vector<Job>& jobs, const RenderArguments& arguments, const fs::path& config) {
  std::vector<fs::path> inputs;
  for (const fs::path& input : {config, arguments.kicad}) {
    if (!input.empty()) inputs.push_back(input);
  }
  for (const Job& job : jobs) {
    std::vector<fs::path> targets;
    for (const std::string& file : datasets::case_files(job.settings.modality, job.settings.specimens)) {
      targets.push_back(arguments.output / job.name / file);
    }
    check_targets(targets, inputs, replace_rule(arguments));
  }
}

std::vector<RenderedCase> render_all(const std::vector<Job>& jobs, const std::optional<Layout>& layout,
                                     const RenderArguments& arguments, const Streams& streams) {
  ProgressLine progress(streams, arguments.quiet);
  std::vector<RenderedCase> rendered;
  for (const Job& job : jobs) {
    progress.show("rendering " + std::to_string(rendered.size() + 1) + " of " + std::to_string(jobs.size()) + ": " +
                  job.name);
    const datasets::BoardPair pair =
        layout ? datasets::make_board_pair(layout->design, layout->name, job.settings, job.seed)
               : datasets::make_board_pair(job.settings, job.seed);
    const fs::path folder = arguments.output / job.name;
    create_folder(folder);
    datasets::write_case(pair, folder, replace_rule(arguments));
    rendered.push_back(rendered_case(pair, job.settings.changes.size(), folder));
  }
  return rendered;
}

}  // namespace

ExitStatus render_command(const std::vector<std::string>& arguments, const Streams& streams) {
  RenderArguments given;
  const std::vector<FlagGroup> groups = flags_of(given);
  const std::string help = help_text(groups);
  ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << help;
    return ExitStatus::nothing_found;
  }
  for (const imaging::OptionProblem& problem : problems_of(given)) {
    parsed.problems.push_back(problem);
  }
  imaging::throw_on_problems(parsed.problems);
  if (!parsed.files.empty()) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "render takes no pictures, and was given " + std::to_string(parsed.files.size()));
  }
  const std::optional<Layout> layout = given.kicad.empty() ? std::nullopt : std::optional(read_layout(given));
  const std::vector<Job> jobs = jobs_of(given, layout);
  check_all_targets(jobs, given, parsed.config);
  create_folder(given.output);
  imaging::set_thread_count(given.threads);
  keep_freed_memory();
  const std::vector<RenderedCase> rendered = render_all(jobs, layout, given, streams);
  streams.out << (given.json ? rendered_json(rendered) : rendered_text(rendered));
  return ExitStatus::nothing_found;
}

}  // namespace boarddiff::cli
