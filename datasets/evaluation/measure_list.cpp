// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/measure_list.h"

#include "imaging/base/error.h"

#include <algorithm>
#include <tuple>

namespace boarddiff::datasets {
namespace {

struct Whole {
  std::string_view name = {};
  bool higher_is_better = true;
};
constexpr std::array kWhole = {
    Whole{measure::kFound, true},
    Whole{measure::kRecall[0], true},
    Whole{measure::kRecall[1], true},
    Whole{measure::kRecall[2], true},
    Whole{measure::kFirst, true},
    Whole{measure::kKindRight, true},
    Whole{measure::kFalseCallsMean, false},
    Whole{measure::kFalseCallsMedian, false},
    Whole{measure::kClean, true},
    Whole{measure::kRefused, true},
    Whole{measure::kAligned, true},
    Whole{measure::kStatedFound, true},
    Whole{measure::kStatedFoundOnBoard, true},
    Whole{measure::kStatedFoundElsewhere, true},
    Whole{measure::kBelowHalfFound, true},
    Whole{measure::kRegistrationP50, false},
    Whole{measure::kRegistrationP95, false},
    Whole{measure::kSecondsMedian, false},
    Whole{measure::kSecondsMax, false},
    Whole{measure::kMemoryMedian, false},
    Whole{measure::kMemoryMax, false},
};

// Longer sides: 0402, 0603, 1206 or SOT-23, SOIC-8 and what is larger.
struct SizeClass {
  double most_mm = 0;
  std::string_view name = {};
};
constexpr std::array kSizes = {SizeClass{1.0, "<= 1.0 mm"}, SizeClass{1.6, "<= 1.6 mm"}, SizeClass{3.2, "<= 3.2 mm"},
                               SizeClass{7.0, "<= 7 mm"}};
constexpr std::string_view kLarger = "> 7 mm";
constexpr std::string_view kUnknown = "unknown";

// Of X-rays, by the contrast over the noise of the mean of all changed pixels: about 6 is what a person sees.
constexpr double kSeen = 6;
struct VisibilityClass {
  double below = 0;
  std::string_view name = {};
};
constexpr std::array kVisibilities = {VisibilityClass{3, "below 3"}, VisibilityClass{kSeen, "3 to 6"},
                                      VisibilityClass{12, "6 to 12"}, VisibilityClass{50, "12 to 50"}};
constexpr std::string_view kMoreVisible = "50 and more";
constexpr std::string_view kSeenInserts = "inserts from 6";
constexpr std::string_view kUnseenInserts = "inserts below 6";

// Where a name stands among those of its group; names that are not here come after them, by the alphabet.
constexpr std::array<std::string_view, 15> kOrder = {kSizes[0].name,
                                                     kSizes[1].name,
                                                     kSizes[2].name,
                                                     kSizes[3].name,
                                                     kLarger,
                                                     kVisibilities[0].name,
                                                     kVisibilities[1].name,
                                                     kVisibilities[2].name,
                                                     kVisibilities[3].name,
                                                     kMoreVisible,
                                                     kUnseenInserts,
                                                     "easy",
                                                     "usual",
                                                     "hard",
                                                     "photo"};
constexpr std::array<std::string_view, 7> kGroupOrder = {"size",  "kind",     "background", "visibility",
                                                         "style", "severity", "modality"};

template <typename Names>
std::size_t place_in(const Names& names, std::string_view name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

bool comes_before(const Measure& a, const Measure& b) {
  const auto key = [](const Measure& one) {
    return std::tuple(place_in(kGroupOrder, one.group), one.name == kUnknown, place_in(kOrder, one.name), one.name);
  };
  return key(a) < key(b);
}

std::string known(const std::string& text) { return text.empty() ? std::string(kUnknown) : text; }

std::string_view visibility_class(const XrayVisibility& visibility) {
  const double seen = visibility.against_noise();
  const auto* found = std::find_if(kVisibilities.begin(), kVisibilities.end(),
                                   [&](const VisibilityClass& one) { return seen < one.below; });
  return found == kVisibilities.end() ? kMoreVisible : found->name;
}

// What was put into or onto the board.
bool is_insert(const CaseChange& change) {
  return change.kind == name_of(compare::FindingKind::extra_component) || change.background == "under_part";
}

}  // namespace

std::string size_class(const CaseChange& change) {
  if (change.size_mm.size() < 2) {
    return std::string(kUnknown);
  }
  // Sizes are written with three digits behind the point.
  const double longer = std::max(change.size_mm[0], change.size_mm[1]) - 0.0005;
  const auto* found =
      std::find_if(kSizes.begin(), kSizes.end(), [&](const SizeClass& size) { return longer <= size.most_mm; });
  return std::string(found == kSizes.end() ? kLarger : found->name);
}

std::vector<Measure> groups_of(const CaseResult& result, const CaseChange& change) {
  std::vector<Measure> groups = {{"size", size_class(change)},
                                 {"kind", change.kind},
                                 {"background", known(change.background)},
                                 {"style", known(result.style)},
                                 {"severity", known(result.severity)},
                                 {"modality", std::string(imaging::name_of(result.modality))}};
  if (change.visibility) {
    groups.push_back({"visibility", std::string(visibility_class(*change.visibility))});
    if (is_insert(change)) {
      const bool seen = change.visibility->against_noise() >= kSeen;
      groups.push_back({"visibility", std::string(seen ? kSeenInserts : kUnseenInserts)});
    }
  }
  return groups;
}

std::vector<Measure> measures_of(const std::vector<CaseResult>& results) {
  std::vector<Measure> groups;
  for (const CaseResult& result : results) {
    for (const CaseChange& change : result.same_board ? result.changes : std::vector<CaseChange>{}) {
      for (const Measure& group : groups_of(result, change)) {
        groups.push_back(group);
      }
    }
  }
  std::sort(groups.begin(), groups.end(), comes_before);
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  std::vector<Measure> measures;
  for (const Whole& whole : kWhole) {
    measures.push_back({"all", std::string(whole.name), whole.higher_is_better});
  }
  measures.insert(measures.end(), groups.begin(), groups.end());
  return measures;
}

std::size_t index_of(std::string_view name_in_all) {
  const auto* found =
      std::find_if(kWhole.begin(), kWhole.end(), [&](const Whole& whole) { return whole.name == name_in_all; });
  imaging::require(found != kWhole.end(), "index_of: a measure of the whole set");
  return static_cast<std::size_t>(found - kWhole.begin());
}

}  // namespace boarddiff::datasets
