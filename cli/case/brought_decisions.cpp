// SPDX-License-Identifier: Apache-2.0
#include "cli/case/brought_decisions.h"

#include "cli/case/case_boards.h"
#include "cli/case/sample_identity.h"
#include "datasets/evaluation/json_fields.h"
#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/base/printable_text.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <map>
#include <set>
#include <utility>

namespace boarddiff::cli {
namespace {

using compare::Database;
using compare::Statement;
using compare::Transaction;
using datasets::JsonField;
using imaging::Error;
using imaging::ErrorCode;

constexpr std::uint64_t kMostMegabytes = 256;
constexpr std::size_t kMostName = 200;           // bytes
constexpr std::time_t kClocksDiffer_s = 86'400;  // of another machine, at most: a day
constexpr std::string_view kFormatFamily = "boarddiff.decisions/";

// --- reading ---

// Empty also where there is none.
std::string words_in(const JsonField& field, const std::string& key) {
  const auto found = field.find(key);
  return found && !found->is_empty_text() ? found->text() : std::string();
}

// Seconds since 1970; nothing for what is no time as the trail writes it.
std::optional<std::time_t> seconds_of(const std::string& text) {
  std::tm parts = {};
  const char* end = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  constexpr std::size_t kLength = sizeof "2026-11-24T15:04:05Z" - 1;
  if (end == nullptr || *end != '\0' || text.size() != kLength) return {};
  return timegm(&parts);
}

std::string time_in(const JsonField& field) {
  std::string text = field.text();
  const auto seconds = seconds_of(text);
  if (!seconds) field.fail("must be a time in UTC, as 2026-11-24T15:04:05Z");
  // What claimed to be of next year would hold against everything that is decided until then.
  if (*seconds > std::time(nullptr) + kClocksDiffer_s) field.fail("lies in the future: " + text);
  return text;
}

int number_in(const JsonField& field) {
  constexpr double kMost = 1e9;
  const double number = field.number();
  if (number < 1 || number > kMost || number != std::floor(number)) field.fail("must be the number of a finding");
  return static_cast<int>(number);
}

FiledDecision decision_in(const JsonField& field) {
  FiledDecision filed{.where = field.key(),
                      .inspection = field.at("inspection").text(),
                      .sample_sha256 = words_in(field, "sample_sha256"),
                      .report_sha256 = words_in(field, "report_sha256"),
                      .decision = {.verdict = field.at("verdict").text(),
                                   .reason = words_in(field, "reason"),
                                   .comment = words_in(field, "comment"),
                                   .reviewer = field.at("reviewer").text(),
                                   .at = time_in(field.at("at"))}};
  if (filed.decision.reviewer.size() > kMostName) {
    field.at("reviewer").fail("is longer than " + std::to_string(kMostName) + " bytes");
  }
  if (const auto number = field.find("number")) filed.decision.place.number = number_in(*number);
  return filed;
}

// --- what the case says to it ---

[[noreturn]] void refuse(const DecisionsFile& file, const std::string& where, const std::string& why) {
  throw Error(ErrorCode::invalid_option,
              file.shown_name + ": " + (where.empty() ? "" : where + " ") + why + "; nothing was brought in");
}

void check_case(Database& database, const DecisionsFile& file) {
  if (file.case_begin == case_begin_of(database)) return;
  refuse(file, "",
         "is of another case file" + (file.case_name.empty() ? "" : ", " + imaging::printable_text(file.case_name)) +
             " as it was reported");
}

std::string place_words(const CaseBoard& board, const DecisionPlace& place) {
  return imaging::printable_text(board.name()) +
         (place.number ? ", finding " + std::to_string(*place.number) : ", the board as a whole");
}

CaseBoard board_of(Database& database, const DecisionsFile& file, const FiledDecision& filed) {
  Statement row(database, "SELECT id FROM sample WHERE identity = ? AND sha256 = ?");
  row.bind(0, std::string_view(filed.inspection)).bind(1, std::string_view(filed.sample_sha256));
  std::optional<CaseBoard> board = row.step() ? board_with(database, row.integer(0)) : std::nullopt;
  if (!board) {
    Statement same_picture(database, "SELECT 1 FROM sample WHERE sha256 = ? AND sha256 <> ''");
    same_picture.bind(0, std::string_view(filed.sample_sha256));
    refuse(file, filed.where,
           same_picture.step()
               ? "is about another inspection of a picture that the case holds: with another reference or other options"
               : "is about a board that the case does not hold");
  }
  if (report_sha256_of(database, board->id) != filed.report_sha256) {
    refuse(
        file, filed.where,
        "is about " + imaging::printable_text(board->name()) + ", which has been inspected again since it was decided");
  }
  return *std::move(board);
}

bool is_known(Database& database, const Decision& one) {
  Statement row(
      database,
      "SELECT 1 FROM decision WHERE sample = ? AND number IS ? AND verdict = ? AND reason = ? AND comment = ? "
      "AND reviewer = ? AND decided_at = ?");
  row.bind(0, one.place.sample);
  one.place.number ? row.bind(1, std::int64_t{*one.place.number}) : row.bind_null(1);
  row.bind(2, std::string_view(one.verdict))
      .bind(3, std::string_view(one.reason))
      .bind(4, std::string_view(one.comment))
      .bind(5, std::string_view(one.reviewer))
      .bind(6, std::string_view(one.at));
  return row.step();
}

std::string verdict_words(const Decision& one) {
  return one.verdict + (one.reason.empty() ? "" : " (" + one.reason + ")");
}

std::string trail_words(const BroughtIn& brought, const DecisionsFile& file) {
  return "sha256 " + file.sha256 + ", " + std::to_string(brought.added) + " new of " +
         std::to_string(file.decisions.size());
}

// The case while files are brought in.
class Bringing {
 public:
  explicit Bringing(CaseStore& store) : store_(store), database_(store.database()) {
    for (const auto& [place, standing] : standing_of(decisions_after(database_))) {
      for (const Decision& one : standing.verdicts) held_[{place, one.reviewer}] = one;
    }
  }

  BroughtIn bring(const DecisionsFile& file) {
    check_case(database_, file);
    BroughtIn brought;
    std::vector<std::pair<CaseBoard, Decision>> added;
    for (const FiledDecision& filed : file.decisions) {
      const CaseBoard board = board_of(database_, file, filed);
      Decision decision = filed.decision;
      decision.place.sample = board.id;
      try {
        check_decision(database_, decision);
      } catch (const Error& error) {
        refuse(file, filed.where + ":", error.what());
      }
      if (is_known(database_, decision)) {
        ++brought.known;
      } else if (is_outdated(decision)) {
        ++brought.outdated;
      } else {
        note_change(board, decision, brought);
        static_cast<void>(add_decision(store_, decision));
        ++brought.added;
        added.emplace_back(board, decision);
      }
    }
    note_conflicts(added, brought);
    if (brought.added > 0) {
      const std::string name = std::filesystem::path(file.shown_name).filename().string();
      store_.add_to_trail("decisions brought in", "file " + name, trail_words(brought, file));
    }
    return brought;
  }

 private:
  using Held = std::pair<DecisionPlace, std::string>;  // and by whom

  // What the reviewer decided there last, elsewhere or in another file, holds.
  bool is_outdated(const Decision& decision) const {
    const auto held = held_.find(Held{decision.place, decision.reviewer});
    return decision.verdict != kComment && held != held_.end() && held->second.at > decision.at;
  }

  void note_change(const CaseBoard& board, const Decision& decision, BroughtIn& brought) {
    if (decision.verdict == kComment) return;
    const auto [held, is_new] = held_.try_emplace(Held{decision.place, decision.reviewer}, decision);
    if (!is_new && verdict_words(held->second) != verdict_words(decision)) {
      brought.notes.push_back(place_words(board, decision.place) + ": " + imaging::printable_text(decision.reviewer) +
                              " had decided " + verdict_words(held->second) + ", and now " + verdict_words(decision));
    }
    held->second = decision;
  }

  void note_conflicts(const std::vector<std::pair<CaseBoard, Decision>>& added, BroughtIn& brought) {
    if (added.empty()) return;
    const std::map<DecisionPlace, Standing> standing = standing_of(decisions_after(database_));
    std::set<DecisionPlace> told;
    for (const auto& [board, decision] : added) {
      const auto found = standing.find(decision.place);
      if (decision.verdict == kComment || found == standing.end() || !told.insert(decision.place).second) continue;
      if (found->second.state() != PlaceState::conflict) continue;
      std::string words = place_words(board, decision.place) + ": in conflict";
      for (const Decision& one : found->second.verdicts) {
        words.append(&one == &found->second.verdicts.front() ? ": " : ", ");
        words.append(imaging::printable_text(one.reviewer)).append(" ").append(verdict_words(one));
      }
      brought.notes.push_back(std::move(words));
    }
  }

  CaseStore& store_;
  Database& database_;
  std::map<Held, Decision> held_ = {};  // of each reviewer the verdict that holds
};

}  // namespace

std::string case_begin_of(Database& database) { return database.text_of("SELECT hash FROM trail ORDER BY id LIMIT 1"); }

std::string report_sha256_of(Database& database, std::int64_t sample) {
  const std::string report = report_of(database, sample);
  return report.empty() ? std::string() : hash_of(report);
}

DecisionsFile read_decisions_file(const std::filesystem::path& path) {
  const std::string bytes = imaging::read_string(path, kMostMegabytes);
  DecisionsFile file{.shown_name = path.string(), .sha256 = hash_of(bytes)};
  const nlohmann::json json = datasets::parsed_json(bytes, file.shown_name);
  const JsonField document(json, file.shown_name);
  const std::string format = document.at("format").text();
  if (format != kDecisionsFormat) {
    const bool is_newer = format.compare(0, kFormatFamily.size(), kFormatFamily) == 0;
    throw Error(is_newer ? ErrorCode::unsupported_format : ErrorCode::damaged_file,
                file.shown_name + (is_newer ? ": is of a newer boarddiff, which can read it"
                                            : ": is no file of decisions, which a report's page makes"));
  }
  file.case_name = words_in(document.at("case"), "name");
  file.case_begin = document.at("case").at("begin").text();
  for (const JsonField& one : document.at("decisions").items()) file.decisions.push_back(decision_in(one));
  return file;
}

std::vector<BroughtIn> bring_in(CaseStore& store, const std::vector<DecisionsFile>& files) {
  Transaction transaction(store.database());
  Bringing bringing(store);
  std::vector<BroughtIn> all;
  for (const DecisionsFile& file : files) all.push_back(bringing.bring(file));
  transaction.commit();
  return all;
}

}  // namespace boarddiff::cli
