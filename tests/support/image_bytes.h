// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Picture files made in memory, whole and odd ones, for every test that loads pictures.
namespace boarddiff::test {

// A picture with smooth colours and sharp parts in which no two turns look alike; 8 or 16 bits, 1 or 3 channels.
[[nodiscard]] cv::Mat test_picture(const cv::Size& size, int type);

// The bytes of a file; `extension` is what cv::imencode takes (".jpg").
[[nodiscard]] std::string encoded(const cv::Mat& pixels, const std::string& extension,
                                  const std::vector<int>& parameters = {});
[[nodiscard]] std::span<const std::byte> as_bytes(std::string_view text);

// An EXIF block as in a JPEG file ("Exif\0\0" first) with nothing but an orientation, and the same put in a file.
[[nodiscard]] std::string exif_block(std::uint16_t orientation);
[[nodiscard]] std::string with_jpeg_segment(const std::string& jpeg, std::uint8_t marker, const std::string& payload);
[[nodiscard]] std::string with_png_chunk(const std::string& png, const std::string& type, const std::string& payload);
[[nodiscard]] std::string with_webp_chunk(const std::string& webp, const std::string& type, const std::string& payload);

// Small files whose headers claim a picture of any size, with correct checksums.
[[nodiscard]] std::string png_claiming(std::uint32_t width, std::uint32_t height);
[[nodiscard]] std::string bmp_claiming(std::int32_t width, std::int32_t height);
[[nodiscard]] std::string jpeg_claiming(std::uint16_t width, std::uint16_t height);

struct TiffWriting {
  int compression = 1;   // COMPRESSION_NONE
  int photometric = -1;  // from the channels: 1 (min is black) or 2 (RGB)
  int orientation = 1;
  int tile_side = 0;  // 0: strips
  int rows_per_strip = 16;
  bool planes = false;
  bool big = false;       // BigTIFF
  int extra_sample = -1;  // kind of the last channel beyond the colours, EXTRASAMPLE_*
  std::string icc_profile = {};
};
// `samples` in file order (RGB, not BGR): CV_8U, CV_16U or CV_32F.
[[nodiscard]] std::string tiff_bytes(const cv::Mat& samples, const TiffWriting& writing = {});
// One channel of `bits` 1 to 16, packed; with 2^bits entries a colour, `palette` makes it a palette file.
[[nodiscard]] std::string packed_tiff_bytes(const cv::Mat1w& values, int bits,
                                            const std::vector<std::uint16_t>& palette = {});
// A file of two whole pages.
[[nodiscard]] std::string two_page_tiff_bytes(const cv::Mat& first, const cv::Mat& second);

}  // namespace boarddiff::test
