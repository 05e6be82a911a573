// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/case_result.h"
#include "datasets/evaluation/json_fields.h"
#include "datasets/evaluation/read_case.h"

#include <Eigen/Core>

#include <vector>

namespace boarddiff::datasets {

// What case.json, report.json and evaluation.json write alike. All throw as JsonField does.
[[nodiscard]] imaging::Box box_in(const JsonField& field);
[[nodiscard]] imaging::Polygon polygon_in(const JsonField& field);
[[nodiscard]] std::vector<CaseChange> changes_in(const JsonField& list);
[[nodiscard]] imaging::Modality modality_in(const JsonField& one_case);
[[nodiscard]] bool same_board_in(const JsonField& one_case);
[[nodiscard]] Eigen::Matrix3d homography_in(const JsonField& field);  // 9 numbers, row by row
[[nodiscard]] StatedSize stated_size_in(const JsonField& field);      // 2 numbers, the longer side first

}  // namespace boarddiff::datasets
