// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/known_design.h"
#include "imaging/base/execution.h"
#include "imaging/board_image.h"
#include "imaging/registration.h"

#include <Eigen/Core>

#include <optional>
#include <string>
#include <vector>

namespace boarddiff::compare {

// What a design says of a sample.
struct SampleInDesign {
  // The parts of the side, each with whether the sample shows it and where, in the sample's pixels; then what the
  // sample shows besides.
  Placement placement = {};
  int seen = 0;                           // fitted parts of the design that the sample shows
  std::vector<std::string> missing = {};  // fitted parts that the reference shows and the sample does not
  std::vector<std::string> unclear = {};  // fitted parts that the reference shows, and the sample may show
  std::vector<std::string> unseen = {};   // fitted parts that neither picture is seen to show
  std::vector<std::string> on_pads = {};  // parts that are not to be fitted, and that the sample shows
  int not_in_design = 0;                  // parts that the sample shows and the design does not have,
  int in_sample_alone = 0;                // and of them those that the reference does not show either
};

// What an inspection says of the board's design.
struct DesignReport {
  std::string file = {};
  std::string sha256 = {};
  BoardSide side = BoardSide::top;
  bool fits = false;        // on the reference's picture
  std::string reason = {};  // why not
  int matched = 0;          // of the parts that the reference should show
  int expected = 0;
  double median_mm = 0;                                                // of the distances of those
  Eigen::Matrix3d reference_from_board = Eigen::Matrix3d::Identity();  // pixels from the design's millimetres
  std::optional<SampleInDesign> sample = {};  // where the design fits, and the sample could be laid on the reference
};

[[nodiscard]] DesignReport report_on(const KnownDesign& design);

struct DesignSearchOptions {
  PartOptions parts = {};
  DesignFitOptions fit = {};
};

// Looks for the design's parts in the sample; nothing where that has too few pixels a millimetre. The design fits
// `reference`, and the registration is ok.
[[nodiscard]] std::optional<SampleInDesign> find_design_in_sample(const KnownDesign& design,
                                                                  const imaging::BoardImage& reference,
                                                                  const imaging::BoardImage& sample,
                                                                  const imaging::Registration& registration,
                                                                  const DesignSearchOptions& options = {},
                                                                  const imaging::Execution& execution = {});

// The figures above as a sentence; or that the design does not fit, and why.
[[nodiscard]] std::string sentence_on(const DesignReport& report);

// That sentence, and what was supposed on the way: of the file, of the picture, of its scale.
[[nodiscard]] std::vector<std::string> notes_on(const DesignReport& report, const KnownDesign& design,
                                                const imaging::BoardImage& reference);

}  // namespace boarddiff::compare
