// SPDX-License-Identifier: Apache-2.0
#include "imaging/load.h"

#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/digest.h"
#include "imaging/load/color_profile.h"
#include "imaging/load/decoders.h"
#include "imaging/load/file_bytes.h"
#include "imaging/load/file_format.h"
#include "imaging/load/orientation.h"
#include "imaging/load/raw.h"
#include "imaging/load/resolution.h"

#include <string_view>
#include <system_error>
#include <utility>

namespace boarddiff::imaging {
namespace {

using load::EncodedFile;
using load::FileFormat;
using load::Raster;

// Four channels of 16 bits, twice over for a codec that makes things worse, and room for profiles and previews.
std::uint64_t most_bytes(const LoadOptions& options) {
  return static_cast<std::uint64_t>(options.max_megapixels * 16e6) + 256'000'000;
}

FileFormat format_of(const EncodedFile& file) {
  if (file.bytes.empty()) {
    load::fail(ErrorCode::unsupported_format, file, "is empty");
  }
  const auto format = load::recognized(file.bytes);
  if (!format) {
    load::fail(ErrorCode::unsupported_format, file, load::likeness(file.bytes));
  }
  return *format;
}

Raster decode(const EncodedFile& file, FileFormat format) {
  switch (format) {
    case FileFormat::jpeg:
      return load::decode_jpeg(file);
    case FileFormat::png:
      return load::decode_png(file);
    case FileFormat::tiff:
      return load::decode_tiff(file);
    case FileFormat::bmp:
      return load::decode_bmp(file);
    case FileFormat::webp:
      return load::decode_webp(file);
    case FileFormat::dicom:
      return load::decode_dicom(file);
  }
  return {};
}

void refuse_or_note_damage(const EncodedFile& file, Raster& raster) {
  if (raster.damage.empty()) {
    return;
  }
  if (!file.accept_damaged) {
    load::fail(ErrorCode::damaged_file, file, "is damaged: " + raster.damage + " (--accept-damaged uses what is left)");
  }
  if (!raster.usable.empty() && cv::countNonZero(raster.usable) == 0) {
    load::fail(ErrorCode::damaged_file, file, "is damaged, and nothing is left to use: " + raster.damage);
  }
  raster.notes.push_back("The file is damaged, and what is left of it was used: " + raster.damage + ".");
}

struct Decoded {
  Raster raster = {};
  std::string_view format = {};
};

Decoded decoded(const EncodedFile& file, const LoadOptions& options) {
  const bool is_raw = !options.raw.empty() && !file.bytes.empty() && !load::recognized(file.bytes);
  if (const auto layout = load::parse_raw_layout(options.raw); is_raw && layout) {
    Raster raster = load::decode_raw(file, *layout);
    raster.notes.insert(raster.notes.begin(), "Its bytes were read as " + options.raw + " (--raw).");
    return {std::move(raster), "raw"};
  }
  const FileFormat format = format_of(file);
  return {decode(file, format), load::name_of(format)};
}

std::optional<double> megapixels_in(std::span<const std::byte> bytes, const LoadOptions& options) {
  const EncodedFile file{.bytes = bytes, .max_megapixels = options.max_megapixels, .size_alone = true};
  try {
    static_cast<void>(decoded(file, options));
  } catch (const load::SizeAlone& size) {
    return static_cast<double>(size.width) * static_cast<double>(size.height) / 1e6;
  } catch (const Error&) {
    // The header is not whole, or not one of a picture that is loaded.
  }
  return {};
}

BoardImage decode_named(std::span<const std::byte> bytes, const std::string& shown_name, const std::string& source_name,
                        const LoadOptions& options) {
  const EncodedFile file{bytes, shown_name, options.max_megapixels, options.accept_damaged, options.frame};
  auto [raster, format] = decoded(file, options);
  refuse_or_note_damage(file, raster);
  raster = load::in_srgb(std::move(raster));
  return {.pixels = load::upright(raster.pixels, raster.orientation),
          .usable = load::upright(raster.usable, raster.orientation),
          .values = raster.values,
          .source = {.name = source_name,
                     .sha256 = sha256_hex(file.bytes),
                     .format = std::string(format),
                     .bits_per_channel = raster.bits_per_channel,
                     .exif_orientation = raster.orientation,
                     .resolution_dpi = load::believed_dpi(raster.resolution),
                     .accepted_damage = !raster.damage.empty()},
          .pixels_per_mm = {},
          .notes = std::move(raster.notes)};
}

}  // namespace

std::vector<OptionProblem> problems(const LoadOptions& options) {
  // A picture of 1000 megapixels and 16 bits takes 6 GB; file formats and libraries end not far above.
  std::vector<OptionProblem> found = OptionRules()
                                         .within("--load.max-megapixels", options.max_megapixels, 0.01, 1000)
                                         .within("--load.frame", options.frame, 0, kMostFrames)
                                         .problems();
  if (!options.raw.empty() && !load::parse_raw_layout(options.raw)) {
    found.push_back({"--raw", std::string(load::kRawRule), options.raw});
  }
  return found;
}

bool is_picture_file(const std::filesystem::path& path, const LoadOptions& options) {
  if (load::recognized(read_start(path, load::kFirstBytes))) {
    return true;
  }
  const auto layout = load::parse_raw_layout(options.raw);
  std::error_code error;
  const std::uint64_t size = std::filesystem::file_size(path, error);
  return layout && !error && layout->fits(size);
}

std::optional<double> picture_megapixels(const std::filesystem::path& path, const LoadOptions& options) {
  constexpr std::size_t kHeaders = 262'144;  // more than nearly all have; TIFF files may have theirs at the end
  try {
    const auto start = read_start(path, kHeaders);
    if (const auto megapixels = megapixels_in(start, options); megapixels || start.size() < kHeaders) {
      return megapixels;
    }
    return megapixels_in(load::read_picture_file(path, most_bytes(options), !options.raw.empty()), options);
  } catch (const Error&) {
    return {};
  }
}

BoardImage load_board_image(const std::filesystem::path& path, const LoadOptions& options) {
  throw_on_problems(problems(options));
  const auto bytes = load::read_picture_file(path, most_bytes(options), !options.raw.empty());
  return decode_named(bytes, path.string(), path.filename().string(), options);
}

LoadedPicture load_picture(const std::filesystem::path& path, const LoadOptions& options) {
  throw_on_problems(problems(options));
  const auto bytes = load::read_picture_file(path, most_bytes(options), !options.raw.empty());
  return {.image = decode_named(bytes, path.string(), path.filename().string(), options),
          .bytes = {reinterpret_cast<const char*>(bytes.data()), bytes.size()}};
}

BoardImage decode_board_image(std::span<const std::byte> bytes, const std::string& shown_name,
                              const LoadOptions& options) {
  throw_on_problems(problems(options));
  return decode_named(bytes, shown_name, shown_name, options);
}

}  // namespace boarddiff::imaging
