// SPDX-License-Identifier: Apache-2.0
#include "tests/acceptance/trials/score_fit.h"

#include "compare/xray_pieces.h"
#include "imaging/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <set>

namespace boarddiff::trials {
namespace {

using compare::RegionNetwork;
using imaging::fixed_text;

constexpr std::size_t kFolds = 6;

bool is_photo(const FindingTrial& trial) { return trial.modality == imaging::Modality::photo; }

std::vector<FindingTrial> those(const std::vector<FindingTrial>& trials,
                                const std::function<bool(const FindingTrial&)>& wanted) {
  std::vector<FindingTrial> some;
  for (const FindingTrial& trial : trials) {
    if (wanted(trial)) some.push_back(trial);
  }
  return some;
}

TrialJudgements judged_with_parts_today(const std::vector<FindingTrial>& trials) {
  TrialJudgements all;
  for (const FindingTrial& trial : trials) {
    std::vector<compare::RegionJudgement>& judgements = all.emplace_back();
    for (const TriedRegion& region : trial.regions) {
      judgements.push_back(judge(region.signs, compare::photo_parts_network()));
    }
  }
  return all;
}

TrialJudgements judged_today(const std::vector<FindingTrial>& trials) {
  TrialJudgements all;
  for (const FindingTrial& trial : trials) {
    std::vector<compare::RegionJudgement>& judgements = all.emplace_back();
    for (const TriedRegion& region : trial.regions) judgements.push_back({region.weight, region.kind});
  }
  return all;
}

std::vector<double> false_weights(const std::vector<FindingTrial>& trials, const TrialJudgements& judgements) {
  std::vector<double> all;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    for (std::size_t r = 0; r < trials[t].regions.size(); ++r) {
      if (trials[t].regions[r].hits.empty()) all.push_back(judgements[t][r].weight);
    }
  }
  std::sort(all.begin(), all.end(), std::greater<>());
  return all;
}

// The largest weight that so many false calls a board have.
double threshold_at(const std::vector<FindingTrial>& trials, const TrialJudgements& judgements,
                    double false_calls_a_board) {
  const std::vector<double> calls = false_weights(trials, judgements);
  const auto index = static_cast<std::size_t>(false_calls_a_board * static_cast<double>(trials.size()));
  return index < calls.size() ? calls[index] : -std::numeric_limits<double>::infinity();
}

std::string rate_text(const compare::CallRate& rate) {
  return std::string("{").append(fixed_text(rate.offset, 3)).append(", ").append(fixed_text(rate.slope, 3)).append("}");
}

// A line of text about photographs or X-rays.
std::string figures_text(const std::string& what, const std::vector<FindingTrial>& trials,
                         const TrialJudgements& judgements) {
  std::string text = what + ": recall at 0.25, 1 and 4 false calls a board";
  for (const double calls : {0.25, 1.0, 4.0}) {
    text.append(" ").append(fixed_text(recall_at(trials, judgements, calls), 3));
  }
  return text.append(", kind right ").append(fixed_text(kinds_right_at(trials, judgements, 1), 3)).append("\n");
}

}  // namespace

TrialJudgements judged_by_others(const std::vector<FindingTrial>& trials, const NetworkPlan& plan) {
  std::set<std::string> boards;
  for (const FindingTrial& trial : trials) boards.insert(trial.board);
  const auto fold_of = [&](const FindingTrial& trial) {
    return static_cast<std::size_t>(std::distance(boards.begin(), boards.find(trial.board))) % kFolds;
  };
  TrialJudgements all(trials.size());
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    const RegionNetwork network =
        fitted_network(those(trials, [&](const FindingTrial& trial) { return fold_of(trial) != fold; }), plan);
    for (std::size_t t = 0; t < trials.size(); ++t) {
      if (fold_of(trials[t]) != fold) continue;
      for (const TriedRegion& region : trials[t].regions) all[t].push_back(judge(region.signs, network));
    }
  }
  return all;
}

SaidOnce said_once(const std::vector<FindingTrial>& trials, const TrialJudgements& judgements) {
  SaidOnce said{.trials = trials, .judgements = TrialJudgements(trials.size())};
  for (std::size_t t = 0; t < trials.size(); ++t) {
    std::vector<compare::XrayClaim> claims;
    for (std::size_t r = 0; r < trials[t].regions.size(); ++r) {
      const TriedRegion& region = trials[t].regions[r];
      claims.push_back({region.box, region.thing, region.is_compact, judgements[t][r].weight});
    }
    said.trials[t].regions.clear();
    for (const std::size_t index : compare::said_once(claims)) {
      said.trials[t].regions.push_back(trials[t].regions[index]);
      said.judgements[t].push_back(judgements[t][index]);
    }
  }
  return said;
}

compare::CallRate fitted_rate(const std::vector<FindingTrial>& trials, const TrialJudgements& judgements) {
  // Between one false call on twenty boards and five on each: where thresholds lie.
  constexpr std::array kCalls = {0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0};
  const std::vector<double> calls = false_weights(trials, judgements);
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const double per_board : kCalls) {
    const auto index = static_cast<std::size_t>(per_board * static_cast<double>(trials.size()));
    if (index == 0 || index >= calls.size()) continue;
    const double weight = calls[index];
    n += 1;
    x += weight;
    y += std::log(per_board);
    xx += weight * weight;
    xy += weight * std::log(per_board);
  }
  const double spread = n * xx - x * x;
  if (n < 2 || spread <= 0) return {};
  const double slope = (n * xy - x * y) / spread;
  return {.offset = (y - slope * x) / n, .slope = -slope};
}

double recall_at(const std::vector<FindingTrial>& trials, const TrialJudgements& judgements,
                 double false_calls_a_board) {
  const double threshold = threshold_at(trials, judgements, false_calls_a_board);
  double found = 0;
  double changes = 0;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    std::set<std::string> hit;
    for (std::size_t r = 0; r < trials[t].regions.size(); ++r) {
      const std::vector<std::string>& hits = trials[t].regions[r].hits;
      if (judgements[t][r].weight > threshold) hit.insert(hits.begin(), hits.end());
    }
    found += static_cast<double>(hit.size());
    changes += static_cast<double>(trials[t].changes.size());
  }
  return changes > 0 ? found / changes : 0;
}

double kinds_right_at(const std::vector<FindingTrial>& trials, const TrialJudgements& judgements,
                      double false_calls_a_board) {
  const double threshold = threshold_at(trials, judgements, false_calls_a_board);
  double right = 0;
  double all = 0;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    for (std::size_t r = 0; r < trials[t].regions.size(); ++r) {
      const std::vector<std::string>& kinds = trials[t].regions[r].true_kinds;
      const bool of_one_kind = std::set<std::string>(kinds.begin(), kinds.end()).size() == 1;
      if (!of_one_kind || judgements[t][r].weight <= threshold) continue;
      right += name_of(judgements[t][r].kind) == kinds.front() ? 1 : 0;
      all += 1;
    }
  }
  return all > 0 ? right / all : 0;
}

double plain_bodies_a_board(const std::vector<FindingTrial>& trials) {
  double all = 0;
  for (const FindingTrial& trial : trials) all += trial.false_plain_bodies;
  return all / static_cast<double>(std::max<std::size_t>(1, trials.size()));
}

std::string score_text(const std::vector<FindingTrial>& trials) {
  const std::vector<FindingTrial> photos = those(trials, is_photo);
  const std::vector<FindingTrial> xrays = those(trials, [](const FindingTrial& trial) { return !is_photo(trial); });
  const TrialJudgements by_others = judged_by_others(photos, kPhotoNetwork);
  const TrialJudgements with_parts = judged_by_others(photos, kPhotoPartsNetwork);
  const SaidOnce xrays_by_others = said_once(xrays, judged_by_others(xrays, kXrayNetwork));
  const SaidOnce xrays_today = said_once(xrays, judged_today(xrays));
  std::string text = "constexpr CallRate kPhotoRate = " + rate_text(fitted_rate(photos, by_others)) + ";\n";
  text += "constexpr CallRate kPhotoPartsRate = " + rate_text(fitted_rate(photos, with_parts)) + ";\n";
  text +=
      "constexpr CallRate kXrayRate = " + rate_text(fitted_rate(xrays_by_others.trials, xrays_by_others.judgements)) +
      ";\n";
  text += "constexpr double kPlainBodiesABoard = " + imaging::fixed_text(plain_bodies_a_board(photos), 3) + ";\n\n";
  text += std::to_string(photos.size()) + " photographs\n";
  text += figures_text("each board judged by what was fitted to the others, without parts", photos, by_others);
  text += figures_text("the same with parts", photos, with_parts);
  text += figures_text("as they are judged today, without parts", photos, judged_today(photos));
  text += figures_text("as they are judged today, with parts", photos, judged_with_parts_today(photos));
  text += std::to_string(xrays.size()) + " X-rays\n";
  text += figures_text("each board judged by what was fitted to the others", xrays_by_others.trials,
                       xrays_by_others.judgements);
  return text + figures_text("as they are judged today", xrays_today.trials, xrays_today.judgements);
}

}  // namespace boarddiff::trials
