// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/dicom_plan.h"

#include <opencv2/core.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

// Private to the loader: JPEG and JPEG-LS data of one frame of a DICOM file, and what its codecs share.
namespace boarddiff::imaging::load {

// As decode_dicom_frame. Data of 8 bits goes where JPEG files go; DCMTK decodes what libjpeg does not know, lossless
// data and 9 to 16 bits, and CharLS decodes JPEG-LS.
[[nodiscard]] std::optional<cv::Mat> decode_dicom_jpeg(std::span<const std::byte> data, DicomEncoding encoding,
                                                       const DicomPlan& plan, const EncodedFile& file);

// A number that lies within the data, the high byte first.
[[nodiscard]] std::uint32_t big_endian(std::span<const std::byte> data, std::size_t at, std::size_t bytes);

// Throws Error{unsupported_format} for another number of channels than one.
void require_grey_data(const EncodedFile& file, std::uint32_t channels);

}  // namespace boarddiff::imaging::load
