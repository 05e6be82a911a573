// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"
#include "compare/joint_inspection.h"

#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>

namespace boarddiff::compare {

// The pictures of the page: "reference" and "sample" as {width, height, uri} with a JPEG data URI (when aligned, both
// shrunk in the reference's frame), and "crops": {id, width, height, reference, sample, box: [x, y, width, height] as
// shares of the crop} for the first 200 findings and the first 50 candidates.
[[nodiscard]] nlohmann::ordered_json page_pictures(const InspectionReport& report, const imaging::BoardImage& reference,
                                                   const imaging::BoardImage& sample);

// The same of X-rays laid on photographs: the pictures in the frame of the reference's photograph, which has this size,
// the crops as the X-rays show them, of findings that these show. Both were compared.
[[nodiscard]] nlohmann::ordered_json xray_page_pictures(const JointReport& joint, const cv::Size& photo,
                                                        const imaging::BoardImage& reference,
                                                        const imaging::BoardImage& sample);

}  // namespace boarddiff::compare
