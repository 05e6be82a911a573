// SPDX-License-Identifier: Apache-2.0
#include "cli/export/export_words.h"
#include "cli/export/formats.h"
#include "imaging/base/printable_text.h"

#include <pugixml.hpp>
#include <sstream>

namespace boarddiff::cli {
namespace {

// XML has no way to write control characters, and pugixml takes only UTF-8.
std::string xml_text(const std::string& text) {
  constexpr std::size_t kMostCharacters = 10'000;
  return imaging::printable_text(text, kMostCharacters);
}

void set(pugi::xml_node node, const char* name, const std::string& text) {
  node.append_attribute(name).set_value(xml_text(text).c_str());
}

std::string failure_message(const ExportedBoard& board) {
  const int count = board.counting();
  if (count > 0) return std::to_string(count) + (count == 1 ? " finding" : " findings") + " to review";
  return board.is_suspected() ? "the whole board is " + decision_words(board.decided) : board.board.reason;
}

// One line a finding, also of those that do not count any more.
std::string failure_text(const ExportedBoard& board) {
  std::string lines;
  for (const ExportedFinding& one : board.findings) {
    lines.append(std::to_string(one.found.number)).append(". ").append(xml_text(sentence_on(one.found)));
    lines.append(" [").append(xml_text(decision_words(one.decided))).append("]\n");
  }
  return lines;
}

struct Counts {
  int failures = 0;
  int errors = 0;
  int skipped = 0;
};

void add_ending(pugi::xml_node test, const ExportedBoard& board, Counts& counts) {
  if (board.board.state == "waiting") {
    ++counts.skipped;
    set(test.append_child("skipped"), "message", trouble_words(board.board));
    return;
  }
  const ExitStatus status = board.status();
  if (status == ExitStatus::nothing_found) return;
  const bool is_failure = status == ExitStatus::needs_review;
  ++(is_failure ? counts.failures : counts.errors);
  pugi::xml_node ending = test.append_child(is_failure ? "failure" : "error");
  set(ending, "message", is_failure ? failure_message(board) : trouble_words(board.board));
  set(ending, "type", is_failure ? "needs_review" : status == ExitStatus::trouble ? "trouble" : "not_comparable");
  ending.append_child(pugi::node_pcdata).set_value(failure_text(board).c_str());
}

void set_counts(pugi::xml_node node, std::size_t tests, const Counts& counts) {
  node.append_attribute("tests").set_value(static_cast<unsigned long long>(tests));
  node.append_attribute("failures").set_value(counts.failures);
  node.append_attribute("errors").set_value(counts.errors);
  node.append_attribute("skipped").set_value(counts.skipped);
}

}  // namespace

std::string junit_text(const CaseExport& exported) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version").set_value("1.0");
  declaration.append_attribute("encoding").set_value("UTF-8");
  pugi::xml_node suites = document.append_child("testsuites");
  pugi::xml_node suite = suites.append_child("testsuite");
  set(suite, "name", exported.file);
  Counts counts;
  for (const ExportedBoard& board : exported.boards) {
    pugi::xml_node test = suite.append_child("testcase");
    set(test, "classname", board.board.lot.empty() ? "boards" : board.board.lot);
    set(test, "name", board.title());
    add_ending(test, board, counts);
  }
  set_counts(suite, exported.boards.size(), counts);
  set_counts(suites, exported.boards.size(), counts);
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

}  // namespace boarddiff::cli
