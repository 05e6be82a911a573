// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/export/case_export.h"
#include "compare/database.h"
#include "imaging/base/output_file.h"
#include "imaging/board_image.h"

#include <opencv2/core.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// The sample of a board, to be written with its findings marked.
struct AnnotatedCopy {
  const ExportedBoard* board = nullptr;  // as long-lived as the export
  std::string file = {};                 // its name in the folder
};

// Of the boards that were compared.
[[nodiscard]] std::vector<AnnotatedCopy> annotated_copies(const CaseExport& exported);

// What counts has a frame and its number; what is dismissed or below the threshold is thin and without.
[[nodiscard]] cv::Mat3b drawn_findings(const ExportedBoard& board, const imaging::BoardImage& sample,
                                       imaging::Modality modality);

// Loads the pictures from where the case says they are, one after the other. Returns which could not be marked, because
// they are gone or are not any more what was inspected; the others are written all the same. Throws as write_file does.
[[nodiscard]] std::vector<std::string> write_annotated(compare::Database& database,
                                                       const std::vector<AnnotatedCopy>& copies,
                                                       const std::filesystem::path& folder, imaging::Replace replace);

}  // namespace boarddiff::cli
