// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/dicom_plan.h"

#include <opencv2/core.hpp>

#include <cstddef>
#include <optional>
#include <span>

// Private to the loader: one compressed frame of a DICOM file.
namespace boarddiff::imaging::load {

// The bits of every pixel (CV_8UC1 or CV_16UC1, of the plan's size), or nothing where the data is damaged. Throws
// Error{unsupported_format} for what the codecs do not read. What the data says of its own size is compared with the
// plan before any pixel is decoded.
[[nodiscard]] std::optional<cv::Mat> decode_dicom_frame(std::span<const std::byte> data, DicomEncoding encoding,
                                                        const DicomPlan& plan, const EncodedFile& file);

}  // namespace boarddiff::imaging::load
