// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/sample_record.h"
#include "cli/known_good_input.h"
#include "compare/inspection.h"
#include "imaging/load.h"

#include <filesystem>
#include <optional>
#include <string>

namespace boarddiff::cli {

// How all samples of a batch are inspected.
struct InspectorSettings {
  KnownGoodFiles against = {};  // its reference: of samples that have none of their own
  imaging::LoadOptions load = {};
  compare::InspectionOptions inspection = {};
};

struct SampleTask {
  std::filesystem::path path = {};
  std::string sha256 = {};               // of the file when it was listed
  std::filesystem::path reference = {};  // of this sample
};

// Inspects one sample after the other, and keeps what was prepared of the reference that the last one had.
class SampleInspector {
 public:
  explicit SampleInspector(InspectorSettings settings) : settings_(std::move(settings)) {}

  // Never throws for what files hold: what cannot be inspected is a record with the reason.
  [[nodiscard]] SampleRecord inspect(const SampleTask& task);

 private:
  const PreparedKnownGood& prepared_for(const std::filesystem::path& reference);

  InspectorSettings settings_;
  std::filesystem::path reference_ = {};
  std::optional<PreparedKnownGood> prepared_ = {};
};

}  // namespace boarddiff::cli
