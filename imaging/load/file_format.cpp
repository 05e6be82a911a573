// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/file_format.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace boarddiff::imaging::load {
namespace {

using std::string_view_literals::operator""sv;

struct Signature {
  std::size_t offset = 0;
  std::string_view bytes = {};
  std::string_view meaning = {};
};

// Only to say in a message what a foreign file probably is.
constexpr std::array<Signature, 16> kForeign{{
    {0, "%PDF"sv, "a PDF file"},
    {0, "GIF8"sv, "a GIF picture"},
    {0, "PK\x03\x04"sv, "a ZIP archive"},
    {0, "\x1f\x8b"sv, "a gzip file"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "a 7z archive"},
    {4, "ftyphei"sv, "a HEIF picture"},
    {4, "ftypmif1"sv, "a HEIF picture"},
    {4, "ftypavif"sv, "an AVIF picture"},
    {4, "ftyp"sv, "an MP4 or related file"},
    {4, "jP  \r\n\x87\n"sv, "a JPEG 2000 picture"},
    {4, "JXL \r\n\x87\n"sv, "a JPEG XL picture"},
    {0, "\xff\x0a"sv, "a JPEG XL picture"},
    {0, "v/1\x01"sv, "an OpenEXR picture"},
    {0, "8BPS"sv, "a Photoshop file"},
    {0, "SQLite format 3"sv, "an SQLite file"},
    {0,
     "\x7f"
     "ELF"sv,
     "a program"},
}};

bool has(std::string_view bytes, std::size_t offset, std::string_view signature) {
  return bytes.size() >= offset && bytes.substr(offset, signature.size()) == signature;
}

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string_view meaning_of(std::string_view bytes) {
  for (const Signature& signature : kForeign) {
    if (has(bytes, signature.offset, signature.bytes)) {
      return signature.meaning;
    }
  }
  constexpr std::string_view kWhiteSpace = "\t\n\r ";
  const std::size_t start = bytes.starts_with("\xef\xbb\xbf") ? 3 : 0;
  const std::size_t first = bytes.find_first_not_of(kWhiteSpace, start);
  if (first != std::string_view::npos && bytes[first] == '<') {
    return "an HTML, SVG or XML text";
  }
  const bool is_text = std::ranges::all_of(bytes.substr(start), [&](char character) {
    return (character >= ' ' && character <= '~') || kWhiteSpace.find(character) != std::string_view::npos;
  });
  return is_text ? "text" : "no picture format that is known here";
}

}  // namespace

std::string_view name_of(FileFormat format) {
  switch (format) {
    case FileFormat::jpeg:
      return "jpeg";
    case FileFormat::png:
      return "png";
    case FileFormat::tiff:
      return "tiff";
    case FileFormat::bmp:
      return "bmp";
    case FileFormat::webp:
      return "webp";
    case FileFormat::dicom:
      return "dicom";
  }
  return "";
}

std::optional<FileFormat> recognized(std::span<const std::byte> first_bytes) {
  const std::string_view bytes = as_text(first_bytes);
  if (has(bytes, 0, "\xff\xd8\xff"sv)) {
    return FileFormat::jpeg;
  }
  if (has(bytes, 0, "\x89PNG\r\n\x1a\n"sv)) {
    return FileFormat::png;
  }
  // Classic and big, in either byte order.
  if (has(bytes, 0, "II*\0"sv) || has(bytes, 0, "MM\0*"sv) || has(bytes, 0, "II+\0"sv) || has(bytes, 0, "MM\0+"sv)) {
    return FileFormat::tiff;
  }
  if (has(bytes, 0, "RIFF"sv) && has(bytes, 8, "WEBP"sv)) {
    return FileFormat::webp;
  }
  // "BM" alone could begin a sentence; the two reserved fields are 0.
  if (has(bytes, 0, "BM"sv) && has(bytes, 6, "\0\0\0\0"sv)) {
    return FileFormat::bmp;
  }
  // Behind a preamble that may hold anything; DICONDE files are the same.
  if (has(bytes, 128, "DICM"sv)) {
    return FileFormat::dicom;
  }
  return std::nullopt;
}

std::string likeness(std::span<const std::byte> first_bytes) {
  const std::string_view bytes = as_text(first_bytes.first(std::min(first_bytes.size(), kFirstBytes)));
  constexpr std::size_t kShown = 8;
  constexpr char kDigits[] = "0123456789abcdef";
  std::string shown;
  for (const char character : bytes.substr(0, kShown)) {
    const auto value = static_cast<std::uint8_t>(character);
    shown += std::string(" ") + kDigits[value >> 4U] + kDigits[value & 15U];
  }
  return "looks like " + std::string(meaning_of(bytes)) + " (first bytes" + shown + ")";
}

}  // namespace boarddiff::imaging::load
