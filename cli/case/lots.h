// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/database.h"
#include "imaging/base/frames.h"

#include <cstdint>
#include <string>
#include <vector>

namespace boarddiff::cli {

// How many boards of a lot show the same thing.
enum class LotShare {
  some,  // more than one, and not most: what stands out
  one,   // one alone: an implant, or dirt
  most,  // the reference may be out of date
};

struct LotMember {
  std::int64_t sample = 0;
  int number = 0;
};

// Findings of several boards that lie at one place of one reference and look alike.
struct LotCluster {
  std::string reference = {};  // its file
  std::string kind = {};       // of the best finding
  imaging::Box reference_box = {};
  std::string near = {};
  double score = 0;            // the highest
  std::int64_t boards = 0;     // that show it
  std::int64_t inspected = 0;  // that were compared with this reference
  LotShare share = LotShare::one;
  std::vector<std::string> names = {};  // serials, or else files, of those boards, best first; at most ten
  std::vector<LotMember> members = {};  // all findings of it, best first
};

// Which samples are looked at; an empty text: all.
struct LotChoice {
  std::string lot = {};
  std::string reference = {};  // hash
  std::string options = {};    // hash
};

// Findings at or above the threshold, of samples that were compared with a reference and not with an earlier picture of
// their own; also those that a consensus made advisory. What some boards share comes first, then what one has, then
// what most have; within these by score.
[[nodiscard]] std::vector<LotCluster> lot_clusters(compare::Database& database, const LotChoice& choice = {});

}  // namespace boarddiff::cli
