// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

class SExpressionText;

// A word or a list of a text in parentheses, as KiCad writes them: (at 12.5 30 90). Looks into an SExpressionText and
// lives no longer than that. What fails throws imaging::Error naming the file, the line and the reason.
class SExpression {
 public:
  [[nodiscard]] bool is_list() const;
  // The first word of a list; empty for a word and for a list that begins with a list.
  [[nodiscard]] std::string_view head() const;
  // The elements of a list, without its head.
  [[nodiscard]] std::vector<SExpression> elements() const;
  // The first list among the elements that has this head.
  [[nodiscard]] std::optional<SExpression> find(std::string_view head) const;
  // Whether this word stands among the elements.
  [[nodiscard]] bool has_word(std::string_view word) const;

  [[nodiscard]] std::string text() const;  // of a word, without quotes and escapes
  [[nodiscard]] double number() const;     // of a word: finite, at most a million
  // The same of the element at this place; text: empty where there is no word.
  [[nodiscard]] std::string text_at(std::size_t place) const;
  [[nodiscard]] double number_at(std::size_t place) const;

  [[noreturn]] void fail(const std::string& reason) const;

 private:
  friend class SExpressionText;
  SExpression(const SExpressionText& owner, std::uint32_t index) : owner_(&owner), index_(index) {}

  const SExpressionText* owner_;
  std::uint32_t index_;
};

// The text and what stands where in it.
class SExpressionText {
 public:
  // One list, with nothing but white space behind it. Throws imaging::Error (damaged_file): not closed, nested more
  // than 64 deep, more than 60 million words; `name` is the file's in messages.
  SExpressionText(std::string text, std::string name);
  SExpressionText(const SExpressionText&) = delete;
  SExpressionText& operator=(const SExpressionText&) = delete;

  [[nodiscard]] SExpression root() const { return {*this, 0}; }

 private:
  friend class SExpression;
  // In the order of the text, so that the elements of a list follow it.
  struct Node {
    std::uint32_t first = 0;  // of the text
    std::uint32_t length = 0;
    std::uint32_t line = 0;
    std::uint32_t next = 0;  // behind all that belongs to this node
    bool list = false;
    bool quoted = false;
  };
  void read();
  [[noreturn]] void fail(std::uint32_t line, const std::string& reason) const;

  std::string text_;
  std::string name_;
  std::vector<Node> nodes_ = {};
};

}  // namespace boarddiff::compare
