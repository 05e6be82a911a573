// SPDX-License-Identifier: Apache-2.0
#include "compare/marking_difference.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace boarddiff::compare {

namespace {

using imaging::Marking;
using imaging::TextLine;

constexpr int kLeastLetters = 3;     // of a line that says something
constexpr int kLeastApart = 3;       // letters
constexpr double kLeastShare = 0.4;  // of the longer part number
constexpr double kAgreeShare = 0.2;  // up to this, part numbers are the same
constexpr double kSameHeight = 0.9;  // of a line's height

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

// One letter for all that are read for one another.
char folded(char c) {
  // Each group: what stands for it, then its members.
  static constexpr const char* kGroups[] = {"0ODQCGU6", "1ILTJ7", "2Z", "5S38B", "4A", "VY", "MNHW", "EF", "PR", "XK"};
  for (const char* group : kGroups) {
    if (std::string_view(group).find(c) != std::string_view::npos) {
      return *group;
    }
  }
  return c;
}

std::string folded(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (is_digit(c) || is_letter(c)) {
      result += folded(c);
    }
  }
  return result;
}

// Two digits of a year (1990 to 2039) and two of a week, perhaps with a letter before them and two behind: more letters
// before them make part numbers, such as LM2904.
bool is_date(std::string_view word) {
  const auto first = std::find_if(word.begin(), word.end(), is_digit);
  const auto behind = std::find_if_not(first, word.end(), is_digit);
  if (behind - first != 4 || first - word.begin() > 1 || word.end() - behind > 2 ||
      std::any_of(behind, word.end(), is_digit)) {
    return false;
  }
  const int year = 10 * (first[0] - '0') + (first[1] - '0');
  const int week = 10 * (first[2] - '0') + (first[3] - '0');
  constexpr int kWeeks = 53;
  constexpr int kLastYear = 39;
  constexpr int kFirstYear = 90;
  return week >= 1 && week <= kWeeks && (year <= kLastYear || year >= kFirstYear);
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    if (end > 0) {
      words.push_back(line.substr(0, end));
    }
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

bool is_readable(const TextLine& line) {
  return line.confidence >= imaging::kReadable && static_cast<int>(folded(line.text).size()) >= kLeastLetters;
}

// Where a line stands, across the lines.
double height_in(const Marking& marking, const TextLine& line) {
  return marking.turn_deg % 180 == 0 ? line.box.centre().y() : line.box.centre().x();
}

bool stand_alike(const Marking& reference, const TextLine& a, const Marking& sample, const TextLine& b) {
  if (reference.turn_deg != sample.turn_deg) {
    return false;
  }
  const double height = std::max(std::min(a.box.width, a.box.height), std::min(b.box.width, b.box.height));
  return std::abs(height_in(reference, a) - height_in(sample, b)) <= kSameHeight * height;
}

bool agree(std::string_view a, std::string_view b) {
  const double longer = static_cast<double>(std::max(folded(a).size(), folded(b).size()));
  return letters_apart(a, b) <= kAgreeShare * longer;
}

bool differ(std::string_view a, std::string_view b) {
  const double longer = static_cast<double>(std::max(folded(a).size(), folded(b).size()));
  return letters_apart(a, b) >= std::max<double>(kLeastApart, kLeastShare * longer);
}

// Nothing in the marking is as far from the line as another part number is.
bool has_line_like(const Marking& marking, const TextLine& line) {
  return std::any_of(marking.lines.begin(), marking.lines.end(),
                     [&](const TextLine& other) { return !differ(line.text, other.text); });
}

bool has_same_line(const Marking& marking, const TextLine& line) {
  return std::any_of(marking.lines.begin(), marking.lines.end(),
                     [&](const TextLine& other) { return letters_apart(line.text, other.text) == 0; });
}

// Lines other than the part number that both show in the same place, and of which the other marking has none.
bool some_code_differs(const Marking& reference, const Marking& sample, const TextLine* part_number) {
  for (const TextLine& a : reference.lines) {
    for (const TextLine& b : sample.lines) {
      if (&a != part_number && is_readable(a) && is_readable(b) && stand_alike(reference, a, sample, b) &&
          !has_same_line(sample, a) && !has_same_line(reference, b)) {
        return true;
      }
    }
  }
  return false;
}

bool every_line_agrees(const Marking& reference, const Marking& sample) {
  bool any = false;
  for (const TextLine& a : reference.lines) {
    if (!is_readable(a)) {
      continue;
    }
    any = true;
    if (std::none_of(sample.lines.begin(), sample.lines.end(),
                     [&](const TextLine& b) { return is_readable(b) && letters_apart(a.text, b.text) == 0; })) {
      return false;
    }
  }
  return any;
}

}  // namespace

std::string_view name_of(MarkingDifference difference) {
  switch (difference) {
    case MarkingDifference::unknown:
      return "unknown";
    case MarkingDifference::same:
      return "same";
    case MarkingDifference::codes_differ:
      return "codes_differ";
    case MarkingDifference::part_differs:
      return "part_differs";
  }
  return "unknown";
}

LineRole role_of(std::string_view line) {
  const std::vector<std::string_view> words = words_of(line);
  if (std::any_of(words.begin(), words.end(), is_date)) {
    return LineRole::date_code;
  }
  const auto digits = std::count_if(line.begin(), line.end(), is_digit);
  const auto letters = std::count_if(line.begin(), line.end(), is_letter);
  constexpr int kLeastOfNumber = 4;
  return letters >= 1 && digits >= 2 && letters + digits >= kLeastOfNumber ? LineRole::part_number : LineRole::other;
}

int letters_apart(std::string_view a, std::string_view b) {
  const std::string from = folded(a);
  const std::string to = folded(b);
  // Levenshtein's distance, one row of its table at a time.
  std::vector<int> row(to.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= from.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

const TextLine* part_number_of(const Marking& marking) {
  const auto found = std::find_if(marking.lines.begin(), marking.lines.end(), [](const TextLine& line) {
    return is_readable(line) && role_of(line.text) == LineRole::part_number;
  });
  return found == marking.lines.end() ? nullptr : &*found;
}

MarkingDifference compare_markings(const Marking& reference, const Marking& sample) {
  const TextLine* in_reference = part_number_of(reference);
  const TextLine* in_sample = part_number_of(sample);
  if (in_reference == nullptr || in_sample == nullptr) {
    return every_line_agrees(reference, sample) && every_line_agrees(sample, reference) ? MarkingDifference::same
                                                                                        : MarkingDifference::unknown;
  }
  if (agree(in_reference->text, in_sample->text)) {
    return some_code_differs(reference, sample, in_reference) ? MarkingDifference::codes_differ
                                                              : MarkingDifference::same;
  }
  const bool differs = reference.light_on_dark && sample.light_on_dark &&
                       stand_alike(reference, *in_reference, sample, *in_sample) &&
                       !has_line_like(sample, *in_reference) && !has_line_like(reference, *in_sample);
  return differs ? MarkingDifference::part_differs : MarkingDifference::unknown;
}

std::string readable_text(const Marking& marking) {
  std::string text;
  for (const TextLine& line : marking.lines) {
    if (is_readable(line)) {
      text += (text.empty() ? "" : " / ") + line.text;
    }
  }
  return text;
}

}  // namespace boarddiff::compare
