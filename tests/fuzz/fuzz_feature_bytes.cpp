// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/error.h"
#include "imaging/feature_bytes.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace imaging = boarddiff::imaging;

// Any bytes are refused, or are features that a registration can take and that are written as the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto prepared = imaging::features_in_bytes(bytes);
  if (!prepared) {
    return 0;
  }
  imaging::require(!imaging::has_other_feature_version(bytes), "features have the version that is known");
  const imaging::Features& features = prepared->features;
  imaging::require(features.descriptors.rows == static_cast<int>(features.points.size()), "a descriptor a point");
  for (const imaging::Point& point : features.points) {
    imaging::require(point.allFinite(), "a point is a place");
  }
  for (const short number : features.descriptors) {
    imaging::require(number >= 0 && number <= imaging::kDescriptorLength, "a descriptor is in range");
  }
  imaging::require(imaging::feature_bytes(*prepared) == bytes, "the same features give the same bytes");
  return 0;
}
