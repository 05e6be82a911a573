// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/export/case_export.h"

#include <opencv2/core.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::cli {

// A picture of the report. One that was compared with the reference and with an earlier picture stands for both rows.
struct ExportedPicture {
  std::string name = {};  // its path below the deepest folder that holds all of them
  std::string sha256 = {};
  cv::Size size = {};                             // as shown; empty where it is not known
  std::vector<const ExportedBoard*> boards = {};  // as long-lived as the export
};

// In the order of the boards.
[[nodiscard]] std::vector<ExportedPicture> pictures_of(const CaseExport& exported);

// For each board the place of its picture among these.
[[nodiscard]] std::vector<std::size_t> picture_indices(const CaseExport& exported,
                                                       const std::vector<ExportedPicture>& pictures);

// A name for each picture's file in a new folder: that of the picture with another ending, without what would lead
// out of the folder; never the same twice, also where the system does not tell capitals from small letters.
[[nodiscard]] std::vector<std::string> file_names(const std::vector<std::string>& names, std::string_view ending);

// The same in folders as the pictures'.
[[nodiscard]] std::vector<std::string> file_paths(const std::vector<std::string>& names, std::string_view ending);

}  // namespace boarddiff::cli
