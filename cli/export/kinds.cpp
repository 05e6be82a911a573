// SPDX-License-Identifier: Apache-2.0
#include "cli/export/kinds.h"

#include <algorithm>
#include <array>
#include <set>

namespace boarddiff::cli {
namespace {

using compare::FindingKind;

constexpr std::array kKnown = {
    FindingKind::extra_component,  FindingKind::missing_component, FindingKind::replaced_component,
    FindingKind::moved_component,  FindingKind::extra_wire,        FindingKind::changed_trace,
    FindingKind::changed_interior, FindingKind::changed_marking,   FindingKind::changed_surface,
};

}  // namespace

std::optional<FindingKind> kind_named(const std::string& name) {
  const auto* const found =
      std::find_if(kKnown.begin(), kKnown.end(), [&](FindingKind kind) { return name_of(kind) == name; });
  return found == kKnown.end() ? std::nullopt : std::optional(*found);
}

std::vector<std::string> kinds_in(const CaseExport& exported) {
  std::vector<std::string> kinds;
  kinds.reserve(kKnown.size());
  for (const FindingKind kind : kKnown) kinds.emplace_back(name_of(kind));
  std::set<std::string> others;
  for (const ExportedBoard& one : exported.boards) {
    for (const ExportedFinding& finding : one.findings) {
      if (!kind_named(finding.found.kind)) others.insert(finding.found.kind);
    }
  }
  kinds.insert(kinds.end(), others.begin(), others.end());
  return kinds;
}

std::size_t index_of(const std::string& kind, const std::vector<std::string>& kinds) {
  return static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
}

}  // namespace boarddiff::cli
