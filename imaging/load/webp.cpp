// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/decoders.h"
#include "imaging/load/exif.h"

#include <webp/decode.h>
#include <webp/mux.h>

#include <algorithm>
#include <memory>

namespace boarddiff::imaging::load {
namespace {

struct IncrementalDeleter {
  void operator()(WebPIDecoder* decoder) const { WebPIDelete(decoder); }
};
struct MuxDeleter {
  void operator()(WebPMux* mux) const { WebPMuxDelete(mux); }
};

const std::uint8_t* data_of(const EncodedFile& file) {
  return reinterpret_cast<const std::uint8_t*>(file.bytes.data());
}

// What the RIFF header says of the whole file; the first 12 bytes are there, since the format was recognized by them.
std::uint64_t declared_bytes(const EncodedFile& file) {
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    length |= std::uint64_t{data_of(file)[4 + i]} << (8 * i);
  }
  return length + 8;
}

WebPBitstreamFeatures read_features(const EncodedFile& file) {
  WebPBitstreamFeatures features{};
  if (WebPGetFeatures(data_of(file), file.bytes.size(), &features) != VP8_STATUS_OK) {
    fail(ErrorCode::damaged_file, file, "is damaged: the WebP header is incomplete or corrupt");
  }
  check_dimensions(file, static_cast<std::uint64_t>(features.width), static_cast<std::uint64_t>(features.height));
  if (features.has_animation != 0) {
    fail(ErrorCode::unsupported_format, file, "is an animated WebP file, not one picture");
  }
  return features;
}

// Decodes as far as the bytes go, which the plain decoder would not.
void decode_rows(const EncodedFile& file, Raster& raster) {
  cv::Mat& pixels = raster.pixels;
  WebPDecoderConfig config{};
  if (WebPInitDecoderConfig(&config) == 0) {
    throw std::logic_error("the WebP library is not the one that was compiled against");
  }
  config.output.colorspace = pixels.channels() == 4 ? MODE_BGRA : MODE_BGR;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = {.rgba = pixels.data,
                          .stride = static_cast<int>(pixels.step),
                          .size = pixels.step * static_cast<std::size_t>(pixels.rows)};
  const std::unique_ptr<WebPIDecoder, IncrementalDeleter> decoder(WebPIDecode(nullptr, 0, &config));
  if (!decoder) {
    throw std::bad_alloc();
  }
  const VP8StatusCode status = WebPIUpdate(decoder.get(), data_of(file), file.bytes.size());
  int decoded_rows = 0;
  WebPIDecGetRGB(decoder.get(), &decoded_rows, nullptr, nullptr, nullptr);
  if (status == VP8_STATUS_OUT_OF_MEMORY) {
    throw std::bad_alloc();
  }
  if (status != VP8_STATUS_OK) {
    raster.damage = status == VP8_STATUS_SUSPENDED ? "the file ends too early" : "corrupt WebP data";
  } else if (declared_bytes(file) > file.bytes.size()) {
    raster.damage = "the file ends too early";
  }
  if (pixels.channels() == 4) {
    separate_alpha(raster);
  }
  if (status != VP8_STATUS_OK) {
    mark_rows_missing(raster, std::clamp(decoded_rows, 0, raster.pixels.rows), raster.pixels.rows);
  }
}

std::vector<std::byte> chunk(const WebPMux& mux, const char* name) {
  WebPData data{};
  if (WebPMuxGetChunk(&mux, name, &data) != WEBP_MUX_OK) {
    return {};
  }
  const auto* begin = reinterpret_cast<const std::byte*>(data.bytes);
  return {begin, begin + data.size};
}

void read_metadata(const EncodedFile& file, Raster& raster) {
  // Foreign bytes behind the end would make the chunks unreadable.
  const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(file.bytes.size(), declared_bytes(file)));
  const WebPData data{.bytes = data_of(file), .size = length};
  const std::unique_ptr<WebPMux, MuxDeleter> mux(WebPMuxCreate(&data, 0));
  if (!mux) {
    raster.notes.emplace_back("The WebP file's chunks beside the picture cannot be read and were ignored.");
    return;
  }
  raster.icc_profile = chunk(*mux, "ICCP");
  if (const auto exif = chunk(*mux, "EXIF"); !exif.empty()) {
    read_exif(raster, exif);
  }
}

}  // namespace

Raster decode_webp(const EncodedFile& file) {
  const WebPBitstreamFeatures features = read_features(file);
  Raster raster;
  raster.pixels = cv::Mat::zeros(features.height, features.width, features.has_alpha != 0 ? CV_8UC4 : CV_8UC3);
  decode_rows(file, raster);
  read_metadata(file, raster);
  if (const std::uint64_t declared = declared_bytes(file); declared < file.bytes.size()) {
    raster.notes.push_back(std::to_string(file.bytes.size() - declared) +
                           " bytes after the picture's end were ignored.");
  }
  return raster;
}

}  // namespace boarddiff::imaging::load
