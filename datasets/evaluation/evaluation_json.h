// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/evaluation_compare.h"

#include <filesystem>
#include <optional>
#include <string>

namespace boarddiff::datasets {

inline constexpr const char* kEvaluationSchema = "boarddiff.evaluation/1";

// The evaluation as JSON text: summary, groups, curve, confusion, comparison (null without one), and every case with
// its truth and findings, from which all the rest can be made again.
[[nodiscard]] std::string evaluation_json(const Evaluation& evaluation, const std::optional<Comparison>& comparison);

// The cases of such a file, evaluated anew. Throws Error: unreadable_file, damaged_file with the path and the key.
[[nodiscard]] Evaluation read_evaluation(const std::filesystem::path& path, const BootstrapOptions& options = {});

// The same for text already in memory; `shown_name` stands in for the path in messages.
[[nodiscard]] Evaluation evaluation_in_text(const std::string& text, const std::string& shown_name,
                                            const BootstrapOptions& options = {});

}  // namespace boarddiff::datasets
