// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/dicom_elements.h"

#include <cstddef>
#include <string>

// Private to the loader: what the picture of a DICOM file is, from its elements.
namespace boarddiff::imaging::load {

struct DicomPlan {
  int width = 0;
  int height = 0;
  int frames = 1;
  int bits_allocated = 16;  // 8 or 16, of one pixel in the file
  int bits_stored = 16;     // of them, up to the highest
  int high_bit = 15;
  bool is_signed = false;
  bool bright_is_low = false;  // MONOCHROME1
  double slope = 1;            // a value is slope * what is stored + intercept
  double intercept = 0;

  [[nodiscard]] std::size_t frame_bytes() const {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
           static_cast<std::size_t>(bits_allocated / 8);
  }
  // What the bits of one pixel stand for, before slope and intercept.
  [[nodiscard]] int stored_value(unsigned raw) const {
    const unsigned most = (1U << static_cast<unsigned>(bits_stored)) - 1;
    const auto value = static_cast<int>(raw >> static_cast<unsigned>(high_bit + 1 - bits_stored) & most);
    return is_signed && value > static_cast<int>(most / 2) ? value - static_cast<int>(most) - 1 : value;
  }
  [[nodiscard]] int least_stored() const { return is_signed ? -(1 << (bits_stored - 1)) : 0; }
  [[nodiscard]] int most_stored() const { return (1 << (is_signed ? bits_stored - 1 : bits_stored)) - 1; }
};

// Throws Error: unsupported_format that names what is not read here, damaged_file for elements that are missing or
// contradict each other, too_large for all frames together.
[[nodiscard]] DicomPlan make_dicom_plan(const DicomFile& dicom, const EncodedFile& file);

}  // namespace boarddiff::imaging::load
