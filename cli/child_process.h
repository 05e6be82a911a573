// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// A program to run: no shell in between, standard input empty.
struct ChildRequest {
  std::filesystem::path program = {};
  std::vector<std::string> arguments = {};  // without the program's name
  std::filesystem::path output = {};        // new file for what it prints; empty: the last of it is kept in memory
  std::optional<double> timeout_s = {};
};

enum class ChildEnd { exited, killed_by_signal, timed_out, not_started };

struct ChildResult {
  ChildEnd end = ChildEnd::not_started;
  int status = 0;                // exit status or number of the signal
  std::string last_output = {};  // of both its outputs, at most the last 2000 bytes; not started: why
  double seconds = 0;            // by the clock
  double processor_seconds = 0;  // user and system, its own children included
  double peak_memory_mb = 0;     // of the largest of them; never less than what this process had when it began
};

// Runs it and waits. After the timeout it and all that it started are killed. Safe to call from several threads.
// Throws Error{unwritable_output} for a file that cannot be made; a program that cannot be run is a result.
[[nodiscard]] ChildResult run_child(const ChildRequest& request);

// "exit 2: last words", "killed by signal 9", "no answer in 300 s", "cannot be run: No such file or directory"
[[nodiscard]] std::string end_of(const ChildResult& result, const std::optional<double>& timeout_s);

}  // namespace boarddiff::cli
