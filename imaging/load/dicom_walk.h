// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/dicom_elements.h"

#include <cstddef>
#include <cstdint>
#include <span>

// Private to the loader: from one element of a DICOM file to the next.
namespace boarddiff::imaging::load {

constexpr std::uint32_t kUndefinedLength = 0xffffffffU;
constexpr DicomTag kDicomItem = 0xfffee000;
constexpr DicomTag kDicomItemEnd = 0xfffee00d;
constexpr DicomTag kDicomSequenceEnd = 0xfffee0dd;

struct DicomLayout {
  bool has_kinds = true;  // "explicit VR": two letters say what kind of value follows
  bool big_endian = false;
};

struct DicomElement {
  DicomTag tag = 0;
  std::uint32_t length = 0;
  bool has_unknown_kind = false;  // "UN", whose items are written without kinds
};

// Goes through the bytes and never behind their end: throws Error{damaged_file} instead.
class DicomWalk {
 public:
  // Starts behind the preamble. `file` must outlive the walk.
  explicit DicomWalk(const EncodedFile& file);

  [[nodiscard]] std::size_t left() const { return file_.bytes.size() - position_; }
  [[nodiscard]] DicomTag next_tag();  // the low byte first; 0 at the end
  DicomElement element(const DicomLayout& layout);
  std::span<const std::byte> take(std::size_t bytes);

 private:
  std::uint32_t number(std::size_t bytes, bool big_endian);
  DicomTag tag(bool big_endian);

  const EncodedFile& file_;
  std::size_t position_ = 0;
};

// Past a value without a stated length, which holds items, which hold elements.
void skip_dicom_items(DicomWalk& walk, DicomLayout layout, bool has_unknown_kind);

}  // namespace boarddiff::imaging::load
