// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/display_image.h"
#include "imaging/base/frames.h"
#include "imaging/board_image.h"
#include "imaging/plane_map.h"

#include <opencv2/core.hpp>

#include <optional>
#include <string>

namespace boarddiff::compare {

// A picture as pages and case files show it, brightness by its own range: of another it may have other bits and another
// exposure.
struct ShownPicture {
  imaging::BoardImage image = {};
  DisplayRange range = {};

  [[nodiscard]] cv::Mat3b drawn(const cv::Mat& pixels) const { return display_pixels(pixels, range); }
};
[[nodiscard]] ShownPicture shown_picture(const imaging::BoardImage& image, imaging::Modality modality);

// By how much a picture of that size is shrunk so that its longer side is no more than `longer_side`; at most 1.
[[nodiscard]] double scale_to_fit(const cv::Size& size, int longer_side);
[[nodiscard]] cv::Size scaled(const cv::Size& size, double scale);

// The whole picture, shrunk.
[[nodiscard]] cv::Mat3b drawn_small(const ShownPicture& picture, int longer_side);

// The whole sample as the reference's frame has it, in the size of drawn_small(reference, longer_side). `map` takes
// points of the reference to the sample.
[[nodiscard]] cv::Mat3b drawn_on_reference(const ShownPicture& sample, const imaging::PlaneMap& map,
                                           const cv::Size& reference, int longer_side);

// Both pictures around a box of the reference, in its frame and of one size.
struct PairCrop {
  cv::Mat3b reference = {};
  cv::Mat3b sample = {};
  imaging::Box box = {};  // shares of the crop
};
// Nothing for a box outside the reference.
[[nodiscard]] std::optional<PairCrop> crop_around(const imaging::Box& box_in_reference, const imaging::PlaneMap& map,
                                                  const ShownPicture& reference, const ShownPicture& sample);

// The bytes of a JPEG file, as good as the eye needs it. The picture is not empty.
[[nodiscard]] std::string display_jpeg(const cv::Mat3b& picture);

}  // namespace boarddiff::compare
