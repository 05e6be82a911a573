// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_store.h"
#include "tests/support/temporary_folder.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::test {

// A folder with a reference, samples and case files. None of the pictures is one: what is found on them is made up.
class MadeUpCase {
 public:
  MadeUpCase();

  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return folder_ / name; }
  // A file of that content, and a sample of it.
  [[nodiscard]] cli::BatchSample sample(const std::string& file, const std::string& content) const;
  [[nodiscard]] cli::BatchPlan plan_of(std::vector<cli::BatchSample> samples) const;

 private:
  TemporaryFolder folder_ = {};
};

// At (x, 0), 20 pixels wide and high, above the threshold; the same `tone` looks alike.
[[nodiscard]] cli::FindingRecord finding_at(double x, double score, unsigned char tone = 0);

// 60 x 50 pixels of the reference in size, 6 x 5 mm, dark, its middle at (x, y).
[[nodiscard]] cli::VirtualPartRecord virtual_part_at(double x, double y, double score);

// As if the sample had been inspected; findings above the threshold make it one to review.
[[nodiscard]] cli::SampleRecord inspected(std::vector<cli::FindingRecord> findings);

// As another program would.
void change_by_hand(const std::filesystem::path& case_file, const std::string& sql);

// All rows but times, as text.
[[nodiscard]] std::string rows_of(const std::filesystem::path& case_file);

}  // namespace boarddiff::test
