// SPDX-License-Identifier: Apache-2.0
#include "cli/case/sample_identity.h"

#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/digest.h"

#include <cstdint>
#include <span>

namespace boarddiff::cli {

std::string hash_of(const std::string& text) { return imaging::sha256_hex(std::as_bytes(std::span(text))); }

FileHash hash_of_file(const std::filesystem::path& path) {
  try {
    return {.sha256 = imaging::sha256_hex(imaging::read_file(path, 0, [](auto, std::uint64_t) {}))};
  } catch (const imaging::Error& error) {
    return {.trouble = error.what()};
  }
}

std::string identity_of(const BatchSample& sample, const std::string& picture, const std::string& reference,
                        const std::string& options, const std::string& more) {
  std::string text;
  for (const std::string* field :
       {&picture, &reference, &options, &sample.serial, &sample.side, &sample.stage, &more}) {
    text.append(std::to_string(field->size())).append(":").append(*field);
  }
  return hash_of(text);
}

}  // namespace boarddiff::cli
