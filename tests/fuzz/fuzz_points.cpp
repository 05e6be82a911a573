// SPDX-License-Identifier: Apache-2.0
#include "cli/points_file.h"
#include "imaging/base/error.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace cli = boarddiff::cli;
namespace imaging = boarddiff::imaging;

// Any text ends in an Error or in points that are finite numbers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  try {
    for (const imaging::Point& point : cli::points_in_text({bytes.begin(), bytes.end()}, "input")) {
      imaging::require(point.allFinite(), "points that are read are finite");
    }
  } catch (const imaging::Error&) {
    return 0;
  }
  return 0;
}
