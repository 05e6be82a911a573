// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/sample_record.h"
#include "cli/known_good_input.h"
#include "compare/inspection.h"
#include "compare/shown_pair.h"
#include "imaging/load.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

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
  // Made once for all samples that are compared with it.
  struct Reference {
    PreparedKnownGood prepared = {};
    compare::ShownPicture shown = {};
    std::string thumbnail = {};
  };
  const Reference& reference_at(const std::filesystem::path& path);

  InspectorSettings settings_;
  std::filesystem::path path_ = {};  // of what is prepared
  std::optional<Reference> prepared_ = {};
};

}  // namespace boarddiff::cli
