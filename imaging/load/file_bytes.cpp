// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/file_bytes.h"

#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/load/file_format.h"

#include <span>
#include <string>

namespace boarddiff::imaging::load {

std::vector<std::byte> read_picture_file(const std::filesystem::path& path, std::uint64_t max_bytes, bool any_format) {
  return read_file(path, kFirstBytes, [&](std::span<const std::byte> start, std::uint64_t size) {
    if (!any_format && !start.empty() && !recognized(start)) {
      throw Error(ErrorCode::unsupported_format, path.string() + ": " + likeness(start));
    }
    if (size > max_bytes) {
      throw Error(ErrorCode::too_large, path.string() + ": has " + std::to_string(size) +
                                            " bytes, more than a picture of --load.max-megapixels can need");
    }
  });
}

}  // namespace boarddiff::imaging::load
