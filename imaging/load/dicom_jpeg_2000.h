// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/dicom_plan.h"

#include <opencv2/core.hpp>

#include <cstddef>
#include <optional>
#include <span>

// Private to the loader: JPEG 2000 data of one frame of a DICOM file.
namespace boarddiff::imaging::load {

// As decode_dicom_frame. By OpenJPEG itself: OpenCV, which has it inside, writes to standard error about damaged data,
// and does not tell what OpenJPEG doubts. Wrong bits within the data of a block change the picture there and are not
// noticed; what is missing is.
[[nodiscard]] std::optional<cv::Mat> decode_dicom_jpeg_2000(std::span<const std::byte> data, const DicomPlan& plan,
                                                            const EncodedFile& file);

}  // namespace boarddiff::imaging::load
