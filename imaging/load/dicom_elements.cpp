// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/dicom_elements.h"

#include "imaging/load/dicom_walk.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace boarddiff::imaging::load {
namespace {

constexpr DicomTag kTransferSyntax = 0x00020010;
constexpr DicomTag kPixelData = 0x7fe00010;

// What is looked at lies in few groups; no file can make the list of the others long.
bool is_kept(DicomTag tag) {
  constexpr std::array<DicomTag, 4> kGroups{0x0002, 0x0018, 0x0028, 0x7fe0};
  return std::ranges::find(kGroups, tag >> 16U) != kGroups.end();
}

void read_fragments(DicomWalk& walk, DicomFile& found) {
  while (walk.left() >= 8) {
    const DicomElement item = walk.element({});
    if (item.tag == kDicomSequenceEnd) {
      return;
    }
    if (item.tag != kDicomItem) {
      break;
    }
    const std::size_t length = std::min<std::size_t>(item.length, walk.left());
    found.fragments.push_back(walk.take(length));
    if (length < item.length) {
      break;
    }
  }
  found.is_cut = true;
}

void read_pixels(DicomWalk& walk, const EncodedFile& file, std::uint32_t length, DicomFile& found) {
  found.has_pixels = true;
  if ((length == kUndefinedLength) != (found.encoding != DicomEncoding::native)) {
    fail(ErrorCode::damaged_file, file, "is damaged: whether its pixels are compressed is said both ways");
  }
  if (length == kUndefinedLength) {
    read_fragments(walk, found);
    return;
  }
  found.is_cut = length > walk.left();
  found.pixels = walk.take(std::min<std::size_t>(length, walk.left()));
}

void keep(DicomFile& found, DicomTag tag, std::span<const std::byte> value) {
  if (is_kept(tag)) {
    found.values[tag] = value;
  }
}

DicomLayout layout_of(const EncodedFile& file, DicomFile& found) {
  struct Known {
    std::string_view name;
    DicomEncoding encoding;
    DicomLayout layout;
  };
  constexpr std::string_view kRoot = "1.2.840.10008.1.2";
  static constexpr std::array kKnown{Known{"", DicomEncoding::native, {.has_kinds = false}},
                                     Known{".1", DicomEncoding::native, {}},
                                     Known{".2", DicomEncoding::native, {.big_endian = true}},
                                     Known{".4.50", DicomEncoding::jpeg, {}},
                                     Known{".4.51", DicomEncoding::jpeg, {}},
                                     Known{".4.57", DicomEncoding::jpeg, {}},
                                     Known{".4.70", DicomEncoding::jpeg, {}},
                                     Known{".4.80", DicomEncoding::jpeg_ls, {}},
                                     Known{".4.81", DicomEncoding::jpeg_ls, {}},
                                     Known{".4.90", DicomEncoding::jpeg_2000, {}},
                                     Known{".4.91", DicomEncoding::jpeg_2000, {}},
                                     Known{".5", DicomEncoding::rle, {}}};
  const std::string stated = found.text(kTransferSyntax);
  const auto known = std::ranges::find_if(kKnown, [&](const Known& one) {
    return stated.starts_with(kRoot) && std::string_view(stated).substr(kRoot.size()) == one.name;
  });
  if (known == kKnown.end()) {
    fail(ErrorCode::unsupported_format, file,
         "is a DICOM file of a kind that is not read here: transfer syntax " +
             (stated.empty() ? "missing" : printable(stated)));
  }
  found.encoding = known->encoding;
  found.big_endian = known->layout.big_endian;
  return known->layout;
}

}  // namespace

std::string DicomFile::text(DicomTag tag) const {
  const auto place = values.find(tag);
  if (place == values.end()) {
    return {};
  }
  const std::string_view raw(reinterpret_cast<const char*>(place->second.data()), place->second.size());
  constexpr std::string_view kBlanks(" \0", 2);
  const std::size_t first = raw.find_first_not_of(kBlanks);
  return first == std::string_view::npos ? std::string()
                                         : std::string(raw.substr(first, raw.find_last_not_of(kBlanks) + 1 - first));
}

std::optional<std::uint16_t> DicomFile::number16(DicomTag tag) const {
  const auto place = values.find(tag);
  if (place == values.end() || place->second.size() < 2) {
    return {};
  }
  const auto first = std::to_integer<unsigned>(place->second[0]);
  const auto second = std::to_integer<unsigned>(place->second[1]);
  return static_cast<std::uint16_t>(big_endian ? first << 8U | second : second << 8U | first);
}

std::vector<double> DicomFile::decimals(DicomTag tag) const {
  std::vector<double> numbers;
  const std::string all = text(tag);
  for (std::size_t start = 0; start < all.size();) {
    const std::size_t stop = std::min(all.find('\\', start), all.size());
    start = std::min(all.find_first_not_of(" +", start), stop);
    double number = 0;
    const auto [end, error] = std::from_chars(all.data() + start, all.data() + stop, number);
    const bool is_all = all.find_first_not_of(' ', static_cast<std::size_t>(end - all.data())) >= stop;
    if (error != std::errc() || !is_all || !std::isfinite(number)) {
      break;
    }
    numbers.push_back(number);
    start = stop + 1;
  }
  return numbers;
}

DicomFile read_dicom(const EncodedFile& file) {
  DicomFile found;
  DicomWalk walk(file);
  // The group of the file itself comes first and is always written with kinds and the low byte first.
  while (walk.next_tag() >> 16U == 2) {
    const DicomElement element = walk.element({});
    keep(found, element.tag, walk.take(element.length));
  }
  const DicomLayout layout = layout_of(file, found);
  while (walk.left() > 0 && !found.has_pixels) {
    const DicomElement element = walk.element(layout);
    if (element.tag == kPixelData) {
      read_pixels(walk, file, element.length, found);
    } else if (element.length == kUndefinedLength) {
      skip_dicom_items(walk, layout, element.has_unknown_kind);
      keep(found, element.tag, {});
    } else {
      keep(found, element.tag, walk.take(element.length));
    }
  }
  return found;
}

}  // namespace boarddiff::imaging::load
