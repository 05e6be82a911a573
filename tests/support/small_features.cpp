// SPDX-License-Identifier: Apache-2.0
#include "tests/support/small_features.h"

namespace boarddiff::test {

imaging::PreparedFeatures small_features() {
  imaging::PreparedFeatures prepared;
  prepared.features.points = {{-0.25, 1.0 / 3}, {0.1, 89.4}, {119.4, 1e-17}};
  prepared.features.descriptors.create(3, imaging::kDescriptorSize);
  short next = 0;
  for (short& number : prepared.features.descriptors) {
    number = next;
    next = static_cast<short>((next + 259) % (imaging::kDescriptorLength + 1));
  }
  prepared.origin = {.method = imaging::feature_method(),
                     .size = {120, 90},
                     .max_side_px = 1600,
                     .max_features = 5000,
                     .grey_sha256 = std::string(64, 'a')};
  return prepared;
}

}  // namespace boarddiff::test
