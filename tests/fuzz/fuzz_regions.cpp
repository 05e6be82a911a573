// SPDX-License-Identifier: Apache-2.0
#include "cli/regions_file.h"
#include "imaging/base/error.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace cli = boarddiff::cli;
namespace compare = boarddiff::compare;
namespace imaging = boarddiff::imaging;

// Any bytes end in an Error or in regions that can be laid on a reference.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const cv::Size reference(33, 21);
  const std::span bytes(data, size);
  try {
    const cli::RegionsFile file = cli::regions_in_bytes({bytes.begin(), bytes.end()}, "input");
    const compare::RegionSet set = cli::regions_on(file, reference);
    for (const compare::MarkedRegion& region : set.regions) {
      imaging::require(!compare::joined_rings(region).empty(), "regions have an outline");
    }
    (void)compare::pixels_of(set.regions, reference, 1);
  } catch (const imaging::Error&) {
    return 0;
  }
  return 0;
}
