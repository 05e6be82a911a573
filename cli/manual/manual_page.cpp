// SPDX-License-Identifier: Apache-2.0
#include "cli/manual/manual_page.h"

#include "imaging/base/error.h"

#include <algorithm>
#include <cctype>

namespace boarddiff::cli {
namespace {

// Text as it is: backslashes and dashes are written out, and no line begins with what roff takes for a request.
std::string plain(const std::string& text) {
  std::string result;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && (c == '.' || c == '\'')) result += "\\&";
    if (c == '\\') {
      result += "\\e";
    } else {
      result += c == '-' ? "\\-" : std::string(1, c);
    }
    at_start = c == '\n';
  }
  return result;
}

// Lines that are kept as they are.
std::string kept(const std::string& text) {
  const std::size_t begin = text.find_first_not_of('\n');
  if (begin == std::string::npos) {
    return {};
  }
  const std::size_t end = text.find_last_not_of('\n') + 1;
  return ".nf\n" + plain(text.substr(begin, end - begin)) + "\n.fi\n";
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

std::string flag_text(const FlagEntry& flag) {
  std::string text = ".TP\n.B " + plain("--" + flag.name);
  if (!flag.value.empty()) text.append(" ").append(plain(flag.value));
  text.append("\n").append(plain(flag.meaning));
  if (!flag.default_text.empty()) text.append(" (").append(plain(flag.default_text)).append(" unless given)");
  return text + "\n";
}

}  // namespace

std::string command_page(const CommandEntry& command) {
  // The lines of usage, an empty line, and what the command does.
  const std::size_t gap = command.usage.find("\n\n");
  imaging::require(gap != std::string::npos, "command_page: usage and words are apart");
  std::string page = ".TH BOARDDIFF\\-" + plain(upper(command.name)) + " 1 \"\" \"boarddiff\" \"User Commands\"\n";
  page.append(".SH NAME\n").append(plain("boarddiff-" + command.name)).append(" \\- ");
  page.append(plain(command.summary)).append("\n.SH SYNOPSIS\n").append(kept(command.usage.substr(0, gap)));
  page.append(".SH DESCRIPTION\n").append(kept(command.usage.substr(gap)));
  std::string group;
  for (const FlagEntry& flag : command.flags) {
    if (flag.group != group) {
      group = flag.group;
      page.append(".SH ").append(plain(upper(group))).append("\n");
    }
    page += flag_text(flag);
  }
  if (const std::string notes = kept(command.ending); !notes.empty()) page.append(".SH NOTES\n").append(notes);
  return page + ".SH SEE ALSO\n.BR boarddiff (1)\n";
}

std::string program_page(std::string_view written, const std::vector<CommandEntry>& commands) {
  constexpr std::string_view kPlace = "@COMMANDS@\n";
  const std::size_t place = written.find(kPlace);
  imaging::require(place != std::string_view::npos, "program_page: a place for the commands");
  std::string page(written.substr(0, place));
  for (const CommandEntry& command : commands) {
    page.append(".TP\n.BR ").append(plain("boarddiff-" + command.name)).append(" (1)\n");
    page.append(plain(command.summary)).append("\n");
  }
  return page.append(written.substr(place + kPlace.size()));
}

}  // namespace boarddiff::cli
