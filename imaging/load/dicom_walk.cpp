// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/dicom_walk.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace boarddiff::imaging::load {

DicomWalk::DicomWalk(const EncodedFile& file) : file_(file) {
  constexpr std::size_t kPreamble = 128 + 4;  // with "DICM"
  position_ = std::min(kPreamble, file.bytes.size());
}

std::uint32_t DicomWalk::number(std::size_t bytes, bool big_endian) {
  const auto taken = take(bytes);
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    value = value << 8U | std::to_integer<std::uint32_t>(taken[big_endian ? i : bytes - 1 - i]);
  }
  return value;
}

std::span<const std::byte> DicomWalk::take(std::size_t bytes) {
  if (bytes > left()) {
    fail(ErrorCode::damaged_file, file_, "is damaged: the file ends within the description of its picture");
  }
  position_ += bytes;
  return file_.bytes.subspan(position_ - bytes, bytes);
}

DicomTag DicomWalk::tag(bool big_endian) {
  const std::uint32_t group = number(2, big_endian);
  return group << 16U | number(2, big_endian);
}

DicomTag DicomWalk::next_tag() {
  const std::size_t here = position_;
  const DicomTag found = left() >= 4 ? tag(false) : 0;
  position_ = here;
  return found;
}

DicomElement DicomWalk::element(const DicomLayout& layout) {
  DicomElement found{.tag = tag(layout.big_endian)};
  constexpr DicomTag kDelimiters = 0xfffe;
  if (!layout.has_kinds || found.tag >> 16U == kDelimiters) {
    found.length = number(4, layout.big_endian);
    return found;
  }
  const auto letters = take(2);
  const std::string_view kind(reinterpret_cast<const char*>(letters.data()), letters.size());
  constexpr std::array<std::string_view, 13> kLong{"OB", "OD", "OF", "OL", "OV", "OW", "SQ",
                                                   "SV", "UC", "UN", "UR", "UT", "UV"};
  const bool is_long = std::ranges::find(kLong, kind) != kLong.end();
  if (is_long) {
    take(2);  // reserved
  }
  found.length = number(is_long ? 4 : 2, layout.big_endian);
  found.has_unknown_kind = kind == "UN";
  return found;
}

// With a count in place of recursion: a file can nest as deep as it is long.
void skip_dicom_items(DicomWalk& walk, DicomLayout layout, bool has_unknown_kind) {
  layout.has_kinds = layout.has_kinds && !has_unknown_kind;
  for (std::size_t depth = 1; depth > 0;) {
    const DicomElement inner = walk.element(layout);
    if (inner.tag == kDicomItemEnd || inner.tag == kDicomSequenceEnd) {
      --depth;
    } else if (inner.length == kUndefinedLength) {
      ++depth;
    } else {
      walk.take(inner.length);
    }
  }
}

}  // namespace boarddiff::imaging::load
