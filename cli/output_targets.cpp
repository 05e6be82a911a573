// SPDX-License-Identifier: Apache-2.0
#include "cli/output_targets.h"

#include "imaging/base/error.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <system_error>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using imaging::Error;
using imaging::ErrorCode;

// The same place in the file system, also through links and for what does not exist yet.
bool is_same_place(const fs::path& a, const fs::path& b) {
  std::error_code error;
  if (fs::equivalent(a, b, error)) {
    return true;
  }
  const fs::path real_a = fs::weakly_canonical(a, error);
  return !error && real_a == fs::weakly_canonical(b, error) && !error;
}

void check_folder(const fs::path& target) {
  std::error_code error;
  fs::path folder = fs::absolute(target).parent_path();
  while (!fs::exists(folder, error) && folder != folder.root_path()) {
    folder = folder.parent_path();
  }
  if (!fs::is_directory(folder, error)) {
    throw Error(ErrorCode::unwritable_output,
                "cannot write " + target.string() + ": " + folder.string() + " is no folder");
  }
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    throw Error(ErrorCode::unwritable_output,
                "cannot write " + target.string() + ": " + std::generic_category().message(errno));
  }
}

void check_is_no_input(const fs::path& target, const std::vector<fs::path>& inputs) {
  if (std::any_of(inputs.begin(), inputs.end(), [&](const fs::path& input) { return is_same_place(input, target); })) {
    throw Error(ErrorCode::invalid_option, "will not write " + target.string() + ": it is one of the inputs");
  }
}

}  // namespace

void check_targets(const std::vector<fs::path>& targets, const std::vector<fs::path>& inputs,
                   imaging::Replace replace) {
  std::string existing;
  for (auto target = targets.begin(); target != targets.end(); ++target) {
    std::error_code error;
    if (fs::is_directory(*target, error)) {
      throw Error(ErrorCode::unwritable_output, "cannot write " + target->string() + ": it is a folder");
    }
    check_folder(*target);
    check_is_no_input(*target, inputs);
    if (std::any_of(targets.begin(), target, [&](const fs::path& other) { return is_same_place(other, *target); })) {
      throw Error(ErrorCode::invalid_option, "two outputs have the same name: " + target->string());
    }
    if (fs::exists(fs::symlink_status(*target, error))) {
      existing += (existing.empty() ? "" : ", ") + target->string();
    }
  }
  if (replace == imaging::Replace::refuse && !existing.empty()) {
    throw Error(ErrorCode::output_exists, "will not replace " + existing + "; --force does");
  }
}

void check_targets_in(const fs::path& folder, const std::vector<std::string>& names,
                      const std::vector<fs::path>& inputs, imaging::Replace replace) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error)) {
    throw Error(ErrorCode::unwritable_output, "cannot write into " + folder.string() + ": it is no folder");
  }
  std::set<fs::path> real_inputs;
  for (const fs::path& input : inputs) real_inputs.insert(fs::weakly_canonical(input, error));
  for (const std::string& name : names) {
    const fs::path target = folder / name;
    check_folder(target);
    const fs::file_status status = fs::symlink_status(target, error);
    if (!fs::exists(status)) continue;
    if (fs::is_directory(status)) {
      throw Error(ErrorCode::unwritable_output, "cannot write " + target.string() + ": it is a folder");
    }
    if (real_inputs.contains(fs::weakly_canonical(target, error))) {
      throw Error(ErrorCode::invalid_option, "will not write " + target.string() + ": it is one of the inputs");
    }
    if (replace == imaging::Replace::refuse) {
      throw Error(ErrorCode::output_exists, "will not replace " + target.string() + "; --force does");
    }
  }
}

void create_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    throw Error(ErrorCode::unwritable_output, "cannot create " + folder.string() + ": " + error.message());
  }
}

void remove_outputs(const std::vector<fs::path>& targets) {
  for (const fs::path& target : targets) {
    std::error_code error;
    if (!target.empty() && !fs::remove(target, error) && error) {
      throw Error(ErrorCode::unwritable_output, "cannot replace " + target.string() + ": " + error.message());
    }
  }
}

void write_outputs(const std::vector<OutputFile>& files, imaging::Replace replace) {
  for (const OutputFile& file : files) {
    create_folder(fs::absolute(file.path).parent_path());
  }
  for (const OutputFile& file : files) {
    imaging::write_file(file.path, file.bytes, replace);
  }
}

}  // namespace boarddiff::cli
