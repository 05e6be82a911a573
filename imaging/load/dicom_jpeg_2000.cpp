// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/dicom_jpeg_2000.h"

#include "imaging/load/dicom_jpeg.h"

#include <openjpeg.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>

namespace boarddiff::imaging::load {
namespace {

template <auto release>
struct Releaser {
  template <typename Handle>
  void operator()(Handle* handle) const {
    release(handle);
  }
};
using Stream = std::unique_ptr<opj_stream_t, Releaser<opj_stream_destroy>>;
using Codec = std::unique_ptr<opj_codec_t, Releaser<opj_destroy_codec>>;
using Image = std::unique_ptr<opj_image_t, Releaser<opj_image_destroy>>;

struct Memory {
  std::span<const std::byte> bytes = {};
  std::size_t at = 0;
};

OPJ_SIZE_T read_memory(void* buffer, OPJ_SIZE_T bytes, void* user) {
  auto& memory = *static_cast<Memory*>(user);
  const std::size_t taken = std::min(bytes, memory.bytes.size() - memory.at);
  if (taken == 0) {
    return static_cast<OPJ_SIZE_T>(-1);
  }
  std::memcpy(buffer, memory.bytes.data() + memory.at, taken);
  memory.at += taken;
  return taken;
}

OPJ_BOOL seek_memory(OPJ_OFF_T to, void* user) {
  auto& memory = *static_cast<Memory*>(user);
  if (to < 0 || static_cast<std::uint64_t>(to) > memory.bytes.size()) {
    return OPJ_FALSE;
  }
  memory.at = static_cast<std::size_t>(to);
  return OPJ_TRUE;
}

OPJ_OFF_T skip_memory(OPJ_OFF_T bytes, void* user) {
  const auto here = static_cast<OPJ_OFF_T>(static_cast<Memory*>(user)->at);
  return bytes >= 0 && seek_memory(here + bytes, user) == OPJ_TRUE ? bytes : -1;
}

void note_doubt(const char* /*message*/, void* user) { *static_cast<bool*>(user) = true; }

Stream stream_of(Memory& memory) {
  Stream stream(opj_stream_default_create(OPJ_TRUE));
  opj_stream_set_user_data(stream.get(), &memory, nullptr);
  opj_stream_set_user_data_length(stream.get(), memory.bytes.size());
  opj_stream_set_read_function(stream.get(), read_memory);
  opj_stream_set_skip_function(stream.get(), skip_memory);
  opj_stream_set_seek_function(stream.get(), seek_memory);
  return stream;
}

void require_grey_of_16_bits(const opj_image_t& image, const EncodedFile& file) {
  require_grey_data(file, image.numcomps);
  if (image.comps[0].prec > 16) {
    fail(ErrorCode::unsupported_format, file,
         "is a DICOM file whose JPEG 2000 data has " + std::to_string(image.comps[0].prec) +
             " bits a pixel; up to 16 are read here");
  }
}

// From the first segment, before OpenJPEG sees it: for each tile that is claimed it takes some kilobytes.
bool promises_size(std::span<const std::byte> data, const DicomPlan& plan) {
  constexpr std::size_t kSizes = 32;
  constexpr std::uint64_t kLeastTile_px = 1024;
  if (data.size() < kSizes || big_endian(data, 0, 4) != 0xff4fff51U) {
    return false;
  }
  const auto field = [&](std::size_t at) { return big_endian(data, at, 4); };
  const auto width = static_cast<std::uint32_t>(plan.width);
  const auto height = static_cast<std::uint32_t>(plan.height);
  const bool is_one_tile = field(24) >= width && field(28) >= height;
  return field(8) - field(16) == width && field(12) - field(20) == height &&
         (is_one_tile || std::uint64_t{field(24)} * field(28) >= kLeastTile_px);
}

bool has_size(const opj_image_t& image, const DicomPlan& plan) {
  const auto width = static_cast<OPJ_UINT32>(plan.width);
  const auto height = static_cast<OPJ_UINT32>(plan.height);
  const opj_image_comp_t& grey = image.comps[0];
  return image.x1 - image.x0 == width && image.y1 - image.y0 == height && grey.w == width && grey.h == height;
}

// Signed values stay as their bits.
cv::Mat1w pixels_of(const opj_image_t& image, const DicomPlan& plan) {
  cv::Mat1w pixels(plan.height, plan.width);
  const OPJ_INT32* value = image.comps[0].data;
  for (std::uint16_t& pixel : pixels) {
    pixel = static_cast<std::uint16_t>(*value++);
  }
  return pixels;
}

}  // namespace

std::optional<cv::Mat> decode_dicom_jpeg_2000(std::span<const std::byte> data, const DicomPlan& plan,
                                              const EncodedFile& file) {
  if (!promises_size(data, plan)) {
    return {};
  }
  Memory memory{.bytes = data};
  const Stream stream = stream_of(memory);
  const Codec codec(opj_create_decompress(OPJ_CODEC_J2K));
  bool is_doubted = false;
  opj_set_warning_handler(codec.get(), note_doubt, &is_doubted);
  opj_set_error_handler(codec.get(), note_doubt, &is_doubted);
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  opj_image_t* header = nullptr;
  const bool has_header = opj_setup_decoder(codec.get(), &parameters) == OPJ_TRUE &&
                          opj_read_header(stream.get(), codec.get(), &header) == OPJ_TRUE;
  const Image image(header);
  if (!has_header || image->numcomps == 0) {
    return {};
  }
  require_grey_of_16_bits(*image, file);
  if (!has_size(*image, plan) || opj_decode(codec.get(), stream.get(), image.get()) != OPJ_TRUE ||
      opj_end_decompress(codec.get(), stream.get()) != OPJ_TRUE) {
    return {};
  }
  const bool is_whole = !is_doubted && has_size(*image, plan) && image->comps[0].data != nullptr;
  return is_whole ? std::optional<cv::Mat>(pixels_of(*image, plan)) : std::nullopt;
}

}  // namespace boarddiff::imaging::load
