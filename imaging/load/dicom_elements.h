// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/raster.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

// Private to the loader: the elements of a DICOM or DICONDE file. They are walked here because the libraries' readers
// do not stand files that are damaged or made to harm: GDCM's ends the program by an assertion where a file is cut
// short, and GDCM's and DCMTK's run out of stack where sequences nest deeply.
namespace boarddiff::imaging::load {

// Group and element of a tag in one number: 0x00280010 for (0028,0010).
using DicomTag = std::uint32_t;

enum class DicomEncoding { native, rle, jpeg, jpeg_ls, jpeg_2000 };

struct DicomFile {
  std::map<DicomTag, std::span<const std::byte>> values = {};  // of the outermost level; sequences are not kept
  bool big_endian = false;
  DicomEncoding encoding = DicomEncoding::native;

  std::span<const std::byte> pixels = {};                  // where they are not compressed
  std::vector<std::span<const std::byte>> fragments = {};  // where they are; the first is the table of offsets
  bool has_pixels = false;
  bool is_cut = false;  // the file ends within the pixels

  [[nodiscard]] bool has(DicomTag tag) const { return values.contains(tag); }
  // Without the blanks around it; empty where there is no such element.
  [[nodiscard]] std::string text(DicomTag tag) const;
  // A whole number of 16 bits.
  [[nodiscard]] std::optional<std::uint16_t> number16(DicomTag tag) const;
  // Decimal numbers as text, with backslashes between them; one that is no finite number is left out, and so are all
  // behind it.
  [[nodiscard]] std::vector<double> decimals(DicomTag tag) const;
};

// Reads up to the end of the pixels. Throws Error: unsupported_format naming a transfer syntax that is not read here,
// damaged_file where the elements contradict the file's size.
[[nodiscard]] DicomFile read_dicom(const EncodedFile& file);

}  // namespace boarddiff::imaging::load
