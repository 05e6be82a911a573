// SPDX-License-Identifier: Apache-2.0
#include "cli/flag.h"

#include "imaging/base/text.h"

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
  std::optional<std::string> operator()(imaging::Modality* field) const {
    for (const auto modality : {imaging::Modality::photo, imaging::Modality::xray}) {
      if (text == imaging::name_of(modality)) {
        *field = modality;
        return {};
      }
    }
    return "must be photo or xray";
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
  std::string operator()(const imaging::Modality* field) const { return std::string(imaging::name_of(*field)); }
};

}  // namespace

std::optional<std::string> set_field(const Field& field, const std::string& text) {
  return std::visit(Reader{text}, field);
}

std::string field_text(const Field& field) { return std::visit(Writer{}, field); }

std::string value_name(const Field& field) {
  if (std::holds_alternative<bool*>(field)) {
    return "";
  }
  if (std::holds_alternative<std::filesystem::path*>(field)) {
    return "PATH";
  }
  return std::holds_alternative<imaging::Modality*>(field) ? "photo|xray" : "N";
}

}  // namespace boarddiff::cli
