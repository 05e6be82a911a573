// SPDX-License-Identifier: Apache-2.0
#include "cli/case/reference_changes.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace boarddiff::cli {
namespace {

constexpr std::string_view kSubject = "reference ";
constexpr std::string_view kBefore = "; its sha256 was ";
constexpr std::string_view kAfter = " and is ";
constexpr std::size_t kDigits = 64;

// From the end of an entry's detail, where no words of a person stand.
std::optional<ReferenceHashes> hashes_in(const std::string& detail) {
  constexpr std::size_t kLength = kBefore.size() + kDigits + kAfter.size() + kDigits;
  if (detail.size() < kLength) return {};
  const std::string end = detail.substr(detail.size() - kLength);
  const std::size_t after = kBefore.size() + kDigits;
  if (end.compare(0, kBefore.size(), kBefore) != 0 || end.compare(after, kAfter.size(), kAfter) != 0) return {};
  return ReferenceHashes{.before = end.substr(kBefore.size(), kDigits), .after = end.substr(after + kAfter.size())};
}

}  // namespace

void add_to_trail(CaseStore& store, const ReferenceChange& change) {
  std::string detail = change.detail;
  detail.append(kBefore).append(change.sha256.before).append(kAfter).append(change.sha256.after);
  store.add_to_trail(change.action, std::string(kSubject) + change.file, detail);
}

std::vector<std::string> reference_hashes(compare::Database& database, const std::string& sha256) {
  std::vector<std::string> hashes = {sha256};
  compare::Statement rows(database, "SELECT detail FROM trail WHERE substr(subject, 1, ?) = ? ORDER BY id");
  rows.bind(0, static_cast<std::int64_t>(kSubject.size())).bind(1, kSubject);
  while (rows.step()) {
    const auto change = hashes_in(rows.bytes(0));
    const auto is_known = [&](const std::string& hash) {
      return std::find(hashes.begin(), hashes.end(), hash) != hashes.end();
    };
    if (change && is_known(change->before) && !is_known(change->after)) hashes.push_back(change->after);
  }
  return hashes;
}

}  // namespace boarddiff::cli
