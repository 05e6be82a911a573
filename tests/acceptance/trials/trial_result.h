// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/registration.h"
#include "tests/acceptance/trials/trial_list.h"

#include <string>
#include <vector>

namespace boarddiff::trials {

struct TrialResult {
  Trial trial = {};
  imaging::Registration registration = {};
  int points = 0;        // of the board's plane that both pictures show; 0: not the same board
  double shown = 0;      // share of the board that the sample shows
  double median_px = 0;  // error over these points in sample pixels; of refused pairs that of the fit that was refused
  double p95_px = 0;
  double allowed_px = 0;  // above it the p95 is that of a wrong fit
  double seconds = 0;     // of the registration alone

  [[nodiscard]] bool right() const { return points > 0 && p95_px <= allowed_px; }
  [[nodiscard]] bool false_accept() const { return registration.ok() && !right(); }
  [[nodiscard]] bool false_refusal() const { return !registration.ok() && trial.sort == Sort::alignable; }
};

[[nodiscard]] TrialResult run_trial(const Trial& trial, Album& album);

// A line a trial, with a head; add a column in one place of the source.
[[nodiscard]] std::string results_csv(const std::vector<TrialResult>& results);

}  // namespace boarddiff::trials
