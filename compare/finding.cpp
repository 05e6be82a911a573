// SPDX-License-Identifier: Apache-2.0
#include "compare/finding.h"

namespace boarddiff::compare {

std::string_view name_of(FindingKind kind) {
  switch (kind) {
    case FindingKind::extra_component:
      return "extra_component";
    case FindingKind::missing_component:
      return "missing_component";
    case FindingKind::replaced_component:
      return "replaced_component";
    case FindingKind::moved_component:
      return "moved_component";
    case FindingKind::extra_wire:
      return "extra_wire";
    case FindingKind::changed_trace:
      return "changed_trace";
    case FindingKind::changed_interior:
      return "changed_interior";
    case FindingKind::changed_marking:
      return "changed_marking";
    case FindingKind::changed_surface:
      return "changed_surface";
  }
  return "changed_surface";
}

std::string sentence_on(const MarkingPair& pair) {
  const std::string numbers = "The marking reads " + readable_text(pair.reference) + " in the reference and " +
                              readable_text(pair.sample) + " in the sample";
  switch (pair.difference) {
    case MarkingDifference::part_differs:
      return numbers + ".";
    case MarkingDifference::codes_differ:
      return numbers + ": the same part number with another date or lot code.";
    default:
      return "";
  }
}

}  // namespace boarddiff::compare
