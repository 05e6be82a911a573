// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/case_fields.h"

#include <algorithm>

namespace boarddiff::datasets {
namespace {

CaseChange change_in(const JsonField& field) {
  CaseChange change;
  change.id = field.at("id").text();
  change.kind = field.at("kind").text();
  change.box = box_in(field.at("box"));
  for (const JsonField& place : field.items_of("also")) {
    change.also.push_back(box_in(place));
  }
  if (const auto size = field.find("size_mm")) {
    change.size_mm = size->numbers();
    if (change.size_mm.size() != 2 && change.size_mm.size() != 3) {
      size->fail("must be 2 or 3 numbers");
    }
  }
  change.background = field.text_of("background", "");
  const auto contrast = field.find("contrast_to_noise");
  const auto changed = field.find("changed_px");
  if (contrast && changed) {
    change.visibility = XrayVisibility{.contrast_to_noise = contrast->number(), .changed_px = changed->number()};
  }
  if (const auto polygon = field.find("reference_polygon")) {
    change.reference_polygon = polygon_in(*polygon);
  }
  return change;
}

}  // namespace

imaging::Box box_in(const JsonField& field) {
  const std::vector<double> numbers = field.numbers();
  if (numbers.size() != 4 || numbers[2] < 0 || numbers[3] < 0) {
    field.fail("must be 4 numbers: x, y, width, height");
  }
  return {numbers[0], numbers[1], numbers[2], numbers[3]};
}

imaging::Polygon polygon_in(const JsonField& field) {
  imaging::Polygon polygon;
  for (const JsonField& corner : field.items()) {
    const std::vector<double> numbers = corner.numbers();
    if (numbers.size() != 2) {
      corner.fail("must be 2 numbers: x, y");
    }
    polygon.emplace_back(numbers[0], numbers[1]);
  }
  return polygon;
}

imaging::Modality modality_in(const JsonField& one_case) {
  const std::string text = one_case.text_of("modality", "photo");
  if (text != "photo" && text != "xray") {
    one_case.at("modality").fail("must be \"photo\" or \"xray\"");
  }
  return text == "xray" ? imaging::Modality::xray : imaging::Modality::photo;
}

bool same_board_in(const JsonField& one_case) {
  const std::string text = one_case.text_of("expect", "alignable");
  if (text != "alignable" && text != "not-the-same-board") {
    one_case.at("expect").fail("must be \"alignable\" or \"not-the-same-board\"");
  }
  return text == "alignable";
}

std::vector<CaseChange> changes_in(const JsonField& list) {
  std::vector<CaseChange> changes;
  for (const JsonField& field : list.items()) {
    CaseChange change = change_in(field);
    const auto is_taken = [&](const std::string& id) {
      return std::any_of(changes.begin(), changes.end(), [&](const CaseChange& other) { return other.id == id; });
    };
    // Two parts of one package may have been given one id; each of them counts.
    const std::string id = change.id;
    for (int number = 2; is_taken(change.id); ++number) {
      change.id = id + " (" + std::to_string(number) + ")";
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

Eigen::Matrix3d homography_in(const JsonField& field) {
  const std::vector<double> numbers = field.numbers();
  if (numbers.size() != 9) {
    field.fail("must be 9 numbers");
  }
  return Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(numbers.data());
}

StatedSize stated_size_in(const JsonField& field) {
  const std::vector<double> numbers = field.numbers();
  if (numbers.size() != 2 || numbers[0] < numbers[1] || numbers[1] <= 0) {
    field.fail("must be 2 numbers above 0: length and width");
  }
  return {.length_mm = numbers[0], .width_mm = numbers[1]};
}

}  // namespace boarddiff::datasets
