// SPDX-License-Identifier: Apache-2.0
#include "cli/export/export_words.h"
#include "cli/export/formats.h"
#include "cli/export/kinds.h"
#include "cli/export/picture_names.h"
#include "compare/json_numbers.h"

namespace boarddiff::cli {
namespace {

using compare::kPixelDigits;
using compare::rounded;

// COCO counts from the corner of the first pixel, and not from its middle.
constexpr double kCorner = 0.5;

ExportJson outline_of(const imaging::Box& box) {
  ExportJson outline = ExportJson::array();
  for (const imaging::Point& corner : imaging::corners(box)) {
    outline.push_back(rounded(corner.x() + kCorner, kPixelDigits));
    outline.push_back(rounded(corner.y() + kCorner, kPixelDigits));
  }
  return outline;
}

ExportJson attributes_of(const ExportedBoard& board, const ExportedFinding& one) {
  return {{"board", board.title()},
          {"finding", one.found.number},
          {"above_threshold", one.found.above_threshold},
          {"reason", one.found.reason},
          {"decision", name_of(one.decided.state())},
          {"dismissed_as", dismissals_of(one.decided)},
          {"reviewers", reviewers_of(one.decided)},
          {"comments", comments_of(one.decided)}};
}

enum class Outline { corners, none };

ExportJson annotation_of(const ExportedBoard& board, const ExportedFinding& one, Outline outline) {
  const imaging::Box& box = one.found.sample_box;
  ExportJson outlines = ExportJson::array();
  if (outline == Outline::corners) outlines.push_back(outline_of(box));
  return {{"bbox", compare::box_document({box.x + kCorner, box.y + kCorner, box.width, box.height}, kPixelDigits)},
          {"segmentation", outlines},
          {"area", rounded(box.area(), kPixelDigits)},
          {"iscrowd", 0},
          {"score", rounded(one.found.score, compare::kShareDigits)},
          {"attributes", attributes_of(board, one)}};
}

std::string text_with(Outline outline, const CaseExport& exported) {
  const std::vector<std::string> kinds = kinds_in(exported);
  ExportJson categories = ExportJson::array();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    categories.push_back({{"id", i + 1}, {"name", kinds[i]}, {"supercategory", "finding"}});
  }
  ExportJson images = ExportJson::array();
  ExportJson annotations = ExportJson::array();
  for (const ExportedPicture& picture : pictures_of(exported)) {
    if (picture.size.empty()) continue;
    images.push_back({{"id", images.size() + 1},
                      {"file_name", picture.name},
                      {"width", picture.size.width},
                      {"height", picture.size.height},
                      {"sha256", picture.sha256}});
    for (const ExportedBoard* board : picture.boards) {
      for (const ExportedFinding& one : board->findings) {
        ExportJson annotation = {{"id", annotations.size() + 1},
                                 {"image_id", images.size()},
                                 {"category_id", index_of(one.found.kind, kinds) + 1}};
        annotation.update(annotation_of(*board, one, outline));
        annotations.push_back(std::move(annotation));
      }
    }
  }
  return json_file_text({{"info", {{"description", "boarddiff " + exported.file}, {"version", BOARDDIFF_VERSION}}},
                         {"images", images},
                         {"categories", categories},
                         {"annotations", annotations}});
}

}  // namespace

std::string coco_text(const CaseExport& exported) { return text_with(Outline::corners, exported); }

std::string coco_boxes_text(const CaseExport& exported) { return text_with(Outline::none, exported); }

}  // namespace boarddiff::cli
