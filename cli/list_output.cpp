// SPDX-License-Identifier: Apache-2.0
#include "cli/list_output.h"

#include "cli/output_targets.h"

namespace boarddiff::cli {
namespace {

imaging::Replace replace_rule(const ListOutput& output) {
  return output.force ? imaging::Replace::allow : imaging::Replace::refuse;
}

}  // namespace

std::vector<Flag> list_output_flags(ListOutput& output) {
  return {{"output", &output.file, "file for the list; without it, standard output", false},
          {"force", &output.force, "replace the file where it exists", false}};
}

void check_list_output(const ListOutput& output, const std::vector<std::filesystem::path>& inputs) {
  if (!output.file.empty()) check_targets({output.file}, inputs, replace_rule(output));
}

void write_list(const ListOutput& output, const std::string& text, const std::string& count, const Streams& streams) {
  if (output.file.empty()) {
    streams.out << text;
    return;
  }
  write_outputs({{output.file, text}}, replace_rule(output));
  streams.out << count << "; see " << output.file.string() << "\n";
}

}  // namespace boarddiff::cli
