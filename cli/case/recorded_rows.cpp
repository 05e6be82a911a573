// SPDX-License-Identifier: Apache-2.0
#include "cli/case/recorded_rows.h"

#include "cli/case/decisions.h"
#include "cli/case/sample_identity.h"
#include "cli/text_numbers.h"

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <map>
#include <string_view>
#include <utility>

namespace boarddiff::cli {
namespace {

using compare::Database;
using compare::Statement;
using Misfit = std::optional<std::string>;

std::string shown(const StoredEntry& stored) {
  return "entry " + std::to_string(stored.id) + " (" + stored.entry.action + ", " + stored.entry.subject + ")";
}

// "sample 17", "sample 17, finding 2"
std::optional<DecisionPlace> place_in(std::string_view subject) {
  constexpr std::string_view kSample = "sample ";
  constexpr std::string_view kFinding = ", finding ";
  if (!subject.starts_with(kSample)) {
    return {};
  }
  subject.remove_prefix(kSample.size());
  const std::size_t comma = subject.find(kFinding);
  const auto sample = number_in<std::int64_t>(subject.substr(0, comma));
  if (!sample) {
    return {};
  }
  DecisionPlace place{.sample = *sample};
  if (comma != std::string_view::npos) {
    place.number = number_in<int>(subject.substr(comma + kFinding.size()));
    if (!place.number) return {};
  }
  return place;
}

// Texts that begin with `name`: what follows.
std::string_view behind(std::string_view name, std::string_view text) {
  return text.starts_with(name) ? text.substr(name.size()) : std::string_view();
}

Misfit unlike_batch(Database& database, const StoredEntry& stored) {
  const std::string_view hash = behind("options ", stored.entry.detail);
  Statement row(database, "SELECT content FROM options WHERE sha256 = ?");
  row.bind(0, hash);
  if (!row.step()) {
    return shown(stored) + ": the case does not hold the options that it names";
  }
  if (hash_of(row.bytes(0)) != hash) {
    return shown(stored) + ": its options are not those that it names";
  }
  return {};
}

Misfit unlike_inspected(Database& database, const StoredEntry& stored, std::int64_t sample) {
  Statement row(database,
                "SELECT sample.state, report.content FROM sample LEFT JOIN report ON report.sample = sample.id WHERE "
                "sample.id = ?");
  row.bind(0, sample);
  if (!row.step()) {
    return shown(stored) + ": the case does not hold that sample";
  }
  if (row.bytes(0) != "inspected") {
    return shown(stored) + ": the sample is " + row.bytes(0);
  }
  if (row.is_null(1) || "report " + hash_of(row.bytes(1)) != stored.entry.detail) {
    return shown(stored) + ": the sample's report is not the one that it names";
  }
  return {};
}

// What happened behind an entry, anywhere in the case.
struct Since {
  bool started = false;  // a batch, which may have been told to try again
  bool merged = false;   // another case file, which may have known more
};

Misfit unlike_given_up(Database& database, const StoredEntry& stored, std::int64_t sample, const Since& since) {
  Statement row(database, "SELECT state, reason FROM sample WHERE id = ?");
  row.bind(0, sample);
  if (!row.step()) {
    return shown(stored) + ": the case does not hold that sample";
  }
  const std::string state = row.bytes(0);
  const bool is_as_it_was = state == stored.entry.action && row.bytes(1) == stored.entry.detail;
  const bool may_wait = state == "waiting" && since.started;
  const bool may_be_inspected = state == "inspected" && since.merged;
  if (is_as_it_was || may_wait || may_be_inspected) {
    return {};
  }
  return shown(stored) + ": the sample is " + state + (state == stored.entry.action ? " for another reason" : "");
}

std::int64_t seconds_of(const std::string& time) {
  std::tm parts = {};
  return strptime(time.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr ? 0 : std::int64_t{timegm(&parts)};
}

// Decisions that no entry has been found for yet.
class OpenDecisions {
 public:
  explicit OpenDecisions(Database& database) {
    for (Decision& one : decisions_after(database)) {
      const std::pair key{subject_of(one.place), trail_words(one)};
      open_[key].push_back(std::move(one));
    }
  }

  // False where there is none that the entry can be of.
  bool take(const TrailEntry& entry) {
    constexpr std::int64_t kApart_s = 60;  // row and entry are written one after the other
    const auto found = open_.find({entry.subject, entry.detail});
    if (found == open_.end()) {
      return false;
    }
    std::vector<Decision>& rows = found->second;
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Decision& one) {
      return std::abs(seconds_of(one.at) - seconds_of(entry.at)) <= kApart_s;
    });
    if (row == rows.end()) {
      return false;
    }
    rows.erase(row);
    return true;
  }

  // The first that is left; 0 where none is.
  [[nodiscard]] std::int64_t first() const {
    std::int64_t id = 0;
    for (const auto& [key, rows] : open_) {
      if (!rows.empty() && (id == 0 || rows.front().id < id)) id = rows.front().id;
    }
    return id;
  }

 private:
  std::map<std::pair<std::string, std::string>, std::vector<Decision>> open_ = {};
};

bool is_of_sample(const std::string& action) {
  return action == "inspected" || action == "unreadable" || action == "failed";
}

// Where no other case was merged, nothing is there that no entry tells of.
Misfit without_entry(Database& database, const std::map<std::int64_t, const StoredEntry*>& last,
                     const OpenDecisions& decisions, bool started) {
  Statement rows(database, "SELECT id, state FROM sample ORDER BY id");
  while (rows.step()) {
    const std::int64_t id = rows.integer(0);
    const std::string state = rows.bytes(1);
    const std::string name = "sample " + std::to_string(id);
    if (!started) return name + " is there, and no entry tells of a batch";
    if ((state == "inspected" || state == "failed") && !last.contains(id)) {
      return name + " is " + state + ", and no entry says so";
    }
  }
  if (const std::int64_t id = decisions.first(); id != 0) {
    return "decision " + std::to_string(id) + " is there, and no entry says so";
  }
  return {};
}

}  // namespace

std::optional<std::string> unlike_trail(Database& database, const std::vector<StoredEntry>& entries) {
  OpenDecisions decisions(database);
  std::map<std::int64_t, const StoredEntry*> last;  // of each sample
  for (const StoredEntry& stored : entries) {
    if (!is_of_sample(stored.entry.action)) continue;
    const std::optional<DecisionPlace> place = place_in(stored.entry.subject);
    if (!place) return shown(stored) + ": it names no sample";
    last[place->sample] = &stored;
  }
  std::map<const StoredEntry*, Since> since;
  Since behind_it;
  for (auto stored = entries.rbegin(); stored != entries.rend(); ++stored) {
    since[&*stored] = behind_it;
    behind_it.started |= stored->entry.action == "batch started";
    behind_it.merged |= stored->entry.action == "merged";
  }
  for (const StoredEntry& stored : entries) {
    const std::string& action = stored.entry.action;
    Misfit misfit;
    if (action == "batch started") {
      misfit = unlike_batch(database, stored);
    } else if (action == "decided") {
      if (!decisions.take(stored.entry)) misfit = shown(stored) + ": the case does not hold that decision as it was";
    } else if (is_of_sample(action)) {
      const std::int64_t sample = place_in(stored.entry.subject)->sample;
      if (last.at(sample) != &stored) continue;  // it was tried again
      misfit = action == "inspected" ? unlike_inspected(database, stored, sample)
                                     : unlike_given_up(database, stored, sample, since.at(&stored));
    }
    if (misfit) return misfit;
  }
  return behind_it.merged ? std::nullopt : without_entry(database, last, decisions, behind_it.started);
}

}  // namespace boarddiff::cli
