// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/trial_summary.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

namespace trials = boarddiff::trials;
using trials::Sort;
using trials::Trial;
using trials::TrialResult;
using trials::TrialSet;

namespace {

TrialResult result_of(Sort sort, bool accepted, double p95_px) {
  TrialResult result;
  result.trial = {"name", sort, "group", "a", "b"};
  if (accepted) result.registration.status = boarddiff::imaging::RegistrationStatus::aligned;
  result.points = sort == Sort::stranger ? 0 : 100;
  result.p95_px = p95_px;
  result.allowed_px = 3;
  return result;
}

}  // namespace

TEST_CASE("bounds of a share are those of Clopper and Pearson", "[acceptance][registration_trials]") {
  CHECK(trials::share_bounds(0, 0).least == 0);
  CHECK(trials::share_bounds(0, 0).most == 1);
  // Without a hit the upper bound is 1 - 0.025^(1/n).
  CHECK(trials::share_bounds(0, 300).least == 0);
  CHECK(trials::share_bounds(0, 300).most == Approx(0.012221).margin(1e-6));
  // From published tables.
  CHECK(trials::share_bounds(1, 10).least == Approx(0.0025).margin(1e-4));
  CHECK(trials::share_bounds(1, 10).most == Approx(0.4450).margin(1e-4));
  CHECK(trials::share_bounds(5, 10).least == Approx(0.1871).margin(1e-4));
  CHECK(trials::share_bounds(5, 10).most == Approx(0.8129).margin(1e-4));
  CHECK(trials::share_bounds(10, 10).most == 1);
}

TEST_CASE("a wrong fit that is accepted counts as a false accept, whatever the pair",
          "[acceptance][registration_trials]") {
  CHECK_FALSE(result_of(Sort::alignable, true, 0.4).false_accept());
  CHECK(result_of(Sort::alignable, true, 30).false_accept());
  CHECK(result_of(Sort::alignable, false, 0).false_refusal());
  CHECK(result_of(Sort::stranger, true, 0).false_accept());
  CHECK_FALSE(result_of(Sort::stranger, false, 0).false_refusal());
  CHECK_FALSE(result_of(Sort::ambiguous, true, 0.4).false_accept());
  CHECK(result_of(Sort::ambiguous, true, 30).false_accept());
  CHECK_FALSE(result_of(Sort::ambiguous, false, 0).false_refusal());
}

TEST_CASE("both lists have more than 150 pairs of either sort, and share no board",
          "[acceptance][registration_trials]") {
  std::set<std::string> names;
  std::set<std::string> references;
  for (const TrialSet set : {TrialSet::development, TrialSet::held_back}) {
    trials::Album album({});
    const std::vector<Trial> list = make_trials(set, album);
    const auto alignable =
        std::count_if(list.begin(), list.end(), [](const Trial& trial) { return trial.sort == Sort::alignable; });
    CHECK(alignable > 150);
    CHECK(static_cast<std::ptrdiff_t>(list.size()) - alignable > 150);
    std::set<std::string> own;
    for (const Trial& trial : list) {
      CHECK(names.insert(trial.name).second);
      own.insert(trial.reference);
    }
    for (const std::string& reference : own) {
      CHECK(references.insert(reference).second);
    }
  }
}
