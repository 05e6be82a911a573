// SPDX-License-Identifier: Apache-2.0
#include "cli/manual/shell_completion.h"

namespace boarddiff::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

// In single quotes of any of the three shells; `inner` escapes more characters by a backslash.
std::string quoted(const std::string& text, const std::string& inner = "") {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
      continue;
    }
    if (inner.find(c) != std::string::npos) result += '\\';
    result += c;
  }
  return result + "'";
}

std::vector<std::string> names_of(const std::vector<CommandEntry>& commands) {
  std::vector<std::string> names;
  names.reserve(commands.size());
  for (const CommandEntry& command : commands) names.push_back(command.name);
  return names;
}

// "'--flag=[what it means]:value:(a b)'"; brackets and colons within the meaning would end it.
std::string zsh_argument(const FlagEntry& flag) {
  const std::string meaning = quoted(flag.meaning, "[]:\\");
  std::string text = "'--" + flag.name;
  text.append(flag.value.empty() ? "[" : "=[").append(meaning.substr(1, meaning.size() - 2)).append("]");
  if (!flag.choices.empty()) {
    text.append(":value:(").append(joined(flag.choices)).append(")");
  } else if (flag.value == "PATH") {
    text.append(":file:_files");
  } else if (!flag.value.empty()) {
    text.append(":value:");
  }
  return text + "'";
}

}  // namespace

std::string bash_completion(const std::vector<CommandEntry>& commands) {
  std::string script =
      "# bash completion for boarddiff\n"
      "_boarddiff() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} words=\"\"\n"
      "  COMPREPLY=()\n"
      "  if [[ $COMP_CWORD -eq 1 ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"--help --version " +
      joined(names_of(commands)) +
      "\" -- \"$current\")\n"
      "    return\n"
      "  fi\n"
      "  case ${COMP_WORDS[1]}:$previous in\n";
  for (const CommandEntry& command : commands) {
    for (const FlagEntry& flag : command.flags) {
      if (flag.choices.empty()) continue;
      script.append("    ").append(command.name).append(":--").append(flag.name);
      script.append(") words=\"").append(joined(flag.choices)).append("\" ;;\n");
    }
  }
  script +=
      "  esac\n"
      "  if [[ -z $words && $current == -* ]]; then\n"
      "    case ${COMP_WORDS[1]} in\n";
  for (const CommandEntry& command : commands) {
    std::vector<std::string> flags;
    for (const FlagEntry& flag : command.flags) flags.push_back("--" + flag.name);
    script.append("      ").append(command.name).append(") words=\"").append(joined(flags)).append("\" ;;\n");
  }
  // Without words the shell completes names of files.
  script +=
      "    esac\n"
      "  fi\n"
      "  [[ -z $words ]] || mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
      "}\n"
      "complete -o default -F _boarddiff boarddiff\n";
  return script;
}

std::string zsh_completion(const std::vector<CommandEntry>& commands) {
  std::string script =
      "#compdef boarddiff\n"
      "_boarddiff() {\n"
      "  local -a commands\n"
      "  commands=(\n";
  for (const CommandEntry& command : commands) {
    script.append("    ").append(quoted(command.name + ":" + command.summary)).append("\n");
  }
  script +=
      "  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $words[1] in\n";
  for (const CommandEntry& command : commands) {
    script.append("    ").append(command.name).append(")\n      _arguments -S \\\n");
    for (const FlagEntry& flag : command.flags) {
      script.append("        ").append(zsh_argument(flag)).append(" \\\n");
    }
    script += "        '*:file:_files'\n      ;;\n";
  }
  script +=
      "  esac\n"
      "}\n"
      "_boarddiff \"$@\"\n";
  return script;
}

std::string fish_completion(const std::vector<CommandEntry>& commands) {
  std::string script = "# fish completion for boarddiff\n";
  for (const CommandEntry& command : commands) {
    script.append("complete -c boarddiff -f -n __fish_use_subcommand -a ").append(command.name);
    script.append(" -d ").append(quoted(command.summary, "\\")).append("\n");
  }
  for (const CommandEntry& command : commands) {
    for (const FlagEntry& flag : command.flags) {
      script.append("complete -c boarddiff -n '__fish_seen_subcommand_from ").append(command.name).append("' -l ");
      script.append(flag.name);
      if (!flag.choices.empty()) {
        script.append(" -x -a ").append(quoted(joined(flag.choices)));
      } else if (!flag.value.empty()) {
        script.append(flag.value == "PATH" ? " -r -F" : " -x");
      }
      script.append(" -d ").append(quoted(flag.meaning, "\\")).append("\n");
    }
  }
  return script;
}

}  // namespace boarddiff::cli
