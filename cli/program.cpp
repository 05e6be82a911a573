// SPDX-License-Identifier: Apache-2.0
#include "cli/program.h"

#include "cli/arguments.h"
#include "cli/commands/align.h"
#include "cli/commands/batch.h"
#include "cli/commands/decide.h"
#include "cli/commands/demo.h"
#include "cli/commands/enroll.h"
#include "cli/commands/evaluate.h"
#include "cli/commands/feedback.h"
#include "cli/commands/history.h"
#include "cli/commands/inspect.h"
#include "cli/commands/layout.h"
#include "cli/commands/layout_diff.h"
#include "cli/commands/lots.h"
#include "cli/commands/merge.h"
#include "cli/commands/render.h"
#include "cli/commands/report.h"
#include "cli/commands/review.h"
#include "cli/commands/verify.h"
#include "cli/exit_status.h"
#include "cli/nearest_name.h"
#include "imaging/base/error.h"

#include <opencv2/core.hpp>

#include <array>
#include <exception>
#include <iomanip>
#include <new>
#include <string_view>

namespace boarddiff::cli {
namespace {

constexpr std::array kCommands = {
    Command{"inspect", "compare a sample with a reference and mark what differs", inspect_command},
    Command{"batch", "inspect many samples, and keep everything in one case file", batch_command},
    Command{"merge", "bring case files of a batch's parts into one", merge_command},
    Command{"review", "decide about the findings of a case file, in a browser", review_command},
    Command{"feedback", "make what was dismissed a normal variation of the reference file", feedback_command},
    Command{"decide", "bring in what readers of a report have decided on its page", decide_command},
    Command{"lots", "say which findings several boards of a case file share", lots_command},
    Command{"history", "say what was seen of one board, stage by stage", history_command},
    Command{"report", "write a case file for spreadsheets, build servers and programs that mark pictures",
            report_command},
    Command{"verify", "say whether a case file is as boarddiff wrote it", verify_command},
    Command{"enroll", "make one reference file of several known-good boards", enroll_command},
    Command{"align", "bring two pictures into one frame, and map points between them", align_command},
    Command{"layout", "list the parts of a board, from its design or a photograph", layout_command},
    Command{"layout-diff", "say which parts differ between two designs or photographs", layout_diff_command},
    Command{"demo", "render two boards with planted changes and inspect them", demo_command},
    Command{"render", "render boards with known changes, and write down the truth", render_command},
    Command{"evaluate", "inspect cases with known changes and say how much is found", evaluate_command},
};

void print_usage(std::ostream& stream) {
  stream << "usage: boarddiff COMMAND ...\n\n"
            "Compares a picture of a received board (the sample) with a known-good one (the reference)\n"
            "and marks what should not be there, for a person to review.\n\n"
            "Commands:\n";
  for (const Command& command : kCommands) {
    stream << "  " << std::left << std::setw(13) << command.name << command.summary << "\n";
  }
  stream << "\nboarddiff COMMAND --help   the flags of a command\n"
            "boarddiff --version        the version\n\n"
         << exit_status_help();
}

ExitStatus run_command(const std::vector<std::string>& arguments, const Streams& streams) {
  if (arguments.empty()) {
    print_usage(streams.err);
    return ExitStatus::trouble;
  }
  const std::string& name = arguments.front();
  if (name == "--help" || name == "-h") {
    print_usage(streams.out);
    return ExitStatus::nothing_found;
  }
  if (name == "--version") {
    streams.out << "boarddiff " << BOARDDIFF_VERSION << "\n";
    return ExitStatus::nothing_found;
  }
  std::vector<std::string> names;
  for (const Command& command : kCommands) {
    if (command.name == name) {
      return command.run({arguments.begin() + 1, arguments.end()}, streams);
    }
    names.emplace_back(command.name);
  }
  throw imaging::Error(imaging::ErrorCode::invalid_option,
                       "unknown command " + name + suggestion(name, names) + " (boarddiff --help lists the commands)");
}

// File names come from outside: what would move the cursor or start a new line is shown as a number.
std::string on_one_line(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string line;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte >= 0x20 && byte != 0x7f) {
      line += character;
    } else {
      line += {'\\', 'x', kDigits[byte / 16U], kDigits[byte % 16U]};
    }
  }
  return line;
}

ExitStatus trouble(const Streams& streams, std::string_view message) {
  streams.err << "boarddiff: " << on_one_line(message) << "\n";
  return ExitStatus::trouble;
}

constexpr std::string_view kOutOfMemory = "out of memory; smaller pictures or a lower --load.max-megapixels may help";

std::string internal_error(const std::exception& error) {
  return std::string("internal error (please report it): ") + error.what();
}

ExitStatus run_and_catch(const std::vector<std::string>& arguments, const Streams& streams) {
  try {
    return run_command(arguments, streams);
  } catch (const FlagsListed& listed) {
    for (const FlagEntry& flag : listed.flags) streams.out << "--" << flag.name << "\n";
    return ExitStatus::nothing_found;
  } catch (const imaging::Error& error) {
    return trouble(streams, error.what());
  } catch (const std::bad_alloc&) {
    return trouble(streams, kOutOfMemory);
  } catch (const cv::Exception& error) {
    return trouble(streams, error.code == cv::Error::StsNoMem ? std::string(kOutOfMemory) : internal_error(error));
  } catch (const std::exception& error) {
    return trouble(streams, internal_error(error));
  }
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

int run(const std::vector<std::string>& arguments, const Streams& streams) {
  ExitStatus status = run_and_catch(arguments, streams);
  if (!streams.out.flush()) {
    status = trouble(streams, "cannot write to standard output");
  }
  return static_cast<int>(status);
}

}  // namespace boarddiff::cli
