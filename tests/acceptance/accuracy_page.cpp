// SPDX-License-Identifier: Apache-2.0
// Prints docs/accuracy.md: accuracy_page TEMPLATE SET=OURS.json,PLAIN.json,CLUSTERS.json ... NAME=TEXT.md ...
// NAME=by-style:OURS.json,PLAIN.json,CLUSTERS.json ... NAME=boards:1:ONE.json,2:TWO.json ...
// NAME=xrays:OURS.json,PLAIN.json,LOGARITHMS.json ...
// In the template a line "{{SET}}" stands for the tables of that set, "{{NAME}}" for the text, for the figures of a set
// and those of each style, for the table of a set by the number of known-good boards it was inspected with, or for the
// tables of a set of X-rays.
#include "datasets/evaluation/evaluation_json.h"
#include "datasets/evaluation/evaluation_words.h"
#include "imaging/base/error.h"
#include "imaging/base/order_statistics.h"
#include "imaging/base/text.h"

#include <array>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace datasets = boarddiff::datasets;
using datasets::Evaluation;
using datasets::MeasuredValue;

namespace {

// One set of boards, through the program and through the yardsticks.
struct Set {
  Evaluation ours = {};
  Evaluation plain = {};
  Evaluation other = {};  // clusters; of X-rays the difference of logarithms
  std::string name_of_other = "clusters";
};

using Groups = std::vector<std::pair<std::string_view, std::string_view>>;
const Groups kXrayGroups = {{"visibility", "By visibility"},   {"severity", "By severity"},
                            {"style", "By style of board"},    {"kind", "By kind of change"},
                            {"size", "By size (longer side)"}, {"background", "By what it stands on"}};
const Groups kGroups = {{"severity", "By severity"},
                        {"style", "By style of board"},
                        {"kind", "By kind of change"},
                        {"size", "By size (longer side)"},
                        {"background", "By what it stands on"}};

Set read_set(const std::string& files, const std::string& name_of_other = "clusters") {
  std::vector<Evaluation> read;
  std::istringstream names(files);
  for (std::string name; std::getline(names, name, ',');) {
    read.push_back(datasets::read_evaluation(name));
  }
  boarddiff::imaging::require(read.size() == 3, "a set names three files with commas between them");
  return {std::move(read[0]), std::move(read[1]), std::move(read[2]), name_of_other};
}

std::string cell(const MeasuredValue& measured) {
  const std::string number = number_of(measured.measure, measured.value);
  return measured.bounds ? number + " (" + interval_of(measured.measure, measured.bounds) + ")" : number;
}

void print_figures(std::ostream& out, const Set& set) {
  out << extent_of(set.ours) << "\n\n| figure | boarddiff | plain difference | " << set.name_of_other
      << " |\n|---|---|---|---|\n";
  for (std::size_t i = 0; i < set.ours.measures.size(); ++i) {
    const MeasuredValue& ours = set.ours.measures[i];
    if (!is_shown(ours)) continue;
    out << "| " << words_of(ours.measure) << " | " << cell(ours) << " | " << cell(set.plain.measures.at(i)) << " | "
        << cell(set.other.measures.at(i)) << " |\n";
  }
}

void print_group(std::ostream& out, const Set& set, std::string_view group, std::string_view title) {
  out << "\n| " << title << " | changes | found at the default threshold | recall at 1 false call a board "
      << "| plain difference | " << set.name_of_other << " |\n|---|---|---|---|---|---|\n";
  for (std::size_t i = 0; i < set.ours.measures.size(); ++i) {
    const MeasuredValue& ours = set.ours.measures[i];
    if (ours.measure.group != group) continue;
    const datasets::GroupCount& count = set.ours.counts.at(i);
    out << "| " << words_of(ours.measure) << " | " << count.changes << " | " << count.found << " | " << cell(ours)
        << " | " << cell(set.plain.measures.at(i)) << " | " << cell(set.other.measures.at(i)) << " |\n";
  }
}

void print_ground(std::ostream& out, const datasets::StatedOnGround& ground) {
  out << "| " << ground.ground << " | " << (ground.on_board ? "yes" : "no") << " | " << words_of(ground.at_or_above)
      << " | " << words_of(ground.below_half) << " |\n";
}

// Only of the program: the yardsticks state nothing.
void print_stated(std::ostream& out, const datasets::StatedSizes& stated) {
  if (stated.sizes.empty()) return;
  out << "\n"
      << sentence_on(stated) << "\n\n| Extra parts found, on | the board alone | of the stated size and larger "
      << "| of half of it and smaller |\n|---|---|---|---|\n";
  const datasets::StatedOnGround all = on_all_grounds(stated);
  out << "| all | | " << words_of(all.at_or_above) << " | " << words_of(all.below_half) << " |\n";
  for (const datasets::StatedOnGround& ground : stated.grounds) {
    print_ground(out, ground);
  }
}

std::string tables_of(const Set& set, const Groups& groups) {
  std::ostringstream out;
  print_figures(out, set);
  print_stated(out, set.ours.stated);
  for (const auto& [group, title] : groups) {
    print_group(out, set, group, title);
  }
  return out.str();
}

std::string tables_by_style(const Set& set) {
  std::ostringstream out;
  print_figures(out, set);
  print_group(out, set, "style", "By style of board");
  return out.str();
}

// The program over one set of boards, with so many known-good ones each.
struct ByBoards {
  std::string boards = {};
  Evaluation evaluation = {};
};

std::vector<ByBoards> read_by_boards(const std::string& list) {
  std::vector<ByBoards> columns;
  std::istringstream entries(list);
  for (std::string entry; std::getline(entries, entry, ',');) {
    const std::size_t sign = entry.find(':');
    boarddiff::imaging::require(sign != std::string::npos, "the boards are NUMBER:FILE with commas between them");
    columns.push_back({entry.substr(0, sign), datasets::read_evaluation(entry.substr(sign + 1))});
  }
  boarddiff::imaging::require(!columns.empty(), "there is at least one number of boards");
  return columns;
}

// Where the threshold is that score.
datasets::CurvePoint at_score(const Evaluation& evaluation, double score) {
  datasets::CurvePoint best{.score = 1};
  for (const datasets::CurvePoint& point : evaluation.curve) {
    if (point.score >= score && point.score <= best.score) best = point;
  }
  return best;
}

double median_processor_seconds(const Evaluation& evaluation) {
  std::vector<float> seconds;
  for (const datasets::CaseResult& result : evaluation.cases) {
    seconds.push_back(static_cast<float>(result.processor_seconds));
  }
  return boarddiff::imaging::median(seconds);
}

std::string table_by_boards(const std::vector<ByBoards>& columns) {
  std::ostringstream out;
  out << extent_of(columns.front().evaluation) << "\n\n| known-good boards |";
  for (const ByBoards& column : columns) out << " " << column.boards << " |";
  out << "\n|---|";
  for (std::size_t i = 0; i < columns.size(); ++i) out << "---|";
  out << "\n";
  const auto row = [&](const std::string& name, const auto& value_of) {
    out << "| " << name << " |";
    for (const ByBoards& column : columns) out << " " << value_of(column.evaluation) << " |";
    out << "\n";
  };
  for (const std::string_view name : {"found", "recall_0.25", "recall_1", "recall_4", "false_calls_mean", "clean"}) {
    const MeasuredValue& first = figure(columns.front().evaluation, name);
    row(std::string(words_of(first.measure)),
        [&](const Evaluation& evaluation) { return cell(figure(evaluation, name)); });
  }
  const double score = columns.front().evaluation.threshold;
  const auto fixed = [](double value) { return boarddiff::imaging::fixed_text(value, 2); };
  row("false calls a board at the score at which one known-good board makes one",
      [&](const Evaluation& evaluation) { return fixed(at_score(evaluation, score).false_calls_a_board); });
  row("recall at that score", [&](const Evaluation& evaluation) { return fixed(at_score(evaluation, score).recall); });
  row("processor seconds a case, median",
      [&](const Evaluation& evaluation) { return fixed(median_processor_seconds(evaluation)); });
  return out.str();
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw boarddiff::imaging::Error(boarddiff::imaging::ErrorCode::unreadable_file, path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// What stands for an argument's name.
std::string text_for(const std::string& value) {
  constexpr std::string_view kBoards = "boards:";
  if (value.starts_with(kBoards)) return table_by_boards(read_by_boards(value.substr(kBoards.size())));
  constexpr std::string_view kByStyle = "by-style:";
  if (value.starts_with(kByStyle)) return tables_by_style(read_set(value.substr(kByStyle.size())));
  constexpr std::string_view kXrays = "xrays:";
  if (value.starts_with(kXrays)) {
    return tables_of(read_set(value.substr(kXrays.size()), "difference of logarithms"), kXrayGroups);
  }
  return value.ends_with(".md") ? text_of(value) : tables_of(read_set(value), kGroups);
}

}  // namespace

int main(int count, char** values) try {
  if (count < 3) {
    std::cerr << "usage: accuracy_page TEMPLATE SET=OURS.json,PLAIN.json,CLUSTERS.json ... NAME=TEXT.md ...\n";
    return 2;
  }
  std::map<std::string, std::string> tables;
  for (int i = 2; i < count; ++i) {
    const std::string text = values[i];
    const std::size_t sign = text.find('=');
    boarddiff::imaging::require(
        sign != std::string::npos,
        "an argument is NAME=TEXT.md, SET=OURS.json,..., NAME=by-style:OURS.json,..., NAME=xrays:OURS.json,... or "
        "NAME=boards:1:ONE.json,...");
    tables["{{" + text.substr(0, sign) + "}}"] = text_for(text.substr(sign + 1));
  }
  std::ifstream page(values[1]);
  if (!page) throw boarddiff::imaging::Error(boarddiff::imaging::ErrorCode::unreadable_file, std::string(values[1]));
  for (std::string line; std::getline(page, line);) {
    const auto found = tables.find(line);
    std::cout << (found == tables.end() ? line + "\n" : found->second);
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "accuracy_page: " << error.what() << "\n";
  return 2;
}
