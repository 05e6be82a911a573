// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/dicom_plan.h"

#include <opencv2/core.hpp>

#include <string>

// Private to the loader: the pixels of a DICOM file.
namespace boarddiff::imaging::load {

struct DicomFrames {
  cv::Mat1i sum = {};  // of the stored values of all frames that were read
  int read = 0;        // of the frames; at least 1
  int rows = 0;        // below these the one frame that was read holds nothing
  std::string damage = {};
};

// Throws Error{damaged_file} when no row could be read.
[[nodiscard]] DicomFrames read_dicom_frames(const DicomFile& dicom, const DicomPlan& plan, const EncodedFile& file);

}  // namespace boarddiff::imaging::load
