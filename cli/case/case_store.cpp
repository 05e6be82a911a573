// SPDX-License-Identifier: Apache-2.0
#include "cli/case/case_store.h"

#include "cli/case/audit_trail.h"
#include "cli/case/case_schema.h"
#include "cli/case/claimant.h"
#include "cli/case/plan_samples.h"
#include "cli/case/sample_identity.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>
#include <utility>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using compare::Database;
using compare::DatabaseAccess;
using compare::Statement;
using compare::Transaction;

constexpr std::chrono::milliseconds kPatience{60'000};  // other processes write for milliseconds

void insert_finding(Database& database, std::int64_t sample, const FindingRecord& finding) {
  Statement statement(database,
                      "INSERT INTO finding VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  statement.bind(0, sample)
      .bind(1, std::int64_t{finding.number})
      .bind(2, std::string_view(finding.kind))
      .bind(3, finding.score)
      .bind(4, std::int64_t{finding.above_threshold})
      .bind(5, std::int64_t{finding.advisory});
  int parameter = 6;
  for (const auto* box : {&finding.sample_box, &finding.reference_box}) {
    for (const double number : *box) statement.bind(parameter++, number);
  }
  statement.bind(14, std::string_view(finding.near))
      .bind(15, std::string_view(finding.watch))
      .bind(16, std::string_view(finding.reason));
  parameter = 17;
  for (const std::string* bytes : {&finding.look, &finding.reference_crop, &finding.sample_crop}) {
    bytes->empty() ? statement.bind_null(parameter) : statement.bind_bytes(parameter, *bytes);
    ++parameter;
  }
  statement.step();
}

void insert_virtual_part(Database& database, std::int64_t sample, const VirtualPartRecord& part) {
  Statement statement(database,
                      "INSERT INTO virtual_part VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  statement.bind(0, sample)
      .bind(1, std::int64_t{part.number})
      .bind(2, part.length)
      .bind(3, part.width)
      .bind(4, std::string_view(part.unit))
      .bind(5, std::string_view(part.look))
      .bind(6, std::string_view(part.kind))
      .bind(7, part.score);
  int parameter = 8;
  for (const auto* box : {&part.sample_box, &part.reference_box}) {
    for (const double number : *box) statement.bind(parameter++, number);
  }
  statement.bind(16, std::string_view(part.near))
      .bind(17, std::string_view(part.watch))
      .bind(18, std::string_view(part.reason))
      .bind(19, std::string_view(part.painting))
      .step();
}

void insert_registration(Database& database, std::int64_t sample, const RegistrationRecord& found) {
  Statement(database, "INSERT INTO registration VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(0, sample)
      .bind(1, std::string_view(found.status))
      .bind(2, std::int64_t{found.inliers})
      .bind(3, found.median_px)
      .bind(4, found.p95_px)
      .bind(5, found.rotation_deg)
      .bind(6, found.scale)
      .bind(7, found.tilt_deg)
      .bind(8, std::int64_t{found.mirrored})
      .step();
}

void insert_alignment(Database& database, std::int64_t sample, const std::vector<double>& numbers) {
  const std::string text = nlohmann::json(numbers).dump();
  Statement(database, "INSERT INTO alignment VALUES(?, ?)").bind(0, sample).bind(1, std::string_view(text)).step();
}

std::string_view state_of(SampleEnd end) {
  switch (end) {
    case SampleEnd::inspected:
      return "inspected";
    case SampleEnd::unreadable:
      return "unreadable";
    case SampleEnd::failed:
      return "failed";
  }
  return "failed";
}

// How alarming: what may carry an implant, what could not be looked at, and the rest.
int alarm_of(const RankedBoard& board) {
  if (board.outcome == "needs_review") return 3;
  if (board.outcome == "not_comparable") return 2;
  return board.outcome == "nothing_found" ? 0 : 1;
}

}  // namespace

CaseStore::CaseStore(const fs::path& path, DatabaseAccess access, Station station)
    : database_(path, access, kPatience),
      station_(std::move(station)),
      claimant_(claimant_here()),
      writes_(compare::may_write(access)) {
  notes_ = prepare_case(database_, path, access);
}

CaseStore::~CaseStore() {
  if (writes_) leave_case(database_);
}

Planned CaseStore::plan(const BatchPlan& plan, const std::function<void(std::size_t)>& progress) {
  const ReadFiles files = read_files(database_, plan, progress);
  Transaction transaction(database_);
  Planned planned = enter_samples(database_, plan, files, station_);
  add_to_trail("batch started", std::to_string(planned.ids.size()) + " samples", "options " + hash_of(plan.options));
  transaction.commit();
  return planned;
}

fs::path CaseStore::reference_with(const std::string& options) {
  Statement row(database_,
                "SELECT reference.path FROM sample JOIN reference ON reference.id = sample.reference JOIN options ON "
                "options.id = sample.options WHERE options.sha256 = ? AND earlier IS NULL ORDER BY sample.id LIMIT 1");
  const std::string hash = hash_of(options);
  row.bind(0, std::string_view(hash));
  return row.step() ? fs::path(row.bytes(0)) : fs::path();
}

std::optional<SampleTask> CaseStore::claim(std::int64_t id) {
  Transaction transaction(database_);
  Statement row(database_,
                "SELECT sample.path, sample.sha256, reference.path, claim FROM sample JOIN reference ON reference.id = "
                "sample.reference WHERE sample.id = ? AND state = 'waiting'");
  row.bind(0, id);
  if (!row.step()) {
    return {};
  }
  const std::string other = row.bytes(3);
  if (!other.empty() && other != claimant_ && may_be_at_work(other)) {
    return {};
  }
  SampleTask task{.path = row.bytes(0), .sha256 = row.bytes(1), .reference = row.bytes(2)};
  Statement(database_, "UPDATE sample SET claim = ? WHERE id = ?")
      .bind(0, std::string_view(claimant_))
      .bind(1, id)
      .step();
  transaction.commit();
  return task;
}

bool CaseStore::is_waiting(std::int64_t id) {
  Statement row(database_, "SELECT 1 FROM sample WHERE id = ? AND state = 'waiting'");
  row.bind(0, id);
  return row.step();
}

void CaseStore::record(std::int64_t id, const SampleRecord& record) {
  const std::string now = time_now();
  const auto above = std::count_if(record.findings.begin(), record.findings.end(),
                                   [](const FindingRecord& one) { return one.above_threshold; });
  double score = 0;
  for (const FindingRecord& one : record.findings) score = std::max(score, one.score);
  const bool inspected = record.end == SampleEnd::inspected;
  Transaction transaction(database_);
  Statement update(database_,
                   "UPDATE sample SET state = ?, claim = NULL, outcome = ?, reason = ?, score = ?, findings = ?, "
                   "candidates = ?, inspected_at = ?, seconds = ? WHERE id = ? AND state = 'waiting'");
  update.bind(0, state_of(record.end));
  inspected ? update.bind(1, std::string_view(record.outcome)) : update.bind_null(1);
  update.bind(2, std::string_view(record.reason));
  inspected ? update.bind(3, score) : update.bind_null(3);
  inspected ? update.bind(4, std::int64_t{above}) : update.bind_null(4);
  inspected ? update.bind(5, static_cast<std::int64_t>(record.findings.size()) - above) : update.bind_null(5);
  update.bind(6, std::string_view(now)).bind(7, record.seconds).bind(8, id).step();
  if (database_.changed_rows() == 0) {
    return;  // another process has recorded it
  }
  if (inspected) {
    if (record.registration) insert_registration(database_, id, *record.registration);
    if (!record.alignment.empty()) insert_alignment(database_, id, record.alignment);
    Statement(database_, "INSERT INTO report VALUES(?, ?, ?)")
        .bind(0, id)
        .bind(1, std::string_view(record.report))
        .bind_bytes(2, record.thumbnail)
        .step();
    for (const FindingRecord& finding : record.findings) insert_finding(database_, id, finding);
    for (const VirtualPartRecord& part : record.virtual_parts) insert_virtual_part(database_, id, part);
    Statement(database_,
              "UPDATE reference SET thumbnail = ? WHERE thumbnail IS NULL AND id = (SELECT reference FROM sample WHERE "
              "id = ?)")
        .bind_bytes(0, record.reference_thumbnail)
        .bind(1, id)
        .step();
  }
  add_to_trail(std::string(state_of(record.end)), "sample " + std::to_string(id),
               inspected ? "report " + hash_of(record.report) : record.reason);
  transaction.commit();
}

std::vector<RankedBoard> CaseStore::ranked(const std::vector<std::int64_t>& ids) {
  struct Board {
    RankedBoard worst = {};
    std::map<std::string, std::int64_t> by_side = {};  // what the reference and the stage before tell is much the same
  };
  std::map<std::pair<std::string, std::string>, Board> boards;
  Statement row(database_,
                "SELECT one.serial, one.stage, one.file, seen.state, ifnull(seen.outcome, ''), seen.reason, "
                "ifnull(seen.score, 0), ifnull(seen.findings, 0), one.path, one.side FROM sample AS one JOIN sample AS "
                "seen ON seen.id = ifnull(one.same_as, one.id) WHERE one.id = ?");
  for (const std::int64_t id : ids) {
    row.bind(0, id);
    if (!row.step()) continue;
    const std::string serial = row.bytes(0);
    const RankedBoard one{.name = serial.empty() ? row.bytes(2) : serial,
                          .stage = row.bytes(1),
                          .state = row.bytes(3),
                          .outcome = row.bytes(4),
                          .reason = row.bytes(5),
                          .score = row.number(6).value_or(0),
                          .findings = row.integer(7)};
    const std::string key = serial.empty() ? row.bytes(8) : serial;
    const std::string side = row.bytes(9);
    row.step();  // the end, so that it can be bound again
    const auto [entry, is_new] = boards.try_emplace({key, one.stage}, Board{.worst = one});
    Board& board = entry->second;
    board.by_side[side] = std::max(board.by_side[side], one.findings);
    const auto rank = [](const RankedBoard& some) { return std::make_tuple(alarm_of(some), some.score); };
    if (!is_new && rank(one) > rank(board.worst)) board.worst = one;
  }
  std::vector<RankedBoard> list;
  for (auto& [key, board] : boards) {
    list.push_back(std::move(board.worst));
    list.back().findings = 0;
    for (const auto& [side, findings] : board.by_side) list.back().findings += findings;
  }
  std::stable_sort(list.begin(), list.end(), [](const RankedBoard& a, const RankedBoard& b) {
    return std::make_tuple(-alarm_of(a), -a.score) < std::make_tuple(-alarm_of(b), -b.score);
  });
  return list;
}

ExitStatus worst_of(const std::vector<RankedBoard>& boards) {
  const auto any = [&](std::string_view outcome) {
    return std::any_of(boards.begin(), boards.end(), [&](const RankedBoard& one) { return one.outcome == outcome; });
  };
  if (any("")) return ExitStatus::trouble;
  if (any("not_comparable")) return ExitStatus::not_comparable;
  return any("needs_review") ? ExitStatus::needs_review : ExitStatus::nothing_found;
}

void CaseStore::add_to_trail(const std::string& action, const std::string& subject, const std::string& detail) {
  append_to_trail(database_, {.at = time_now(),
                              .performer = station_.performer,
                              .station = station_.station,
                              .action = action,
                              .subject = subject,
                              .detail = detail});
}

}  // namespace boarddiff::cli
