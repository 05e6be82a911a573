// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/picture.h"
#include "imaging/base/execution.h"
#include "imaging/registration.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace boarddiff::compare {

inline constexpr std::string_view kMappingSchema = "boarddiff.mapping/1";

// How two pictures lie on each other, without a comparison.
struct Mapping {
  imaging::Modality modality = imaging::Modality::photo;
  Picture reference = {};
  Picture sample = {};
  imaging::Registration registration = {};
  std::vector<std::string> notes = {};
  std::vector<std::pair<std::string, std::string>> options = {};  // as in InspectionReport
};

// Never throws for what pictures show.
[[nodiscard]] Mapping map_pictures(const imaging::BoardImage& reference, const imaging::BoardImage& sample,
                                   imaging::Modality modality, const imaging::RegistrationOptions& options = {},
                                   const imaging::Execution& execution = {});

// UTF-8 JSON of schema `boarddiff.mapping/1`: the same mapping gives the same bytes.
[[nodiscard]] std::string mapping_json(const Mapping& mapping);

}  // namespace boarddiff::compare
