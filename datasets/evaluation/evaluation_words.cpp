// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/evaluation_words.h"

#include "imaging/base/text.h"

#include <algorithm>
#include <array>

namespace boarddiff::datasets {
namespace {

struct Words {
  std::string_view name = {};
  std::string_view words = {};
  int digits = 2;
};
constexpr std::array kWords = {
    Words{measure::kFound, "found at the tool's own threshold"},
    Words{measure::kRecall[0], "recall at 0.25 false calls a board"},
    Words{measure::kRecall[1], "recall at 1 false call a board"},
    Words{measure::kRecall[2], "recall at 4 false calls a board"},
    Words{measure::kFirst, "best finding is a true one"},
    Words{measure::kKindRight, "kind right where found"},
    Words{measure::kFalseCallsMean, "false calls a board, mean"},
    Words{measure::kFalseCallsMedian, "false calls a board, median", 1},
    Words{measure::kClean, "unchanged boards without a finding"},
    Words{measure::kRefused, "strangers refused"},
    Words{measure::kAligned, "pairs of one board compared"},
    Words{measure::kStatedFound, "stated size found"},
    Words{measure::kStatedFoundOnBoard, "stated size found, on the board alone"},
    Words{measure::kStatedFoundElsewhere, "stated size found, elsewhere"},
    Words{measure::kBelowHalfFound, "half the stated size or less found"},
    Words{measure::kRegistrationP50, "registration error p50 (px)"},
    Words{measure::kRegistrationP95, "registration error p95 (px)"},
    Words{measure::kSecondsMedian, "seconds a case, median"},
    Words{measure::kSecondsMax, "seconds a case, longest"},
    Words{measure::kMemoryMedian, "memory peak (MB), median", 0},
    Words{measure::kMemoryMax, "memory peak (MB), largest", 0},
};

const Words* find_words(const Measure& measure) {
  const auto* found =
      std::find_if(kWords.begin(), kWords.end(), [&](const Words& words) { return words.name == measure.name; });
  return measure.group == "all" && found != kWords.end() ? found : nullptr;
}

int digits_of(const Measure& measure) {
  const Words* words = find_words(measure);
  return words == nullptr ? 2 : words->digits;
}

std::string count_of(int count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, text.size()), ' ');
}

std::string right(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

constexpr std::size_t kNameWidth = 38;

std::string ground_row(const StatedOnGround& ground, std::string_view indent) {
  return padded(std::string(indent) + ground.ground, kNameWidth) + right(words_of(ground.at_or_above), 13) +
         right(words_of(ground.below_half), 20) + "\n";
}

std::string stated_table(const StatedSizes& stated) {
  if (stated.sizes.empty()) {
    return "";
  }
  std::string text("\n");
  text.append(sentence_on(stated)).append("\n");
  if (stated.grounds.empty()) {
    return text;
  }
  text.append("\n").append(padded("extra parts found, by their size", kNameWidth));
  text += right("stated size", 13) + right("half of it or less", 20) + "\n" + ground_row(on_all_grounds(stated), "");
  for (const bool on_board : {true, false}) {
    text += ground_row(on_grounds(stated, on_board), "");
    for (const StatedOnGround& ground : stated.grounds) {
      text += ground.on_board == on_board ? ground_row(ground, "  ") : "";
    }
  }
  return text;
}

std::string comparison_table(const Comparison& comparison) {
  std::string text = extent_of(comparison) + "\n";
  if (comparison.values.empty()) {
    return text;
  }
  text += std::string("\n") + padded("", kNameWidth) + "   before      now    difference (95 %)\n";
  std::string group = "all";
  for (const ComparedValue& value : comparison.values) {
    if (!value.before && !value.now) {
      continue;
    }
    if (value.measure.group != group) {
      group = value.measure.group;
      text += "recall at 1 false call a board, by " + group + "\n";
    }
    text += padded(std::string(group == "all" ? "" : "  ") + words_of(value.measure), kNameWidth) +
            right(number_of(value.measure, value.before), 9) + right(number_of(value.measure, value.now), 9) + "    " +
            padded(signed_interval_of(value.measure, value.difference), 19) + " " +
            std::string(name_of(value.verdict)) + "\n";
  }
  return text;
}

}  // namespace

std::string words_of(const Measure& measure) {
  const Words* words = find_words(measure);
  return words == nullptr ? measure.name : std::string(words->words);
}

std::string number_of(const Measure& measure, const std::optional<double>& value) {
  return value ? imaging::fixed_text(*value, digits_of(measure)) : "-";
}

std::string interval_of(const Measure& measure, const std::optional<Bounds>& bounds) {
  return bounds ? number_of(measure, bounds->low) + " to " + number_of(measure, bounds->high) : "-";
}

std::string signed_interval_of(const Measure& measure, const std::optional<Bounds>& bounds) {
  const auto with_sign = [&](double value) {
    const std::string text = number_of(measure, value);
    return std::string(text.starts_with('-') ? "" : "+") + text;
  };
  return bounds ? with_sign(bounds->low) + " to " + with_sign(bounds->high) : "-";
}

std::string extent_of(const Evaluation& evaluation) {
  const auto strangers = std::count_if(evaluation.cases.begin(), evaluation.cases.end(),
                                       [](const CaseResult& result) { return !result.same_board; });
  return evaluation.tool + ": " + count_of(static_cast<int>(evaluation.cases.size()), "case", "cases") + " of " +
         count_of(evaluation.boards, "board", "boards") + " with " + count_of(evaluation.changes, "change", "changes") +
         "; " + count_of(static_cast<int>(strangers), "pair", "pairs") + " of strangers; " +
         count_of(evaluation.not_aligned, "pair", "pairs") + " of one board refused; the tool failed on " +
         count_of(evaluation.trouble, "case", "cases") + ".";
}

std::string extent_of(const Comparison& comparison) {
  std::string text = "Compared with " + comparison.tool_before + " on the " +
                     count_of(comparison.cases, "case", "cases") + " of " +
                     count_of(comparison.boards, "board", "boards") + " that both have";
  if (comparison.cases_only_before + comparison.cases_only_now > 0) {
    text += "; left out: " + count_of(comparison.cases_only_before, "case", "cases") + " only before, " +
            count_of(comparison.cases_only_now, "case", "cases") + " only now (" +
            count_of(comparison.boards_only_before, "board", "boards") + " only before, " +
            count_of(comparison.boards_only_now, "board", "boards") + " only now)";
  }
  text += ".";
  if (comparison.boards > 0 && comparison.boards < kLeastBoardsToCompare) {
    text += " With fewer than " + std::to_string(kLeastBoardsToCompare) + " boards no difference is called clear.";
  }
  return text;
}

bool is_shown(const MeasuredValue& measured) {
  const auto& names = measure::kOfStatements;
  return measured.measure.group == "all" &&
         (measured.value || std::find(names.begin(), names.end(), measured.measure.name) == names.end());
}

std::string words_of(const std::optional<StatedSize>& size) {
  return size ? imaging::number_text(size->length_mm) + " x " + imaging::number_text(size->width_mm) + " mm"
              : "no size";
}

std::string words_of(const FoundCount& count) {
  return std::to_string(count.found) + " of " + std::to_string(count.parts);
}

std::string sentence_on(const StatedSizes& stated) {
  std::string text;
  for (const StatedByCases& by_cases : stated.sizes) {
    text += (text.empty() ? "Stated sizes: " : ", ") + words_of(by_cases.size) + " on " +
            count_of(by_cases.cases, "pair", "pairs");
  }
  return text.empty() ? text : text + ".";
}

std::string summary_text(const Evaluation& evaluation, const std::optional<Comparison>& comparison) {
  std::string text = extent_of(evaluation) + "\n\n" + padded("", kNameWidth) + "    value    95 % of draws of boards\n";
  for (const MeasuredValue& measured : evaluation.measures) {
    if (is_shown(measured)) {
      text += padded(words_of(measured.measure), kNameWidth) + right(number_of(measured.measure, measured.value), 9) +
              "    " + interval_of(measured.measure, measured.bounds) + "\n";
    }
  }
  text += stated_table(evaluation.stated);
  return comparison ? text + "\n" + comparison_table(*comparison) : text;
}

}  // namespace boarddiff::datasets
