// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_boards.h"
#include "cli/case/case_store.h"

#include <nlohmann/json.hpp>

#include <mutex>
#include <string>
#include <utility>

namespace boarddiff::cli {

// Regions that reviewers draw on the reference of a board: they go into the reference file that it was compared with,
// for every inspection from then on, and into the case's trail. What the page is told of them is documented in
// cli/page/src/data.js. Functions that take the case's lock say so; the others read files and must not hold it.
class RegionDesk {
 public:
  explicit RegionDesk(std::string reviewer) : reviewer_(std::move(reviewer)) {}

  // Which file a board was compared with, and as what it may be found there.
  struct Reference {
    CaseBoard board = {};
    std::string picture = {};  // SHA-256 of the first known-good board's
  };
  // Under the case's lock.
  [[nodiscard]] static Reference reference_of(compare::Database& database, const CaseBoard& board);

  // {file, regions: [{purpose, id, who, why, at, reference_polygon}]}, or {file, trouble}: why none can be drawn, and
  // what to do. Safe to call from several threads.
  [[nodiscard]] nlohmann::ordered_json regions(const Reference& reference);

  // {purpose, corners: [[x, y], ...], why}: adds it. {purpose, id}: takes a drawn one away again. Under the case's
  // lock; both in the reference file and in the trail, or in neither. Throw Error{invalid_option} for what no region
  // can be and for a board whose reference can hold none; and as update_reference_file does.
  void draw(CaseStore& store, const CaseBoard& board, const nlohmann::ordered_json& wanted);
  void withdraw(CaseStore& store, const CaseBoard& board, const nlohmann::ordered_json& wanted);

 private:
  std::string reviewer_;
  std::mutex mutex_ = {};  // of what was read last
  std::string read_ = {};  // path, size and time of that file
  nlohmann::ordered_json last_ = {};
};

}  // namespace boarddiff::cli
