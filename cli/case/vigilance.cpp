// SPDX-License-Identifier: Apache-2.0
#include "cli/case/vigilance.h"

#include "cli/case/audit_trail.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace boarddiff::cli {
namespace {

using compare::Statement;

std::string line_on(const SizeRate& rate, const std::string& what) {
  std::string line = std::to_string(rate.hit) + " of " + std::to_string(rate.hit + rate.missed) + " " + what;
  if (rate.unsure > 0) line.append(", unsure about ").append(std::to_string(rate.unsure)).append(" more");
  return line;
}

}  // namespace

void record_answer(CaseStore& store, const CaseVirtualPart& part, const Decision& decision) {
  compare::Database& database = store.database();
  compare::Transaction transaction(database);
  const std::string now = time_now();
  Statement(database,
            "INSERT INTO vigilance(sample, part, length, width, unit, look, score, verdict, reason, comment, reviewer, "
            "decided_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
      .bind(0, part.sample)
      .bind(1, std::int64_t{part.number})
      .bind(2, part.length)
      .bind(3, part.width)
      .bind(4, std::string_view(part.unit))
      .bind(5, std::string_view(part.look))
      .bind(6, part.finding.score)
      .bind(7, std::string_view(decision.verdict))
      .bind(8, std::string_view(decision.reason))
      .bind(9, std::string_view(decision.comment))
      .bind(10, std::string_view(decision.reviewer))
      .bind(11, std::string_view(now))
      .step();
  if (database.changed_rows() == 0) {
    return;
  }
  store.add_to_trail("vigilance",
                     "sample " + std::to_string(part.sample) + ", virtual part " + std::to_string(part.number),
                     decision.reviewer + ": " + decision.verdict + " (" + part.size_text() + ", " + part.look + ")");
  transaction.commit();
}

std::vector<SizeRate> hit_rates(compare::Database& database, const std::string& reviewer) {
  Statement rows(database,
                 "SELECT length, width, unit, sum(verdict = 'unexpected'), sum(verdict = 'dismissed'), sum(verdict = "
                 "'unsure') FROM vigilance WHERE reviewer = ? GROUP BY unit, length, width ORDER BY unit, length * "
                 "width, length");
  rows.bind(0, std::string_view(reviewer));
  std::vector<SizeRate> rates;
  while (rows.step()) {
    const SizeRate one{.size = part_size_text(rows.number(0).value_or(0), rows.number(1).value_or(0), rows.bytes(2)),
                       .hit = static_cast<int>(rows.integer(3)),
                       .missed = static_cast<int>(rows.integer(4)),
                       .unsure = static_cast<int>(rows.integer(5))};
    // Sizes in pixels may be the same but for what is not shown of them.
    const auto same =
        std::find_if(rates.begin(), rates.end(), [&](const SizeRate& has) { return has.size == one.size; });
    if (same == rates.end()) {
      rates.push_back(one);
      continue;
    }
    same->hit += one.hit;
    same->missed += one.missed;
    same->unsure += one.unsure;
  }
  return rates;
}

std::vector<std::string> words_on(const std::vector<SizeRate>& rates) {
  constexpr int kEnough = 20;
  SizeRate all;
  std::vector<std::string> lines;
  for (const SizeRate& rate : rates) {
    all.hit += rate.hit;
    all.missed += rate.missed;
    all.unsure += rate.unsure;
    lines.push_back(line_on(rate, "virtual parts of " + rate.size));
  }
  if (rates.size() > 1) lines.push_back(line_on(all, "virtual parts in all"));
  if (!rates.empty() && all.hit + all.missed < kEnough) {
    lines.push_back("Fewer than " + std::to_string(kEnough) + " are too few to say much.");
  }
  return lines;
}

}  // namespace boarddiff::cli
