// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/streams.h"
#include "compare/inspection.h"
#include "imaging/board_scale.h"
#include "imaging/load.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// Pictures of known-good boards to one reference file.
struct EnrollJob {
  std::vector<std::filesystem::path> pictures = {};  // not empty
  std::filesystem::path output = {};
  std::filesystem::path add = {};        // a reference file whose boards come first; empty: none
  std::filesystem::path config = {};     // only so that it is never replaced
  std::optional<std::string> name = {};  // nothing: that of `add`
  std::optional<std::string> note = {};
  std::filesystem::path mask = {};                    // regions of the first board to ignore; empty: those of `add`
  std::filesystem::path watch = {};                   // and to watch
  std::filesystem::path cad = {};                     // the boards' design; empty: that of `add`
  compare::BoardSide side = compare::BoardSide::top;  // of the design, that the pictures show
  imaging::ScaleOptions scale = {};                   // of the first board's picture
  imaging::LoadOptions load = {};
  compare::InspectionOptions inspection = {};  // how the boards are laid on each other and compared
  bool compare_boards = true;                  // false: they are only laid on the first
  bool accept_differences = false;             // write the file although boards differ
  bool force = false;
  bool quiet = false;
};

enum class EnrollStatus { enrolled, boards_differ, not_comparable };

struct Enrollment {
  EnrollStatus status = EnrollStatus::not_comparable;
  std::string words = {};  // what was enrolled, or why it was not, in lines
};

// What is wrong with the job before a file is touched.
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const EnrollJob& job);

// Lays the boards on the first, compares each with the others, and writes the file when all of them agree or may
// differ. Throws Error, invalid_option also for a picture that is given twice.
[[nodiscard]] Enrollment run_enrollment(const EnrollJob& job, const Streams& streams);

}  // namespace boarddiff::cli
