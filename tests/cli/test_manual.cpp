// SPDX-License-Identifier: Apache-2.0
#include "cli/child_process.h"
#include "cli/manual/command_entry.h"
#include "cli/manual/manual_page.h"
#include "cli/manual/shell_completion.h"
#include "cli/program.h"
#include "tests/cli/run_program.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

using namespace boarddiff::cli;
using Catch::Contains;

namespace {

const std::vector<CommandEntry>& entries() {
  static const std::vector<CommandEntry> all = command_entries();
  return all;
}

const CommandEntry& entry(const std::string& name) {
  const auto found =
      std::find_if(entries().begin(), entries().end(), [&](const CommandEntry& one) { return one.name == name; });
  REQUIRE(found != entries().end());
  return *found;
}

// What a shell prints that reads the completion and then runs the command.
std::string answer(const std::string& shell, const std::string& completion, const std::string& command) {
  const boarddiff::test::TemporaryFolder folder;
  boarddiff::test::write_text(folder / "completion", completion);
  const std::string script = ". " + (folder / "completion").string() + "\n" + command;
  const ChildResult result = run_child({.program = "/usr/bin/" + shell, .arguments = {"-c", script}, .timeout_s = 60});
  CHECK(result.end == ChildEnd::exited);
  CHECK(result.status == 0);
  return result.last_output;
}

std::string bash_answer(const std::string& words, int current) {
  return answer(
      "bash", bash_completion(entries()),
      "COMP_WORDS=(" + words + "); COMP_CWORD=" + std::to_string(current) + "; _boarddiff; echo \"${COMPREPLY[*]}\"");
}

std::string fish_answer(const std::string& line) {
  return answer("fish", fish_completion(entries()), "complete -C '" + line + "'");
}

}  // namespace

TEST_CASE("every command tells its flags, its usage and what it does", "[cli][manual]") {
  REQUIRE(entries().size() == commands().size());
  for (const CommandEntry& one : entries()) {
    INFO(one.name);
    CHECK_THAT(one.usage, Catch::StartsWith("usage: boarddiff " + one.name));
    REQUIRE(one.flags.size() > 1);
    CHECK(one.flags.back().name == "config");
    for (const FlagEntry& flag : one.flags) CHECK_FALSE(flag.meaning.empty());
  }
  const auto& flags = entry("inspect").flags;
  const auto modality =
      std::find_if(flags.begin(), flags.end(), [](const FlagEntry& flag) { return flag.name == "modality"; });
  REQUIRE(modality != flags.end());
  CHECK(modality->choices == std::vector<std::string>{"photo", "xray"});
  CHECK(modality->default_text == "photo");
}

TEST_CASE("a command lists its flags for scripts", "[cli][manual]") {
  const auto listed = boarddiff::test::run_program({"history", "--list-flags"});
  CHECK(listed.status == 0);
  CHECK(listed.out == "--help\n--config\n");
}

TEST_CASE("bash completes commands, flags and values", "[cli][manual]") {
  CHECK(bash_answer("boarddiff his", 1) == "history\n");
  CHECK_THAT(bash_answer("boarddiff inspect --moda", 2), Contains("--modality"));
  CHECK(bash_answer("boarddiff inspect --modality x", 3) == "xray\n");
  CHECK(bash_answer("boarddiff report --format ju", 3) == "junit\n");
  // Names of files are left to the shell.
  CHECK(bash_answer("boarddiff inspect gol", 2) == "\n");
}

TEST_CASE("fish completes commands, flags and values", "[cli][manual]") {
  CHECK_THAT(fish_answer("boarddiff his"), Contains("history"));
  CHECK_THAT(fish_answer("boarddiff inspect --moda"), Contains("--modality"));
  CHECK_THAT(fish_answer("boarddiff inspect --modality x"), Contains("xray"));
  CHECK_THAT(fish_answer("boarddiff history --moda"), !Contains("--modality"));
}

TEST_CASE("zsh understands its completion", "[cli][manual]") {
  const std::string script =
      "_describe() { eval \"print -l \\\"\\${${2}[@]}\\\"\" }; _arguments() { print -l -- \"$@\" }\n"
      "words=(boarddiff inspect ''); CURRENT=3";
  const std::string listed = answer("zsh", script + "\n" + zsh_completion(entries()), "");
  CHECK_THAT(listed, Contains("*:file:_files"));
  const boarddiff::test::TemporaryFolder folder;
  boarddiff::test::write_text(folder / "_boarddiff", zsh_completion(entries()));
  const ChildResult parsed =
      run_child({.program = "/usr/bin/zsh", .arguments = {"-n", (folder / "_boarddiff").string()}, .timeout_s = 60});
  CHECK(parsed.status == 0);
  CHECK_THAT(zsh_completion(entries()), Contains("'--modality=[what the pictures are]:value:(photo xray)'"));
}

TEST_CASE("a manual page has every flag, and no line that roff would take for its own", "[cli][manual]") {
  for (const CommandEntry& one : entries()) {
    INFO(one.name);
    const std::string page = command_page(one);
    for (const FlagEntry& flag : one.flags) {
      std::string name = flag.name;
      for (std::size_t at = name.find('-'); at != std::string::npos; at = name.find('-', at + 2)) name.insert(at, "\\");
      CHECK_THAT(page, Contains(".B \\-\\-" + name));
    }
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
      if (line.empty() || (line.front() != '.' && line.front() != '\'')) continue;
      const std::string request = line.substr(0, line.find(' '));
      const std::vector<std::string> known = {".TH", ".SH", ".TP", ".B", ".BR", ".nf", ".fi"};
      CHECK(std::find(known.begin(), known.end(), request) != known.end());
    }
  }
}

TEST_CASE("what was written of the program gets the list of commands", "[cli][manual]") {
  const std::string page = program_page(".SH COMMANDS\n@COMMANDS@\n.SH FILES\n", entries());
  CHECK_THAT(page, Catch::StartsWith(".SH COMMANDS\n.TP\n.BR boarddiff\\-inspect (1)\n"));
  CHECK_THAT(page, Catch::EndsWith(".SH FILES\n"));
}
