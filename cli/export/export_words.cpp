// SPDX-License-Identifier: Apache-2.0
#include "cli/export/export_words.h"

#include "imaging/base/text.h"

#include <algorithm>
#include <vector>

namespace boarddiff::cli {
namespace {

// Each once, in order.
std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  std::vector<std::string> seen;
  for (const std::string& text : texts) {
    if (text.empty() || std::find(seen.begin(), seen.end(), text) != seen.end()) continue;
    all.append(seen.empty() ? "" : "; ").append(text);
    seen.push_back(text);
  }
  return all;
}

}  // namespace

std::string json_file_text(const ExportJson& document) {
  return document.dump(2, ' ', false, ExportJson::error_handler_t::replace) + "\n";
}

std::string reviewers_of(const Standing& decided) {
  std::vector<std::string> names;
  for (const Decision& one : decided.verdicts) names.push_back(one.reviewer);
  for (const Decision& one : decided.comments) names.push_back(one.reviewer);
  return joined(names);
}

std::string dismissals_of(const Standing& decided) {
  std::vector<std::string> reasons;
  for (const Decision& one : decided.verdicts) reasons.push_back(one.reason);
  return joined(reasons);
}

std::string comments_of(const Standing& decided) {
  std::string all;
  for (const Decision& one : decided.comments) {
    all.append(all.empty() ? "" : "\n").append(one.reviewer).append(": ").append(one.comment);
  }
  return all;
}

std::string decision_words(const Standing& decided) {
  std::string words(name_of(decided.state()));
  const std::string reasons = dismissals_of(decided);
  if (!reasons.empty()) words.append(" (").append(reasons).append(")");
  return words;
}

std::string sentence_on(const CaseFinding& found) {
  std::string words = found.kind + ", score " + imaging::fixed_text(found.score, 2);
  if (!found.near.empty()) words.append(", ").append(found.near);
  return words.append(": ").append(found.reason);
}

std::string trouble_words(const CaseBoard& board) {
  if (board.state == "waiting") return "not inspected yet";
  const bool was_compared = board.state == "inspected";
  return (was_compared ? "not comparable: " : board.state + ": ") + board.reason;
}

}  // namespace boarddiff::cli
