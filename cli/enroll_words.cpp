// SPDX-License-Identifier: Apache-2.0
#include "cli/enroll_words.h"

#include "imaging/base/text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace boarddiff::cli {
namespace {

using compare::BoardCheck;
using compare::Finding;
using compare::ReferenceFile;
using imaging::fixed_text;

std::string kind_in_words(const Finding& finding) {
  std::string words(name_of(finding.kind));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string place_in_words(const Finding& finding) {
  const imaging::Point centre = finding.sample_box.centre();
  return fixed_text(centre.x(), 0) + "," + fixed_text(centre.y(), 0);
}

std::string size_in_words(const Finding& finding) {
  return fixed_text(finding.sample_box.width, 0) + " x " + fixed_text(finding.sample_box.height, 0) + " px";
}

// Two boards differ from each other, and which one is odd cannot be said; of more, one differs from the rest.
std::string difference_line(const ReferenceFile& file, const BoardCheck& check, const Finding& finding) {
  const std::string& board = file.boards[check.board].file;
  const std::string what = kind_in_words(finding) + ", " + size_in_words(finding);
  if (file.boards.size() == 2) {
    const std::string& other = file.boards[check.others.front()].file;
    return other + " and " + board + " differ at " + place_in_words(finding) + " in the picture of " + board + ": " +
           what + "; which of the two is odd cannot be said: look before trusting either\n";
  }
  const auto others = std::count_if(check.report.known_good.begin(), check.report.known_good.end(),
                                    [](const compare::ComparedBoard& other) { return other.compared; });
  return board + " differs from the other " + std::to_string(others) + " at " + place_in_words(finding) +
         " in its picture: " + what + ": look before trusting it\n";
}

}  // namespace

std::string enrolled_words(const ReferenceFile& file, const std::filesystem::path& output, std::size_t begin,
                           const std::vector<imaging::Registration>& registrations) {
  const std::size_t count = file.boards.size();
  std::string words = "enrolled " + std::to_string(count) +
                      (count == 1 ? " known-good board; see " : " known-good boards; see ") + output.string() + "\n";
  for (std::size_t i = 0; i < count; ++i) {
    words += "  " + file.boards[i].file;
    if (i == 0) {
      words += ": the frame of the others, " + std::to_string(file.boards[i].size.width) + " x " +
               std::to_string(file.boards[i].size.height) + " px";
    } else if (i < begin) {
      words += ": enrolled before";
    } else {
      const imaging::Registration& registration = registrations[i - begin];
      words += ": half of its places lie within " + fixed_text(registration.residual_median_px, 2) +
               " px, 95 % within " + fixed_text(registration.residual_p95_px, 2) + " px";
      for (const std::string& warning : registration.warnings) {
        words += "; " + warning;
      }
    }
    words += "\n";
  }
  for (const auto& [regions, what] : {std::pair(&file.ignored, "is ignored"), std::pair(&file.watched, "is watched")}) {
    if (*regions) {
      words += "  " + (*regions)->file + ": what it marks " + what + "\n";
    }
  }
  return words;
}

std::string not_laid_words(const ReferenceFile& file, std::size_t begin,
                           const std::vector<imaging::Registration>& registrations) {
  std::string words;
  for (std::size_t i = 0; i < registrations.size(); ++i) {
    if (!registrations[i].ok()) {
      words += "not comparable: " + file.boards[begin + i].file + " cannot be laid on " + file.boards.front().file +
               ": " + registrations[i].reason + "\n";
    }
  }
  return words;
}

std::string not_compared_words(const ReferenceFile& file, const std::vector<BoardCheck>& checks) {
  std::string words;
  for (const BoardCheck& check : checks) {
    if (check.report.outcome == compare::Outcome::not_comparable) {
      words += "not comparable: " + file.boards[check.board].file + " cannot be compared with " +
               file.boards[check.others.front()].file + ": " + check.report.reason + "\n";
    }
  }
  return words;
}

std::string difference_words(const ReferenceFile& file, const std::vector<BoardCheck>& checks) {
  std::string words;
  for (const BoardCheck& check : checks) {
    for (const Finding& finding : check.report.findings) {
      words += difference_line(file, check, finding);
    }
  }
  return words;
}

std::string varying_words(const ReferenceFile& file, const std::vector<BoardCheck>& checks) {
  const BoardCheck* most = nullptr;
  for (const BoardCheck& check : checks) {
    const auto& candidates = check.report.candidates;
    if (!candidates.empty() && (most == nullptr || candidates.front().score > most->report.candidates.front().score)) {
      most = &check;
    }
  }
  if (most == nullptr) {
    return {};
  }
  const Finding& finding = most->report.candidates.front();
  return "  what varies most: " + kind_in_words(finding) + " at " + place_in_words(finding) + " in " +
         file.boards[most->board].file + ", score " + fixed_text(finding.score, 2) + "\n";
}

}  // namespace boarddiff::cli
