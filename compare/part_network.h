// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <string>

namespace boarddiff::compare {

// The scale that the network was trained at, with everything from 7 to 14.
inline constexpr double kNetworkPixelsPerMm = 10;

// What a small convolutional network sees in a photograph: an encoder and a decoder with the features of every scale
// joined (after Ronneberger, Fischer and Brox 2015, "U-Net"), trained on rendered boards alone by
// datasets/training/train_part_network.py.
struct PartMaps {
  cv::Mat1f body = {};  // how likely it is that the pixel shows the inside of a part: not its rim, not the board
  cv::Mat kinds = {};   // CV_32FC(8): how likely each of kComponentKinds is, were it a part; half the size, rounded up
};

// `picture`: as shown, at about kNetworkPixelsPerMm.
[[nodiscard]] PartMaps find_part_maps(const cv::Mat3b& picture);

// The network in the format of ONNX; a source made from compare/part_network.onnx.
[[nodiscard]] const std::string& part_network_bytes();

}  // namespace boarddiff::compare
