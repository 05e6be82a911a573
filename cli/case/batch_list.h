// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/options.h"
#include "imaging/load.h"

#include <cstddef>
#include <filesystem>
#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// A picture to inspect, and what is known of its board; texts are empty where nothing is.
struct BatchSample {
  std::filesystem::path path = {};
  std::filesystem::path reference = {};  // its own; empty: that of the batch
  std::string serial = {};
  std::string lot = {};
  std::string side = {};  // "top" or "bottom": both of one serial make one board
  std::string stage = {};
  std::string performer = {};  // column "operator"
  std::string taken = {};      // column "date"
};

struct BatchList {
  std::vector<BatchSample> samples = {};  // in the order of the arguments; within a folder by name
  std::size_t passed_over = 0;            // files in folders that are no pictures
};

// What the arguments name, each one of: a folder (all pictures in it and below), a list (.csv), a picture, a pattern
// with * ? [] that the shell left as it is, or "-" (a path a line on standard input). A list's first line names its
// columns, of which `file` must be there; its paths start at the list's folder. Throws Error: unreadable_file for what
// is not there, invalid_option for a list that breaks these rules, with the line.
[[nodiscard]] BatchList list_samples(const std::vector<std::string>& arguments, const imaging::LoadOptions& load,
                                     std::istream& standard_input);

// The I-th of N parts of a list, in which each N-th picture is: parts of about the same work.
struct Shard {
  std::size_t number = 1;
  std::size_t of = 1;
};
// "I/N"; nothing where the text is none.
[[nodiscard]] std::optional<Shard> parse_shard(const std::string& text);

// Of a Slurm array task, by its environment; nothing outside of one.
[[nodiscard]] std::optional<Shard> shard_of_array_task();

}  // namespace boarddiff::cli
