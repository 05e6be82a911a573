// SPDX-License-Identifier: Apache-2.0
#include "compare/s_expression.h"

#include "imaging/base/error.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace boarddiff::compare {
namespace {

constexpr std::size_t kMostNodes = 60'000'000;
constexpr std::size_t kDeepest = 64;
constexpr double kLargest = 1e6;

bool is_space(char letter) { return letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r'; }

bool ends_word(char letter) { return is_space(letter) || letter == '(' || letter == ')' || letter == '"'; }

// Names of our own choosing are short; what stands in a file may not be.
std::string shown(std::string_view text) {
  std::string line;
  for (const char letter : text.substr(0, 40)) {
    line += static_cast<unsigned char>(letter) < 32 || letter == 127 ? '?' : letter;
  }
  return line;
}

}  // namespace

SExpressionText::SExpressionText(std::string text, std::string name) : text_(std::move(text)), name_(std::move(name)) {
  if (text_.size() >= std::numeric_limits<std::uint32_t>::max()) {
    throw imaging::Error(imaging::ErrorCode::too_large, name_ + ": has more than 4 GB");
  }
  read();
}

void SExpressionText::fail(std::uint32_t line, const std::string& reason) const {
  throw imaging::Error(imaging::ErrorCode::damaged_file, name_ + ":" + std::to_string(line) + ": " + reason);
}

// Without recursion: files of others decide how deep lists are.
void SExpressionText::read() {  // NOLINT(readability-function-cognitive-complexity): one loop over the letters
  std::vector<std::uint32_t> open;
  std::uint32_t line = 1;
  const auto size = static_cast<std::uint32_t>(text_.size());
  const auto add = [&](const Node& node) {
    if (open.empty() && (!node.list || !nodes_.empty())) fail(node.line, "is not one list in parentheses");
    if (nodes_.size() >= kMostNodes) fail(node.line, "has more than 60 million words");
    nodes_.push_back(node);
    nodes_.back().next = static_cast<std::uint32_t>(nodes_.size());
  };
  for (std::uint32_t at = 0; at < size;) {
    const char letter = text_[at];
    if (letter == '\n') ++line;
    if (is_space(letter)) {
      ++at;
    } else if (letter == '(') {
      if (open.size() >= kDeepest) fail(line, "is nested more than 64 deep");
      add({at, 1, line, 0, true, false});
      open.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
      ++at;
    } else if (letter == ')') {
      if (open.empty()) fail(line, "closes a parenthesis that is not open");
      nodes_[open.back()].next = static_cast<std::uint32_t>(nodes_.size());
      open.pop_back();
      ++at;
    } else if (letter == '"') {
      const std::uint32_t start = ++at;
      const std::uint32_t start_line = line;
      while (at < size && text_[at] != '"') {
        if (text_[at] == '\n') ++line;
        at += text_[at] == '\\' ? 2U : 1U;
      }
      if (at >= size) fail(start_line, "begins a quoted text that does not end");
      add({start, at - start, start_line, 0, false, true});
      ++at;
    } else {
      const std::uint32_t start = at;
      while (at < size && !ends_word(text_[at])) ++at;
      add({start, at - start, line, 0, false, false});
    }
  }
  if (nodes_.empty()) fail(line, "is not one list in parentheses");
  if (!open.empty()) fail(nodes_[open.back()].line, "begins a list that is not closed");
}

bool SExpression::is_list() const { return owner_->nodes_[index_].list; }

std::string_view SExpression::head() const {
  const auto& nodes = owner_->nodes_;
  const std::uint32_t first = index_ + 1;
  if (!is_list() || first >= nodes[index_].next || nodes[first].list) return {};
  return std::string_view(owner_->text_).substr(nodes[first].first, nodes[first].length);
}

std::vector<SExpression> SExpression::elements() const {
  std::vector<SExpression> found;
  const auto& nodes = owner_->nodes_;
  if (!is_list()) return found;
  std::uint32_t at = index_ + 1;
  if (at < nodes[index_].next && !nodes[at].list) ++at;
  for (; at < nodes[index_].next; at = nodes[at].next) {
    found.push_back(SExpression(*owner_, at));
  }
  return found;
}

std::optional<SExpression> SExpression::find(std::string_view head) const {
  const auto& nodes = owner_->nodes_;
  if (!is_list()) return {};
  for (std::uint32_t at = index_ + 1; at < nodes[index_].next; at = nodes[at].next) {
    const SExpression element(*owner_, at);
    if (element.is_list() && element.head() == head) return element;
  }
  return {};
}

bool SExpression::has_word(std::string_view word) const {
  for (const SExpression& element : elements()) {
    if (!element.is_list() && element.text() == word) return true;
  }
  return false;
}

std::string SExpression::text() const {
  const auto& node = owner_->nodes_[index_];
  if (node.list) fail("has a list where a word belongs");
  const std::string_view raw = std::string_view(owner_->text_).substr(node.first, node.length);
  if (!node.quoted || raw.find('\\') == std::string_view::npos) return std::string(raw);
  std::string plain;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      plain += raw[i];
      continue;
    }
    const char escaped = raw[++i];
    plain += escaped == 'n' ? '\n' : (escaped == 't' ? '\t' : (escaped == 'r' ? '\r' : escaped));
  }
  return plain;
}

double SExpression::number() const {
  const auto& node = owner_->nodes_[index_];
  const std::string_view raw = std::string_view(owner_->text_).substr(node.first, node.length);
  double value = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  if (node.list || error != std::errc{} || end != raw.data() + raw.size() || !std::isfinite(value) ||
      std::abs(value) > kLargest) {
    fail("has '" + shown(raw) + "' where a number belongs");
  }
  return value;
}

std::string SExpression::text_at(std::size_t place) const {
  const std::vector<SExpression> all = elements();
  return place < all.size() && !all[place].is_list() ? all[place].text() : std::string();
}

double SExpression::number_at(std::size_t place) const {
  const std::vector<SExpression> all = elements();
  if (place >= all.size()) fail("'" + shown(head()) + "' lacks a number");
  return all[place].number();
}

void SExpression::fail(const std::string& reason) const { owner_->fail(owner_->nodes_[index_].line, reason); }

}  // namespace boarddiff::compare
