// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::datasets {

// The whole file. Throws Error{unreadable_file}.
[[nodiscard]] std::string text_of_file(const std::filesystem::path& path);

// Throws Error{damaged_file} with the place where the text stops being JSON, or for a number beyond all finite ones.
[[nodiscard]] nlohmann::json parsed_json(const std::string& text, const std::string& shown_name);

// A value of a JSON document and the way to it, so that every complaint names both file and key: "changes[1].box".
// A key that is null counts as absent. The document outlives its fields. All throw Error{damaged_file}.
class JsonField {
 public:
  JsonField(const nlohmann::json& document, std::string shown_name) : value_(&document), file_(std::move(shown_name)) {}

  [[nodiscard]] JsonField at(const std::string& key) const;  // must be there
  [[nodiscard]] std::optional<JsonField> find(const std::string& key) const;
  [[nodiscard]] std::vector<JsonField> items() const;  // of a list

  [[nodiscard]] std::string text() const;  // not empty
  [[nodiscard]] bool is_empty_text() const;
  [[nodiscard]] double number() const;  // finite
  [[nodiscard]] bool truth() const;
  [[nodiscard]] std::vector<double> numbers() const;  // a list of finite numbers

  // The same for a key that may be absent.
  [[nodiscard]] std::vector<JsonField> items_of(const std::string& key) const;
  [[nodiscard]] std::string text_of(const std::string& key, const std::string& otherwise) const;
  [[nodiscard]] double number_of(const std::string& key, double otherwise) const;
  [[nodiscard]] bool truth_of(const std::string& key, bool otherwise) const;

  // The way to it; empty for the document.
  [[nodiscard]] const std::string& key() const { return key_; }

  // "FILE: KEY WHY"
  [[noreturn]] void fail(const std::string& why) const;

 private:
  JsonField(const nlohmann::json& value, std::string shown_name, std::string key)
      : value_(&value), file_(std::move(shown_name)), key_(std::move(key)) {}

  const nlohmann::json* value_;
  std::string file_;
  std::string key_ = {};
};

}  // namespace boarddiff::datasets
