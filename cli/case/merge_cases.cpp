// SPDX-License-Identifier: Apache-2.0
#include "cli/case/merge_cases.h"

#include "cli/case/audit_trail.h"
#include "cli/case/sample_identity.h"
#include "imaging/base/error.h"

#include <string>
#include <system_error>
#include <vector>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using compare::Database;
using compare::DatabaseAccess;
using compare::Statement;

// The other file under the name `source`, for as long as this lives.
class Attached {
 public:
  Attached(Database& database, const fs::path& path) : database_(database) {
    Statement(database_, "ATTACH ? AS source").bind(0, std::string_view(path.native())).step();
  }
  ~Attached() {
    try {
      database_.run("DROP TABLE IF EXISTS temp.moved");
      database_.run("DETACH source");
    } catch (const imaging::Error&) {
      // Gone with the database at the latest.
    }
  }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;

 private:
  Database& database_;
};

// What is brought over: samples that are new here, and those that are inspected there and not here.
constexpr const char* kChoose =
    "CREATE TEMP TABLE moved AS SELECT there.id AS there, there.identity AS identity, here.id IS NULL AS is_new FROM "
    "source.sample AS there LEFT JOIN main.sample AS here ON here.identity = there.identity WHERE here.id IS NULL OR "
    "(there.state = 'inspected' AND here.state IN ('waiting', 'unreadable', 'failed'))";

constexpr const char* kReferences =
    "INSERT INTO main.reference(path, file, sha256, thumbnail) SELECT path, file, sha256, thumbnail FROM "
    "source.reference WHERE true ORDER BY id ON CONFLICT(sha256) DO UPDATE SET thumbnail = ifnull(thumbnail, "
    "excluded.thumbnail)";

constexpr const char* kOptions =
    "INSERT INTO main.options(sha256, content) SELECT sha256, content FROM source.options WHERE true ORDER BY id ON "
    "CONFLICT DO NOTHING";

constexpr const char* kSamples =
    "INSERT INTO main.sample(identity, place, path, file, sha256, reference, options, serial, lot, side, stage, "
    "operator, station, taken, state, reason) SELECT there.identity, place, there.path, there.file, there.sha256, "
    "(SELECT here.id FROM main.reference AS here WHERE here.sha256 = one.sha256), (SELECT here.id FROM main.options AS "
    "here WHERE here.sha256 = two.sha256), serial, lot, side, stage, operator, station, taken, 'waiting', '' FROM "
    "source.sample AS there JOIN source.reference AS one ON one.id = there.reference JOIN source.options AS two ON "
    "two.id = there.options JOIN temp.moved ON moved.there = there.id WHERE is_new ORDER BY there.id";

constexpr const char* kStates =
    "UPDATE main.sample AS here SET state = there.state, outcome = there.outcome, reason = there.reason, score = "
    "there.score, findings = there.findings, candidates = there.candidates, inspected_at = there.inspected_at, seconds "
    "= there.seconds, claim = NULL, earlier = (SELECT mine.id FROM main.sample AS mine JOIN source.sample AS other ON "
    "other.identity = mine.identity WHERE other.id = there.earlier), same_as = (SELECT mine.id FROM main.sample AS "
    "mine "
    "JOIN source.sample AS other ON other.identity = mine.identity WHERE other.id = there.same_as) FROM source.sample "
    "AS there JOIN temp.moved ON moved.there = there.id WHERE here.identity = moved.identity";

// `columns`: all but the sample.
std::string children(const std::string& table, const std::vector<std::string>& columns) {
  std::string into = "sample";
  std::string from = "here.id";
  for (const std::string& column : columns) {
    into.append(", ").append(column);
    from.append(", child.").append(column);
  }
  return "INSERT INTO main." + table + "(" + into + ") SELECT " + from + " FROM source." + table +
         " AS child JOIN temp.moved ON moved.there = child.sample JOIN main.sample AS here ON here.identity = "
         "moved.identity ORDER BY child.rowid";
}

// Files of earlier schemas lack some.
bool source_has(Database& database, const std::string& table) {
  return database.integer_of("SELECT count(*) FROM source.sqlite_schema WHERE name = '" + table + "'") > 0;
}

// What reviewers were shown and what they made of it, also of samples that are known.
void copy_virtual_parts(Database& database) {
  database.run(
      children("virtual_part", {"number", "length", "width", "unit", "look", "kind", "score", "sample_x", "sample_y",
                                "sample_width", "sample_height", "reference_x", "reference_y", "reference_width",
                                "reference_height", "near", "watch", "reason", "painting"}));
  database.run(
      "INSERT OR IGNORE INTO main.vigilance(sample, part, length, width, unit, look, score, verdict, reason, comment, "
      "reviewer, decided_at) SELECT here.id, made.part, made.length, made.width, made.unit, made.look, made.score, "
      "made.verdict, made.reason, made.comment, made.reviewer, made.decided_at FROM source.vigilance AS made JOIN "
      "source.sample AS there ON there.id = made.sample JOIN main.sample AS here ON here.identity = there.identity "
      "ORDER BY made.id");
}

void copy_all(Database& database) {
  database.run(kChoose);
  database.run(kReferences);
  database.run(kOptions);
  database.run(kSamples);
  database.run(kStates);
  database.run(children("registration",
                        {"status", "inliers", "median_px", "p95_px", "rotation_deg", "scale", "tilt_deg", "mirrored"}));
  if (source_has(database, "alignment")) database.run(children("alignment", {"numbers"}));
  if (source_has(database, "virtual_part")) copy_virtual_parts(database);
  database.run(children("report", {"content", "thumbnail"}));
  database.run(
      children("finding", {"number", "kind", "score", "above_threshold", "advisory", "sample_x", "sample_y",
                           "sample_width", "sample_height", "reference_x", "reference_y", "reference_width",
                           "reference_height", "near", "watch", "reason", "look", "reference_crop", "sample_crop"}));
  // Decisions may have been made since, on samples that are known.
  database.run(
      "INSERT INTO main.decision(sample, number, verdict, reason, comment, reviewer, decided_at) SELECT here.id, "
      "made.number, made.verdict, made.reason, made.comment, made.reviewer, made.decided_at FROM source.decision AS "
      "made "
      "JOIN source.sample AS there ON there.id = made.sample JOIN main.sample AS here ON here.identity = "
      "there.identity "
      "WHERE NOT EXISTS (SELECT 1 FROM main.decision AS has WHERE has.sample = here.id AND has.number IS made.number "
      "AND "
      "has.verdict = made.verdict AND has.reason = made.reason AND has.comment = made.comment AND has.reviewer = "
      "made.reviewer AND has.decided_at = made.decided_at) ORDER BY made.id");
}

// A picture that lies in two places, of which each file knows one: as in one batch of all, the one that the list names
// later becomes the same as the other.
struct SamePicture {
  std::int64_t here = 0;
  std::int64_t there = 0;
  bool there_first = false;
  BatchSample later = {};
  std::string first_path = {};
  std::string identity = {};  // of the later one
};

std::vector<SamePicture> same_pictures(Database& database) {
  Statement rows(
      database,
      "SELECT here.id, there.id, there.place < here.place, here.path, there.path, here.serial, here.side, "
      "here.stage, here.sha256, reference.sha256, options.sha256 FROM source.sample AS there JOIN main.sample "
      "AS here ON here.identity = there.identity JOIN main.reference ON reference.id = here.reference JOIN "
      "main.options ON options.id = here.options WHERE here.path <> there.path ORDER BY there.id");
  std::vector<SamePicture> pictures;
  while (rows.step()) {
    SamePicture one{.here = rows.integer(0), .there = rows.integer(1), .there_first = rows.integer(2) != 0};
    one.first_path = rows.bytes(one.there_first ? 4 : 3);
    one.later = {.path = rows.bytes(one.there_first ? 3 : 4),
                 .serial = rows.bytes(5),
                 .side = rows.bytes(6),
                 .stage = rows.bytes(7)};
    one.identity = identity_of(one.later, rows.bytes(8), rows.bytes(9), rows.bytes(10), one.later.path.string());
    pictures.push_back(std::move(one));
  }
  return pictures;
}

// Returns how many rows there are more.
std::int64_t add_repeated(Database& database) {
  // What is of the picture's place, and not of its inspection.
  const std::string of_place = "place, path, file, lot, operator, station, taken";
  std::int64_t added = 0;
  for (const SamePicture& one : same_pictures(database)) {
    Statement known(database, "SELECT 1 FROM main.sample WHERE identity = ?");
    known.bind(0, std::string_view(one.identity));
    if (known.step()) continue;
    std::string insert = "INSERT INTO main.sample(identity, ";
    insert.append(of_place).append(
        ", sha256, reference, options, serial, side, stage, state, same_as, reason) SELECT ?1, ");
    insert.append(of_place).append(
        ", sha256, (SELECT reference FROM main.sample WHERE id = ?2), (SELECT options FROM ");
    insert.append("main.sample WHERE id = ?2), serial, side, stage, 'repeated', ?2, ?3 FROM ");
    insert.append(one.there_first ? "main.sample" : "source.sample").append(" WHERE id = ?4");
    Statement(database, insert)
        .bind(0, std::string_view(one.identity))
        .bind(1, one.here)
        .bind(2, std::string_view("the same picture as " + one.first_path))
        .bind(3, one.there_first ? one.here : one.there)
        .step();
    if (one.there_first) {
      std::string update = "UPDATE main.sample SET (";
      update.append(of_place)
          .append(") = (SELECT ")
          .append(of_place)
          .append(" FROM source.sample WHERE id = ?) WHERE id = ?");
      Statement(database, update).bind(0, one.there).bind(1, one.here).step();
    }
    ++added;
  }
  return added;
}

}  // namespace

Merged merge_case(CaseStore& target, const fs::path& target_path, const fs::path& source_path) {
  std::error_code error;
  if (fs::equivalent(target_path, source_path, error)) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         source_path.string() + ": cannot be merged into itself (--case)");
  }
  std::string trail;
  {
    CaseStore source(source_path, DatabaseAccess::read);
    if (const auto broken = broken_entry(source.database())) {
      throw imaging::Error(imaging::ErrorCode::damaged_file, source_path.string() + ": is damaged: entry " +
                                                                 std::to_string(broken->id) +
                                                                 " of its trail is not what it was: " + broken->why);
    }
    trail = last_hash(source.database());
  }
  Database& database = target.database();
  const Attached attached(database, source_path);
  compare::Transaction transaction(database);
  const std::string count_answers =
      "SELECT (SELECT count(*) FROM main.decision) + (SELECT count(*) FROM main.vigilance)";
  const std::int64_t answers = database.integer_of(count_answers);
  copy_all(database);
  const std::int64_t repeated = add_repeated(database);
  Merged merged{.added = database.integer_of("SELECT count(*) FROM temp.moved WHERE is_new"),
                .completed = database.integer_of("SELECT count(*) FROM temp.moved WHERE NOT is_new")};
  merged.known = database.integer_of("SELECT count(*) FROM source.sample") - merged.added - merged.completed;
  merged.known -= repeated;
  merged.added += repeated;
  const bool changed = merged.added + merged.completed > 0 || database.integer_of(count_answers) != answers;
  if (changed) {
    target.add_to_trail("merged", "case " + source_path.filename().string(), "its trail ends with " + trail);
  }
  transaction.commit();
  return merged;
}

}  // namespace boarddiff::cli
