// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/trial_summary.h"

#include "imaging/base/text.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::trials {
namespace {

using imaging::fixed_text;

// That at most `hits` of `count` hit.
double cumulated(int hits, int count, double share) {
  if (share <= 0) return 1;
  if (share >= 1) return hits >= count ? 1 : 0;
  double sum = 0;
  for (int i = 0; i <= hits; ++i) {
    sum += std::exp(std::lgamma(count + 1) - std::lgamma(i + 1) - std::lgamma(count - i + 1) + i * std::log(share) +
                    (count - i) * std::log1p(-share));
  }
  return std::min(sum, 1.0);
}

// The share at which cumulated() has fallen to `level`; it falls with the share.
double share_at(int hits, int count, double level) {
  double least = 0;
  double most = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (least + most) / 2;
    (cumulated(hits, count, middle) > level ? least : most) = middle;
  }
  return least;
}

std::string percent(double share) { return fixed_text(100 * share, 1); }

struct Group {
  std::string name = {};
  std::vector<const TrialResult*> results = {};
};

std::vector<Group> groups_of(const std::vector<TrialResult>& results, bool alignable) {
  std::vector<Group> groups = {{"all", {}}};
  for (const TrialResult& result : results) {
    if ((result.trial.sort == Sort::alignable) != alignable) continue;
    groups.front().results.push_back(&result);
    auto found = std::find_if(groups.begin(), groups.end(),
                              [&](const Group& group) { return group.name == result.trial.group; });
    if (found == groups.end()) found = groups.insert(groups.end(), {result.trial.group, {}});
    found->results.push_back(&result);
  }
  return groups;
}

std::string count_cell(int hits, int count) {
  const Bounds bounds = share_bounds(hits, count);
  return std::to_string(hits) + " (" + percent(bounds.least) + " to " + percent(bounds.most) + " %)";
}

int count_of(const Group& group, bool (TrialResult::*is)() const) {
  return static_cast<int>(std::count_if(group.results.begin(), group.results.end(),
                                        [is](const TrialResult* result) { return (result->*is)(); }));
}

std::vector<const TrialResult*> pointers_to(const std::vector<TrialResult>& results) {
  std::vector<const TrialResult*> pointers;
  for (const TrialResult& result : results) {
    pointers.push_back(&result);
  }
  return pointers;
}

std::string at_share(std::vector<double> values, double share) {
  if (values.empty()) return "-";
  std::sort(values.begin(), values.end());
  return fixed_text(values[static_cast<std::size_t>(std::floor(share * static_cast<double>(values.size() - 1)))], 2);
}

std::string alignable_row(const Group& group) {
  std::vector<double> medians;
  std::vector<double> p95s;
  for (const TrialResult* result : group.results) {
    if (!result->registration.ok()) continue;
    medians.push_back(result->median_px);
    p95s.push_back(result->p95_px);
  }
  const int count = static_cast<int>(group.results.size());
  return "| " + group.name + " | " + std::to_string(count) + " | " +
         count_cell(count_of(group, &TrialResult::false_refusal), count) + " | " +
         count_cell(count_of(group, &TrialResult::false_accept), count) + " | " + at_share(medians, 0.5) + " | " +
         at_share(p95s, 0.5) + " | " + at_share(p95s, 0.95) + " | " + at_share(p95s, 1) + " |\n";
}

}  // namespace

Bounds share_bounds(int hits, int count) {
  Bounds bounds;
  if (count == 0) return bounds;
  if (hits > 0) bounds.least = share_at(hits - 1, count, 0.975);
  if (hits < count) bounds.most = share_at(hits, count, 0.025);
  return bounds;
}

std::string summary_of(const std::vector<TrialResult>& results) {
  const Group all{"all", pointers_to(results)};
  const int pairs = static_cast<int>(all.results.size());
  std::string text = std::to_string(pairs) + " pairs. Accepted wrongly, strangers and wrong fits together: " +
                     count_cell(count_of(all, &TrialResult::false_accept), pairs) + ".\n\n";
  text +=
      "| same board | pairs | falsely refused | wrong fit accepted | p50 of the median pair (px) "
      "| p95 of the median pair | p95 of 19 in 20 pairs | p95 of the worst pair |\n|---|---|---|---|---|---|---|---|\n";
  for (const Group& group : groups_of(results, true)) {
    text += alignable_row(group);
  }
  text += "\n| strangers and traps | pairs | falsely accepted |\n|---|---|---|\n";
  for (const Group& group : groups_of(results, false)) {
    const int count = static_cast<int>(group.results.size());
    text += "| " + group.name + " | " + std::to_string(count) + " | " +
            count_cell(count_of(group, &TrialResult::false_accept), count) + " |\n";
  }
  return text;
}

}  // namespace boarddiff::trials
