// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/features.h"

#include <optional>
#include <string>
#include <string_view>

namespace boarddiff::imaging {

// Prepared features as bytes, for files. Numbers are little-endian; a text is its length in bytes (32 bits) and the
// bytes. In this order:
//   32 bits     the version of this layout, 1
//   text        the method that found the features
//   32 bits x2  width and height of the picture, px
//   text        the modality, as name_of
//   32 bits x2  max_side_px and max_features of the registration
//   text        SHA-256 of the grey picture, hexadecimal
//   32 bits     how many features there are
//   64 bits x2  of each the point, x and y, as IEEE 754 numbers
//   16 bits     of each the kDescriptorSize numbers of its descriptor
// The same features give the same bytes.
[[nodiscard]] std::string feature_bytes(const PreparedFeatures& prepared);

// Whether the bytes have another version, so that nothing can be said about what follows it.
[[nodiscard]] bool has_other_feature_version(std::string_view bytes);

// The same features to the bit. Nothing for bytes that are none: of another version, cut short, too long, of no size,
// made with options that registration does not take, points outside the picture, or descriptors out of range.
[[nodiscard]] std::optional<PreparedFeatures> features_in_bytes(std::string_view bytes);

}  // namespace boarddiff::imaging
