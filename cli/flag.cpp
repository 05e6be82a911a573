// SPDX-License-Identifier: Apache-2.0
#include "cli/flag.h"

#include "imaging/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace boarddiff::cli {
namespace {

// The whole text must be the number: no plus sign, no spaces, no unit.
template <typename Number>
bool read_number(const std::string& text, Number& number) {
  Number read = {};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, read);
  if (error != std::errc() || stopped != end) {
    return false;
  }
  number = read;
  return true;
}

Choice choice_of(imaging::Modality* field) {
  return choice(field, std::array{imaging::Modality::photo, imaging::Modality::xray});
}

std::string joined(const std::vector<std::string>& names, const std::string& between, const std::string& before_last) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += (i == 0 ? "" : (i + 1 == names.size() ? before_last : between)) + names[i];
  }
  return text;
}

struct Reader {
  const std::string& text;

  std::optional<std::string> operator()(bool* field) const {
    const bool yes = text == "true" || text == "yes" || text == "on" || text == "1";
    const bool no = text == "false" || text == "no" || text == "off" || text == "0";
    if (!yes && !no) {
      return "must be true or false";
    }
    *field = yes;
    return {};
  }
  std::optional<std::string> operator()(int* field) const {
    return read_number(text, *field) ? std::optional<std::string>{} : "must be a whole number";
  }
  std::optional<std::string> operator()(std::uint64_t* field) const {
    return read_number(text, *field) ? std::optional<std::string>{} : "must be a whole number of at least 0";
  }
  std::optional<std::string> operator()(double* field) const {
    return read_number(text, *field) ? std::optional<std::string>{} : "must be a number";
  }
  std::optional<std::string> operator()(std::optional<double>* field) const {
    double number = 0;
    if (!read_number(text, number)) {
      return "must be a number";
    }
    *field = number;
    return {};
  }
  std::optional<std::string> operator()(std::filesystem::path* field) const {
    if (text.empty()) {
      return "must not be empty";
    }
    *field = text;
    return {};
  }
  std::optional<std::string> operator()(std::string* field) const {
    *field = text;
    return {};
  }
  std::optional<std::string> operator()(imaging::Modality* field) const { return (*this)(choice_of(field)); }
  std::optional<std::string> operator()(const Choice& field) const {
    const auto found = std::find(field.names.begin(), field.names.end(), text);
    if (found == field.names.end()) {
      return "must be " + joined(field.names, ", ", " or ");
    }
    field.set(static_cast<std::size_t>(found - field.names.begin()));
    return {};
  }
};

struct Writer {
  std::string operator()(const bool* field) const { return *field ? "true" : "false"; }
  std::string operator()(const int* field) const { return std::to_string(*field); }
  std::string operator()(const std::uint64_t* field) const { return std::to_string(*field); }
  std::string operator()(const double* field) const { return imaging::number_text(*field); }
  std::string operator()(const std::optional<double>* field) const {
    return field->has_value() ? imaging::number_text(**field) : "";
  }
  std::string operator()(const std::filesystem::path* field) const { return field->string(); }
  std::string operator()(const std::string* field) const { return *field; }
  std::string operator()(const imaging::Modality* field) const { return std::string(imaging::name_of(*field)); }
  std::string operator()(const Choice& field) const {
    const std::size_t index = field.get();
    return index < field.names.size() ? field.names[index] : "";
  }
};

}  // namespace

std::optional<std::string> set_field(const Field& field, const std::string& text) {
  return std::visit(Reader{text}, field);
}

std::string field_text(const Field& field) { return std::visit(Writer{}, field); }

std::vector<std::string> names_of(const Field& field) {
  if (const auto* modality = std::get_if<imaging::Modality*>(&field)) {
    return choice_of(*modality).names;
  }
  const auto* named = std::get_if<Choice>(&field);
  return named == nullptr ? std::vector<std::string>{} : named->names;
}

std::string value_name(const Field& field) {
  if (std::holds_alternative<bool*>(field)) {
    return "";
  }
  if (std::holds_alternative<std::filesystem::path*>(field)) {
    return "PATH";
  }
  if (std::holds_alternative<std::string*>(field)) {
    return "TEXT";
  }
  const std::vector<std::string> names = names_of(field);
  return names.empty() ? "N" : joined(names, "|", "|");
}

}  // namespace boarddiff::cli
