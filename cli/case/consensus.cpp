// SPDX-License-Identifier: Apache-2.0
#include "cli/case/consensus.h"

#include "cli/case/lots.h"

#include <cstdint>

namespace boarddiff::cli {
namespace {

using compare::Database;
using compare::Statement;

constexpr std::int64_t kByConsensus = 2;

// Of one batch.
constexpr const char* kSamples =
    "(SELECT sample.id FROM sample JOIN reference ON reference.id = sample.reference JOIN options ON options.id = "
    "sample.options WHERE reference.sha256 = ?1 AND options.sha256 = ?2 AND earlier IS NULL)";

void run(Database& database, const std::string& sql, const std::string& reference, const std::string& options) {
  Statement(database, sql).bind(0, std::string_view(reference)).bind(1, std::string_view(options)).step();
}

std::int64_t row_of_reference(Database& database, const std::string& reference, const std::string& options) {
  Statement row(database,
                std::string("SELECT id FROM sample WHERE sha256 = ?1 AND state = 'inspected' AND id IN ") + kSamples);
  row.bind(0, std::string_view(reference)).bind(1, std::string_view(options));
  return row.step() ? row.integer(0) : 0;
}

// What others lack there, the reference has too many.
std::string seen_from_reference(const std::string& kind) {
  if (kind == "missing_component") return "extra_component";
  return kind == "extra_component" || kind == "extra_wire" ? "missing_component" : kind;
}

void insert_oddity(Database& database, std::int64_t sample, std::int64_t number, const LotCluster& cluster) {
  Statement row(
      database,
      "INSERT INTO finding(sample, number, kind, score, above_threshold, advisory, sample_x, sample_y, "
      "sample_width, sample_height, reference_x, reference_y, reference_width, reference_height, near, watch, "
      "reason, look, reference_crop, sample_crop) SELECT ?1, ?2, ?3, ?4, 1, 0, ?5, ?6, ?7, ?8, ?5, ?6, ?7, ?8, "
      "near, '', ?9, NULL, sample_crop, reference_crop FROM finding WHERE sample = ?10 AND number = ?11");
  const imaging::Box& box = cluster.reference_box;
  const std::string kind = seen_from_reference(cluster.kind);
  const std::string reason = std::to_string(cluster.boards) + " of " + std::to_string(cluster.inspected) +
                             " boards of the lot differ from this one here, in the same way.";
  row.bind(0, sample)
      .bind(1, number)
      .bind(2, std::string_view(kind))
      .bind(3, cluster.score)
      .bind(4, box.x)
      .bind(5, box.y)
      .bind(6, box.width)
      .bind(7, box.height)
      .bind(8, std::string_view(reason))
      .bind(9, cluster.members.front().sample)
      .bind(10, std::int64_t{cluster.members.front().number})
      .step();
}

}  // namespace

void apply_consensus(CaseStore& store, const std::string& options, const std::string& reference) {
  Database& database = store.database();
  compare::Transaction transaction(database);
  const std::string these = kSamples;
  run(database, "UPDATE finding SET above_threshold = 1, advisory = 0 WHERE advisory = 2 AND sample IN " + these,
      reference, options);
  const std::int64_t own = row_of_reference(database, reference, options);
  // Against itself it has none of its own.
  Statement(database, "DELETE FROM finding WHERE sample = ?").bind(0, own).step();
  std::int64_t number = 0;
  for (const LotCluster& cluster : lot_clusters(database, {.reference = reference, .options = options})) {
    if (cluster.share != LotShare::most) continue;
    for (const LotMember& member : cluster.members) {
      Statement(database, "UPDATE finding SET above_threshold = 0, advisory = ? WHERE sample = ? AND number = ?")
          .bind(0, kByConsensus)
          .bind(1, member.sample)
          .bind(2, std::int64_t{member.number})
          .step();
    }
    if (own != 0) insert_oddity(database, own, ++number, cluster);
  }
  run(database,
      "UPDATE sample SET findings = (SELECT count(*) FROM finding WHERE finding.sample = sample.id AND above_threshold "
      "= 1), candidates = (SELECT count(*) FROM finding WHERE finding.sample = sample.id AND above_threshold = 0), "
      "score "
      "= (SELECT ifnull(max(score), 0) FROM finding WHERE finding.sample = sample.id AND advisory <> 2) WHERE state = "
      "'inspected' AND outcome <> 'not_comparable' AND id IN " +
          these,
      reference, options);
  run(database,
      "UPDATE sample SET outcome = CASE findings WHEN 0 THEN 'nothing_found' ELSE 'needs_review' END WHERE state = "
      "'inspected' AND outcome <> 'not_comparable' AND id IN " +
          these,
      reference, options);
  transaction.commit();
}

}  // namespace boarddiff::cli
