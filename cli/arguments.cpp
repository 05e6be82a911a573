// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"

#include "cli/nearest_name.h"
#include "imaging/base/error.h"

#include <boost/program_options.hpp>

#include <fstream>
#include <sstream>

namespace boarddiff::cli {
namespace {

namespace po = boost::program_options;

constexpr unsigned kHelpColumns = 100;

// Values stay text until all are known, so that every bad one can be reported, not only the first.
po::options_description described(const FlagGroup& group) {
  po::options_description description(group.title, kHelpColumns);
  for (const Flag& flag : group.flags) {
    auto* value = po::value<std::string>();
    if (value_name(flag.field).empty()) {
      value->zero_tokens()->implicit_value("true");
    } else {
      value->value_name(value_name(flag.field));
      if (const std::string text = field_text(flag.field); !text.empty()) {
        value->default_value(text);
      }
    }
    description.add_options()(flag.name.c_str(), value, flag.meaning.c_str());
  }
  return description;
}

po::options_description described(const std::vector<FlagGroup>& groups) {
  po::options_description all;
  for (const FlagGroup& group : groups) {
    all.add(described(group));
  }
  return all;
}

po::options_description common_flags() {
  po::options_description common("Everywhere", kHelpColumns);
  common.add_options()("help,h", "show this help")("config", po::value<std::string>()->value_name("PATH"),
                                                   "read flags from a file: flag = value, one a line, # for comments");
  return common;
}

std::vector<std::string> names_of(const std::vector<FlagGroup>& groups, const std::string& dashes) {
  std::vector<std::string> names;
  for (const FlagGroup& group : groups) {
    for (const Flag& flag : group.flags) {
      names.push_back(dashes + flag.name);
    }
  }
  return names;
}

std::vector<FlagGroup> config_flags(std::vector<FlagGroup> groups) {
  for (FlagGroup& group : groups) {
    std::erase_if(group.flags, [](const Flag& flag) { return !flag.in_config; });
  }
  return groups;
}

po::parsed_options parse_command_line(const po::options_description& known, const std::vector<FlagGroup>& groups,
                                      const std::vector<std::string>& arguments) {
  po::positional_options_description positional;
  positional.add("file", -1);
  auto parsed = po::command_line_parser(arguments)
                    .options(known)
                    .positional(positional)
                    .style(po::command_line_style::unix_style & ~po::command_line_style::allow_guessing)
                    .allow_unregistered()
                    .run();
  std::string unknown;
  for (const auto& option : parsed.options) {
    if (option.unregistered) {
      unknown += (unknown.empty() ? "" : "; ") + std::string("unknown option ") + option.original_tokens.front() +
                 suggestion("--" + option.string_key, names_of(groups, "--"));
    }
  }
  if (!unknown.empty()) {
    throw imaging::Error(imaging::ErrorCode::invalid_option, unknown);
  }
  return parsed;
}

po::parsed_options parse_config(const po::options_description& known, const std::vector<FlagGroup>& groups,
                                const std::string& path) {
  std::error_code error;
  std::ifstream stream(path, std::ios::binary);
  if (!stream || std::filesystem::is_directory(path, error)) {
    throw imaging::Error(imaging::ErrorCode::unreadable_file, path + ": cannot read the configuration file");
  }
  auto parsed = po::parse_config_file(stream, known, true);
  std::string unknown;
  for (const auto& option : parsed.options) {
    if (option.unregistered) {
      unknown += (unknown.empty() ? "" : "; ") + path + ": unknown key " + option.string_key +
                 suggestion(option.string_key, names_of(groups, ""));
    }
  }
  if (!unknown.empty()) {
    throw imaging::Error(imaging::ErrorCode::invalid_option, unknown);
  }
  return parsed;
}

std::vector<imaging::OptionProblem> set_fields(const std::vector<FlagGroup>& groups, const po::variables_map& values) {
  std::vector<imaging::OptionProblem> problems;
  for (const FlagGroup& group : groups) {
    for (const Flag& flag : group.flags) {
      const po::variable_value& value = values[flag.name];
      if (value.empty() || value.defaulted()) {
        continue;
      }
      const auto& text = value.as<std::string>();
      if (const auto broken_rule = set_field(flag.field, text)) {
        problems.push_back(
            {"--" + flag.name, *broken_rule, "\"" + text + "\"" + suggestion(text, names_of(flag.field))});
      }
    }
  }
  return problems;
}

FlagsListed listed(const std::vector<FlagGroup>& groups) {
  FlagsListed all{.help = flags_help(groups)};
  for (const FlagGroup& group : groups) {
    for (const Flag& flag : group.flags) {
      const std::string value = value_name(flag.field);
      all.flags.push_back({.name = flag.name,
                           .value = value,
                           .choices = names_of(flag.field),
                           .default_text = value.empty() ? "" : field_text(flag.field),
                           .meaning = flag.meaning,
                           .group = group.title});
    }
  }
  const std::string everywhere = "Everywhere";
  all.flags.push_back({.name = "help", .meaning = "show this help", .group = everywhere});
  all.flags.push_back({.name = "config",
                       .value = "PATH",
                       .meaning = "read flags from a file: flag = value, one a line, # for comments",
                       .group = everywhere});
  return all;
}

}  // namespace

ParsedArguments parse_arguments(const std::vector<FlagGroup>& groups, const std::vector<std::string>& arguments) {
  if (arguments.size() == 1 && arguments.front() == kListFlags) {
    throw listed(groups);
  }
  po::options_description known = described(groups);
  known.add(common_flags()).add_options()("file", po::value<std::vector<std::string>>());
  // What is parsed points to its description: both live until it is stored.
  const std::vector<FlagGroup> groups_in_config = config_flags(groups);
  const po::options_description known_in_config = described(groups_in_config);
  po::variables_map values;
  ParsedArguments parsed;
  std::string source;
  try {
    po::store(parse_command_line(known, groups, arguments), values);
    if (values.count("config") > 0) {
      parsed.config = values["config"].as<std::string>();
      source = parsed.config.string() + ": ";
      po::store(parse_config(known_in_config, groups_in_config, parsed.config.string()), values);
    }
  } catch (const po::error& error) {
    throw imaging::Error(imaging::ErrorCode::invalid_option, source + error.what());
  }
  parsed.help = values.count("help") > 0;
  if (values.count("file") > 0) {
    parsed.files = values["file"].as<std::vector<std::string>>();
  }
  parsed.problems = set_fields(groups, values);
  return parsed;
}

std::string flags_help(const std::vector<FlagGroup>& groups) {
  std::ostringstream text;
  text << described(groups).add(common_flags());
  return text.str();
}

}  // namespace boarddiff::cli
