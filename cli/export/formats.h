// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/export/case_export.h"
#include "cli/output_targets.h"

#include <string>
#include <vector>

// The formats that a case file is written in (docs/case-exports.md). All take texts of any kind.
namespace boarddiff::cli {

// A line a finding, and one for each board without; for spreadsheets.
[[nodiscard]] std::string csv_text(const CaseExport& exported);

// Everything, as docs/schema/case.schema.json says.
[[nodiscard]] std::string json_text(const CaseExport& exported);

// "Common objects in context": boxes in the samples, with their corners as outlines, or without any: programs that mark
// pictures make a polygon of each outline. Pictures whose size is not known are left out.
[[nodiscard]] std::string coco_text(const CaseExport& exported);
[[nodiscard]] std::string coco_boxes_text(const CaseExport& exported);

// A file for each picture, in folders as the pictures are: laid over theirs, each stands beside its picture. Pictures
// whose size is not known are left out.
[[nodiscard]] std::vector<OutputFile> labelme_files(const CaseExport& exported);

// Boxes in the reference, readable as --ignore and --watch.
[[nodiscard]] std::string geojson_text(const CaseExport& exported);

// SARIF 2.1.0, for programs that collect what checks find.
[[nodiscard]] std::string sarif_text(const CaseExport& exported);

// JUnit's XML: a test a board, for build servers.
[[nodiscard]] std::string junit_text(const CaseExport& exported);

}  // namespace boarddiff::cli
