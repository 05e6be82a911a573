// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/json_fields.h"

#include "imaging/base/error.h"

#include <cmath>
#include <fstream>
#include <iterator>
#include <system_error>

namespace boarddiff::datasets {

using imaging::Error;
using imaging::ErrorCode;
using Json = nlohmann::json;

std::string text_of_file(const std::filesystem::path& path) {
  std::error_code error;
  std::ifstream stream(path, std::ios::binary);
  if (!stream || std::filesystem::is_directory(path, error)) {
    throw Error(ErrorCode::unreadable_file, path.string() + ": cannot read the file");
  }
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (stream.bad()) {
    throw Error(ErrorCode::unreadable_file, path.string() + ": cannot read the file");
  }
  return text;
}

Json parsed_json(const std::string& text, const std::string& shown_name) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw Error(ErrorCode::damaged_file, shown_name + ": is no JSON: wrong at byte " + std::to_string(error.byte));
  } catch (const Json::out_of_range&) {
    throw Error(ErrorCode::damaged_file, shown_name + ": holds a number that is too large");
  }
}

void JsonField::fail(const std::string& why) const {
  throw Error(ErrorCode::damaged_file, file_ + ": " + (key_.empty() ? "the document" : key_) + " " + why);
}

std::optional<JsonField> JsonField::find(const std::string& key) const {
  if (!value_->is_object()) {
    fail("must be an object");
  }
  const auto found = value_->find(key);
  if (found == value_->end() || found->is_null()) {
    return {};
  }
  return JsonField(*found, file_, key_.empty() ? key : key_ + "." + key);
}

JsonField JsonField::at(const std::string& key) const {
  const auto found = find(key);
  if (!found) {
    fail("has no \"" + key + "\"");
  }
  return *found;
}

std::vector<JsonField> JsonField::items() const {
  if (!value_->is_array()) {
    fail("must be a list");
  }
  std::vector<JsonField> fields;
  for (std::size_t i = 0; i < value_->size(); ++i) {
    fields.push_back(JsonField((*value_)[i], file_, key_ + "[" + std::to_string(i) + "]"));
  }
  return fields;
}

bool JsonField::is_empty_text() const { return value_->is_string() && value_->get_ref<const std::string&>().empty(); }

std::string JsonField::text() const {
  if (!value_->is_string() || value_->get_ref<const std::string&>().empty()) {
    fail("must be a text");
  }
  return value_->get<std::string>();
}

double JsonField::number() const {
  if (!value_->is_number() || !std::isfinite(value_->get<double>())) {
    fail("must be a number");
  }
  return value_->get<double>();
}

bool JsonField::truth() const {
  if (!value_->is_boolean()) {
    fail("must be true or false");
  }
  return value_->get<bool>();
}

std::vector<double> JsonField::numbers() const {
  std::vector<double> result;
  for (const JsonField& field : items()) {
    result.push_back(field.number());
  }
  return result;
}

std::vector<JsonField> JsonField::items_of(const std::string& key) const {
  const auto field = find(key);
  return field ? field->items() : std::vector<JsonField>{};
}

std::string JsonField::text_of(const std::string& key, const std::string& otherwise) const {
  const auto field = find(key);
  return field ? field->text() : otherwise;
}

double JsonField::number_of(const std::string& key, double otherwise) const {
  const auto field = find(key);
  return field ? field->number() : otherwise;
}

bool JsonField::truth_of(const std::string& key, bool otherwise) const {
  const auto field = find(key);
  return field ? field->truth() : otherwise;
}

}  // namespace boarddiff::datasets
