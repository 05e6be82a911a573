// SPDX-License-Identifier: Apache-2.0
#include "compare/finding.h"

#include <algorithm>

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

bool is_same_print(const MarkingPair& one, const MarkingPair& other) {
  const auto same_lines = [](const imaging::Marking& a, const imaging::Marking& b) {
    return std::equal(
        a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(),
        [](const imaging::TextLine& x, const imaging::TextLine& y) { return x.text == y.text && x.box == y.box; });
  };
  return same_lines(one.reference, other.reference) && same_lines(one.sample, other.sample);
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
