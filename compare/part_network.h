// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace boarddiff::compare {

// The scales that the network was trained at, in pixels per millimetre. It sees more the larger a part is shown to it.
inline constexpr double kLeastNetworkScale = 7;
inline constexpr double kMostNetworkScale = 14;

// What a small convolutional network sees in a photograph: an encoder and a decoder with the features of every scale
// joined (after Ronneberger, Fischer and Brox 2015, "U-Net"), trained on rendered boards alone by
// datasets/training/train_part_network.py.
struct PartMaps {
  cv::Mat1f body = {};  // how likely it is that the pixel shows the inside of a part: not its rim, not the board
  cv::Mat1f part = {};  // how likely it is that it shows the inside or the rim of one
  cv::Mat kinds = {};   // CV_32FC(8): how likely each of kComponentKinds is, were it a part; half the size, rounded up
};

// `picture`: as shown, at such a scale.
[[nodiscard]] PartMaps find_part_maps(const cv::Mat3b& picture);

// The same of several pictures: of small ones faster than one at a time.
[[nodiscard]] std::vector<PartMaps> find_all_part_maps(const std::vector<cv::Mat3b>& pictures);

// The network in the format of ONNX; a source made from compare/part_network.onnx.
[[nodiscard]] const std::string& part_network_bytes();

}  // namespace boarddiff::compare
