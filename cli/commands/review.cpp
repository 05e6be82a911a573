// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/review.h"

#include "cli/arguments.h"
#include "cli/case/case_store.h"
#include "cli/case/vigilance.h"
#include "cli/export/case_export.h"
#include "cli/login_name.h"
#include "cli/review/open_browser.h"
#include "cli/review/review_server.h"
#include "imaging/base/error.h"

#include <csignal>
#include <filesystem>
#include <thread>

namespace boarddiff::cli {
namespace {

struct ReviewArguments {
  ReviewSettings settings = {};
  std::string station = {};
  bool no_browser = false;
};

std::vector<FlagGroup> flags_of(ReviewArguments& arguments) {
  ReviewSettings& settings = arguments.settings;
  return {{"Review",
           {
               {"reviewer", &settings.reviewer, "whose decisions these are; without it, your login name"},
               {"station", &arguments.station, "where they are made"},
               {"signatures", &settings.signatures, "reviewers who have to agree before a finding counts as decided"},
               {"vigilance", &settings.vigilance,
                "share of the boards, 0 to 1, that show a virtual part among their findings; what you make of it is no "
                "decision, and your hit rate is told"},
               {"port", &settings.port, "of 127.0.0.1, where the page is served; 0: any that is free", false},
               {"no-browser", &arguments.no_browser, "only print the address"},
           }}};
}

std::vector<imaging::OptionProblem> problems_of(const ReviewArguments& arguments) {
  imaging::OptionRules rules;
  rules.within("--signatures", arguments.settings.signatures, 1, 9)
      .within("--vigilance", arguments.settings.vigilance, 0.0, 1.0)
      .within("--port", arguments.settings.port, 0, 65535);
  std::vector<imaging::OptionProblem> found = rules.problems();
  return found;
}

// Empty where there is none of them to say anything about.
std::string note_on_vigilance(CaseStore& store, double share) {
  if (share == 0 || store.database().integer_of("SELECT count(*) FROM virtual_part") > 0) {
    return {};
  }
  return "the case holds no virtual part that --vigilance could show: boarddiff batch --sensitivity makes them, of "
         "photographs";
}

// What the reviewer found of all virtual parts so far, a line each; empty where none was shown.
std::string words_on_vigilance(CaseStore& store, const std::string& reviewer) {
  std::string text;
  for (const std::string& line : words_on(hit_rates(store.database(), reviewer))) text.append("  " + line + "\n");
  return text.empty() ? text : "Marked as unexpected by " + reviewer + ", in all reviews of this case:\n" + text;
}

// Interrupts come to one thread that waits for them, instead of to whichever runs.
class Interrupts {
 public:
  Interrupts() {
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  }
  ~Interrupts() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  void wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
  }

 private:
  sigset_t signals_ = {};
  sigset_t before_ = {};
};

}  // namespace

ExitStatus review_command(const std::vector<std::string>& arguments, const Streams& streams) {
  ReviewArguments given;
  const std::vector<FlagGroup> groups = flags_of(given);
  const ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << "usage: boarddiff review FILE.bdcase [FLAG...]\n\n"
                   "Shows the boards of a case file in a browser of this machine, the most alarming first, to decide\n"
                   "about each finding; every decision is in the case file at once. ? on the page shows its keys.\n"
                   "Ends with Ctrl-C, and the status of the case: dismissed findings do not count.\n" +
                       flags_help(groups) + "\n" + exit_status_help();
    return ExitStatus::nothing_found;
  }
  std::vector<imaging::OptionProblem> problems = parsed.problems;
  append(problems, problems_of(given));
  imaging::throw_on_problems(problems);
  if (parsed.files.size() != 1) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "review needs one case file, and was given " + std::to_string(parsed.files.size()));
  }
  if (given.settings.reviewer.empty()) given.settings.reviewer = login_name();
  const std::filesystem::path file = parsed.files.front();
  CaseStore store(file, compare::DatabaseAccess::write,
                  {.performer = given.settings.reviewer, .station = given.station});
  // A case without boards is refused now, and not when everything has been decided.
  static_cast<void>(read_export(store.database(), file, {.all = true}));
  for (const std::string& note : store.notes()) streams.err << "note: " << note << "\n";
  if (const std::string note = note_on_vigilance(store, given.settings.vigilance); !note.empty()) {
    streams.err << "note: " << note << "\n";
  }
  given.settings.case_name = file.filename().string();
  const Interrupts interrupts;
  ReviewServer server(store, given.settings);
  streams.out << server.address() << std::endl;
  streams.err << "The review of " << given.settings.case_name << " by " << given.settings.reviewer
              << " is at the address above, for the first browser that opens it. Ctrl-C ends it.\n";
  std::thread serving([&] { server.run(); });
  if (!given.no_browser) open_browser(server.address());
  interrupts.wait();
  server.stop();
  serving.join();
  streams.err << words_on_vigilance(store, given.settings.reviewer);
  return read_export(store.database(), file, {.all = true}).status();
}

}  // namespace boarddiff::cli
