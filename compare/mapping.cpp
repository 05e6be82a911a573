// SPDX-License-Identifier: Apache-2.0
#include "compare/mapping.h"

#include "compare/inspection.h"
#include "compare/report_document.h"
#include "compare/used_options.h"
#include "imaging/prepare_xray.h"

namespace boarddiff::compare {

Mapping map_pictures(const imaging::BoardImage& reference_as_taken, const imaging::BoardImage& sample_as_taken,
                     imaging::Modality modality, const imaging::RegistrationOptions& options,
                     const imaging::Execution& execution) {
  imaging::throw_on_problems(problems(options));
  const imaging::BoardImage reference = imaging::prepared(reference_as_taken, modality);
  const imaging::BoardImage sample = imaging::prepared(sample_as_taken, modality);
  Mapping mapping{.modality = modality,
                  .reference = described(reference),
                  .sample = described(sample),
                  .notes = notes_on(reference, sample)};
  mapping.registration = imaging::register_to_reference(reference, sample, modality, options, execution);
  set_scale_of_sample(mapping.sample, mapping.reference, mapping.registration);
  for (const auto& [flag, value] : used_options({.modality = modality, .registration = options})) {
    if (flag == "modality" || flag.starts_with("registration.")) {
      mapping.options.emplace_back(flag, value);
    }
  }
  return mapping;
}

std::string mapping_json(const Mapping& mapping) {
  using Json = nlohmann::ordered_json;
  // File names may hold any bytes; what is not UTF-8 becomes U+FFFD.
  return mapping_document(mapping).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace boarddiff::compare
