// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/verify.h"

#include "cli/arguments.h"
#include "cli/case/verify_case.h"
#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"

#include <algorithm>
#include <cctype>

namespace boarddiff::cli {
namespace {

constexpr std::size_t kMostText = 2000;  // case files come from elsewhere

std::string counted(std::int64_t count, const std::string& one, const std::string& several) {
  return std::to_string(count) + " " + (count == 1 ? one : several);
}

// As it is written in the trail, however it was copied down.
std::string in_lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

std::vector<imaging::OptionProblem> problems_of(const std::string& expected) {
  constexpr std::size_t kDigits = 64;
  const bool is_hash = expected.size() == kDigits &&
                       std::all_of(expected.begin(), expected.end(), [](unsigned char c) { return std::isxdigit(c); });
  if (expected.empty() || is_hash) {
    return {};
  }
  return {{"--expect", "must be a hash of 64 hexadecimal digits", expected}};
}

std::string words_of(const CaseCheck& check) {
  if (!check.trouble.empty()) {
    return "is not in order: " + imaging::printable_text(check.trouble, kMostText);
  }
  std::string words =
      "is in order: schema " + std::to_string(check.schema) + ", " + counted(check.samples, "sample", "samples") +
      ", " + counted(check.decisions, "decision", "decisions") + ", " + counted(check.entries, "entry", "entries") +
      " in its trail, the last with the hash " + check.last_hash;
  if (check.expected_entry) {
    words += *check.expected_entry == 0
                 ? "; what was expected is the hash of an empty trail"
                 : "; what was expected is the hash of entry " + std::to_string(*check.expected_entry);
  }
  return words;
}

}  // namespace

ExitStatus verify_command(const std::vector<std::string>& arguments, const Streams& streams) {
  std::string expected;
  const std::vector<FlagGroup> groups = {
      {"Verifying", {{"expect", &expected, "a hash that the trail ended with before: it has to be in it still"}}}};
  const ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << "usage: boarddiff verify FILE.bdcase [--expect HASH]\n\n"
                   "Says whether a case file is as boarddiff wrote it: that SQLite finds it whole, that each entry of\n"
                   "its trail carries the hash of the one before, and that samples, reports, findings and decisions\n"
                   "are those that the trail speaks of. Who rewrites the whole trail can make it hold together again:\n"
                   "write the last hash down elsewhere, and give it to --expect the next time. Nothing is written.\n" +
                       flags_help(groups) +
                       "\nExit status:\n"
                       "  0  all is in order\n"
                       "  1  something does not fit: the first thing that does not is named\n"
                       "  2  trouble: arguments, a file that cannot be read or is no case file\n";
    return ExitStatus::nothing_found;
  }
  std::vector<imaging::OptionProblem> problems = parsed.problems;
  append(problems, problems_of(expected));
  imaging::throw_on_problems(problems);
  if (parsed.files.size() != 1) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "verify needs one case file, and was given " + std::to_string(parsed.files.size()) + " names");
  }
  const CaseCheck check = verify_case(parsed.files.front(), in_lower_case(expected));
  streams.out << parsed.files.front() << ": " << words_of(check) << "\n";
  return check.trouble.empty() ? ExitStatus::nothing_found : ExitStatus::needs_review;
}

}  // namespace boarddiff::cli
