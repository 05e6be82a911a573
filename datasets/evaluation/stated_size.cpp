// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/stated_size.h"

#include "compare/finding.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace boarddiff::datasets {
namespace {

constexpr std::array<std::string_view, 2> kBoardGrounds = {"bare_mask", "across_traces"};

bool is_asked(const CaseResult& result) { return result.same_board && result.modality == imaging::Modality::photo; }

bool is_found(const CaseResult& result, const CaseChange& change) {
  return std::any_of(result.findings.begin(), result.findings.end(), [&](const CaseFinding& finding) {
    return finding.shown && std::find(finding.hits.begin(), finding.hits.end(), change.id) != finding.hits.end();
  });
}

void count(FoundCount& counted, bool found) {
  ++counted.parts;
  counted.found += found ? 1 : 0;
}

void add(StatedOnGround& sum, const StatedOnGround& more) {
  sum.at_or_above.parts += more.at_or_above.parts;
  sum.at_or_above.found += more.at_or_above.found;
  sum.below_half.parts += more.below_half.parts;
  sum.below_half.found += more.below_half.found;
}

std::vector<StatedByCases> sizes_of(const std::vector<CaseResult>& results) {
  const auto key = [](const std::optional<StatedSize>& size) {
    return size ? std::tuple(false, size->length_mm, size->width_mm) : std::tuple(true, 0.0, 0.0);
  };
  std::map<std::tuple<bool, double, double>, StatedByCases> cases;
  for (const CaseResult& result : results) {
    if (result.sensitivity && is_asked(result)) {
      StatedByCases& counted = cases[key(result.sensitivity->smallest)];
      counted.size = result.sensitivity->smallest;
      ++counted.cases;
    }
  }
  std::vector<StatedByCases> sizes;
  sizes.reserve(cases.size());
  for (const auto& [order, counted] : cases) {
    sizes.push_back(counted);
  }
  return sizes;
}

}  // namespace

AgainstStated against_stated(const CaseResult& result, const CaseChange& change) {
  if (!is_asked(result) || !result.sensitivity || !result.sensitivity->smallest ||
      change.kind != name_of(compare::FindingKind::extra_component) || change.size_mm.size() < 2) {
    return AgainstStated::not_told;
  }
  const StatedSize& stated = *result.sensitivity->smallest;
  const auto [width, length] = std::minmax(change.size_mm[0], change.size_mm[1]);
  constexpr double kRounding_mm = 0.0005;  // sizes are written with three digits behind the point
  if (length + kRounding_mm >= stated.length_mm && width + kRounding_mm >= stated.width_mm) {
    return AgainstStated::at_or_above;
  }
  if (length - kRounding_mm <= stated.length_mm / 2 && width - kRounding_mm <= stated.width_mm / 2) {
    return AgainstStated::below_half;
  }
  return AgainstStated::between;
}

std::string_view name_of(AgainstStated against) {
  switch (against) {
    case AgainstStated::at_or_above:
      return "at_or_above";
    case AgainstStated::between:
      return "between";
    case AgainstStated::below_half:
      return "below_half";
    case AgainstStated::not_told:
      break;
  }
  return "";
}

bool lies_on_board(const CaseChange& change) {
  return std::find(kBoardGrounds.begin(), kBoardGrounds.end(), change.background) != kBoardGrounds.end();
}

StatedSizes stated_sizes(const std::vector<CaseResult>& results) {
  std::map<std::pair<bool, std::string>, StatedOnGround> grounds;
  for (const CaseResult& result : results) {
    for (const CaseChange& change : result.changes) {
      const AgainstStated against = against_stated(result, change);
      if (against == AgainstStated::not_told) {
        continue;
      }
      const bool on_board = lies_on_board(change);
      StatedOnGround& ground = grounds[{!on_board, change.background}];
      ground.ground = change.background;
      ground.on_board = on_board;
      if (against == AgainstStated::at_or_above) {
        count(ground.at_or_above, is_found(result, change));
      } else if (against == AgainstStated::below_half) {
        count(ground.below_half, is_found(result, change));
      }
    }
  }
  StatedSizes stated{.sizes = sizes_of(results)};
  for (const auto& [order, ground] : grounds) {
    if (ground.at_or_above.parts + ground.below_half.parts > 0) {
      stated.grounds.push_back(ground);
    }
  }
  return stated;
}

StatedOnGround on_all_grounds(const StatedSizes& stated) {
  StatedOnGround sum{.ground = "all"};
  add(sum, on_grounds(stated, true));
  add(sum, on_grounds(stated, false));
  return sum;
}

StatedOnGround on_grounds(const StatedSizes& stated, bool on_board) {
  StatedOnGround sum{.ground = on_board ? "on the board alone" : "elsewhere", .on_board = on_board};
  for (const StatedOnGround& ground : stated.grounds) {
    if (ground.on_board == on_board) {
      add(sum, ground);
    }
  }
  return sum;
}

}  // namespace boarddiff::datasets
