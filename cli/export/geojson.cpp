// SPDX-License-Identifier: Apache-2.0
#include "cli/export/export_words.h"
#include "cli/export/formats.h"
#include "compare/json_numbers.h"

namespace boarddiff::cli {
namespace {

// Closed, as the format wants rings.
ExportJson ring_around(const imaging::Box& box) {
  imaging::Polygon ring = imaging::corners(box);
  ring.push_back(ring.front());
  return compare::polygon_document(ring);
}

// What a report says of a region that is ignored: the decision, and without one what was found.
std::string why_of(const ExportedFinding& one) {
  if (one.decided.state() == PlaceState::undecided) return one.found.reason;
  const std::string comments = comments_of(one.decided);
  return decision_words(one.decided) + (comments.empty() ? "" : "; " + comments);
}

ExportJson properties_of(const ExportedBoard& board, const ExportedFinding& one) {
  const CaseFinding& found = one.found;
  return {{"who", reviewers_of(one.decided)},
          {"why", why_of(one)},
          {"kind", found.kind},
          {"score", compare::rounded(found.score, compare::kShareDigits)},
          {"above_threshold", found.above_threshold},
          {"reason", found.reason},
          {"near", compare::text_or_null(found.near)},
          {"board", board.title()},
          {"finding", found.number},
          {"reference", board.board.reference_file},
          {"reference_sha256", board.board.reference_sha256},
          {"decision", name_of(one.decided.state())},
          {"dismissed_as", compare::text_or_null(dismissals_of(one.decided))}};
}

}  // namespace

std::string geojson_text(const CaseExport& exported) {
  ExportJson features = ExportJson::array();
  for (const ExportedBoard& board : exported.boards) {
    for (const ExportedFinding& one : board.findings) {
      const ExportJson rings = ExportJson::array({ring_around(one.found.reference_box)});
      features.push_back({{"type", "Feature"},
                          {"properties", properties_of(board, one)},
                          {"geometry", {{"type", "Polygon"}, {"coordinates", rings}}}});
    }
  }
  return json_file_text({{"type", "FeatureCollection"}, {"source", exported.file}, {"features", features}});
}

}  // namespace boarddiff::cli
