// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/read_case.h"

#include "datasets/evaluation/case_fields.h"

namespace boarddiff::datasets {
namespace {

PointPair point_in(const JsonField& field) {
  const std::vector<double> numbers = field.numbers();
  if (numbers.size() != 4) {
    field.fail("must be 4 numbers: x, y in the reference, x, y in the sample");
  }
  PointPair point;
  point.in_reference = {numbers[0], numbers[1]};
  point.in_sample = {numbers[2], numbers[3]};
  return point;
}

}  // namespace

Case case_in_text(const std::string& text, const std::filesystem::path& folder, const std::string& shown_name) {
  const nlohmann::json document = parsed_json(text, shown_name);
  const JsonField root(document, shown_name);
  Case result;
  result.folder = folder;
  // A folder may be named with a slash behind it, or as ".".
  const std::filesystem::path whole = std::filesystem::absolute(folder / "").lexically_normal().parent_path();
  result.name = whole.filename().string();
  result.reference = folder / root.at("reference").text();
  result.sample = folder / root.at("sample").text();
  for (const JsonField& name : root.items_of("references")) {
    result.known_good.push_back(folder / name.text());
    if (result.known_good.front() != result.reference) {
      name.fail("must be the reference, which comes first");
    }
  }
  if (result.known_good.empty()) {
    result.known_good.push_back(result.reference);
  }
  result.modality = modality_in(root);
  result.same_board = same_board_in(root);
  result.exhaustive = root.truth_of("exhaustive", true);
  result.board = root.text_of("board", result.name);
  result.style = root.text_of("style", "");
  result.severity = root.text_of("severity", "");
  if (const auto scale = root.find("px_per_mm_reference")) {
    result.pixels_per_mm = scale->number();
    if (*result.pixels_per_mm <= 0) {
      scale->fail("must be above 0");
    }
  }
  result.changes = changes_in(root.at("changes"));
  for (const JsonField& polygon : root.items_of("ignore")) {
    result.ignore.push_back(polygon_in(polygon));
  }
  for (const JsonField& point : root.items_of("points")) {
    result.points.push_back(point_in(point));
  }
  return result;
}

Case read_case(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "case.json";
  return case_in_text(text_of_file(path), folder, path.string());
}

}  // namespace boarddiff::datasets
