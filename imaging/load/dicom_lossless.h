// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <cstddef>
#include <optional>
#include <span>

// Private to the loader: the kinds of JPEG that files of their own never have: lossless, and of 9 to 16 bits. DCMTK's
// decoder is used and not its reader of DICOM files, which runs out of stack where sequences nest deeply, takes
// quadratic time for elements in falling order, and loops for ever on some markers of JPEG.
namespace boarddiff::imaging::load {

// Data of one channel whose header says this size and precision, as CV_8UC1 or CV_16UC1; nothing where the decoder
// fails or doubts what it reads. Much damage it cannot notice: the data has no check sum, and its codes soon fall back
// into step behind wrong bits. Of single wrong bits two thirds and more leave a picture with other values from there on
// and no sign of it; of longer damage less. The same holds for lossy data, and more so.
[[nodiscard]] std::optional<cv::Mat> decode_lossless_jpeg(std::span<const std::byte> data, cv::Size size,
                                                          unsigned precision);

}  // namespace boarddiff::imaging::load
