// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::imaging {

// What pictures are written as.
enum class PictureFormat { png, tiff, jpeg, bmp, webp };
[[nodiscard]] std::string_view name_of(PictureFormat format);

// By the file's extension: .png .tif .tiff .jpg .jpeg .bmp .webp in any case; or nothing.
[[nodiscard]] std::optional<PictureFormat> format_for(const std::filesystem::path& path);

// Why a picture of this depth and size cannot be written so, as "has 16 bits, which JPEG does not hold"; empty when it
// can be.
[[nodiscard]] std::string obstacle(PictureFormat format, const cv::Size& size, int depth);

// The bytes of a file. `pixels` have a type of BoardImage; PNG and TIFF are lossless and get `shown` (may be empty) as
// their alpha channel, transparent where it is 0; the others leave it out. JPEG and WebP are lossy at a quality that
// measures survive (95).
[[nodiscard]] std::string encode_picture(const cv::Mat& pixels, const cv::Mat1b& shown, PictureFormat format);

// An endless animation (WebP) of pictures of one size, each shown for as long.
[[nodiscard]] std::string encode_animation(const std::vector<cv::Mat3b>& pictures, int milliseconds_each);

}  // namespace boarddiff::imaging
