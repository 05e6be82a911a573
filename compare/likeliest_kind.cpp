// SPDX-License-Identifier: Apache-2.0
#include "compare/likeliest_kind.h"

#include <algorithm>

namespace boarddiff::compare {

namespace {

// Printed by tests/acceptance/fit_weights.sh: mean and deviation of each sign over pairs of rendered boards of three
// styles, and its weight for each kind in the order of kTellableKinds.
// clang-format off
constexpr KindWeights kKindWeights = {.bias = {1.153, 0.369, -0.009, 1.105, -1.296, -0.996, -0.326}, .signs = {{
    {6.3507, 1.7508, {-0.288, -0.142, 0.143, 0.003, 0.152, -0.456, 0.587}},  // log of area
    {2.1899, 1.0444, {-0.102, -0.243, -0.008, -0.011, 0.562, -0.585, 0.388}},  // log of length over width
    {2.0835, 0.7054, {-0.288, 0.015, 0.184, 0.005, -0.221, -0.138, 0.442}},  // log of width
    {0.4121, 0.2777, {0.491, 0.529, 0.288, -0.023, -1.137, 0.344, -0.492}},  // share of a body
    {0.1702, 0.5744, {-0.253, 0.018, -0.566, -0.687, 0.747, 0.736, 0.005}},  // appeared over disappeared
    {0.2083, 0.1796, {-0.045, -0.365, 0.220, -0.508, 0.503, -0.026, 0.221}},  // colour
    {-2.8757, 0.3820, {-0.719, 0.265, -0.091, 0.239, -0.060, 0.181, 0.185}},  // reference strokes
    {-2.7991, 0.3226, {0.014, -0.365, 0.453, 0.024, 0.249, -0.127, -0.248}},  // sample strokes
    {0.3536, 0.2770, {0.302, 0.536, -0.362, -0.050, -0.110, -0.265, -0.051}},  // reference contrast
    {0.4280, 0.3004, {-0.088, 0.045, 0.075, -0.096, -0.225, 0.190, 0.098}},  // sample contrast
    {0.2232, 1.0899, {0.359, -0.225, -0.612, -0.166, -0.196, 0.524, 0.316}},  // sample over reference contrast
    {0.0681, 0.3685, {-0.062, -0.111, -0.321, -0.052, -0.477, 0.340, 0.683}},  // brighter
    {0.2919, 0.2350, {-0.141, -0.008, 0.478, -0.187, -0.407, -0.282, 0.547}},  // brighter or darker
    {0.5521, 0.3574, {-0.235, 0.130, -0.003, -0.001, -0.267, 0.277, 0.099}},  // reference covered
    {0.5703, 0.3271, {-0.271, 0.083, -0.250, 0.017, 0.023, 0.307, 0.092}},  // sample covered
    {0.1637, 0.2594, {0.337, 0.230, -0.426, -0.122, 0.071, -0.259, 0.170}},  // sample more covered
    {0.1455, 0.2334, {0.394, 0.339, -0.128, -0.161, -0.362, -0.294, 0.212}},  // sample less covered
    {0.3587, 0.3023, {0.138, -0.215, 0.000, 0.205, -0.308, 0.062, 0.118}},  // reference coloured
    {0.2916, 0.2506, {-0.444, 0.397, 0.328, -0.453, -0.297, -0.149, 0.619}},  // sample coloured
    {0.3216, 0.3104, {-0.560, 0.474, -0.565, 0.329, 0.410, -0.100, 0.013}},  // alike
    {0.2841, 0.2570, {-0.301, -0.237, -0.094, 0.895, 0.104, 0.087, -0.454}},  // alike when shifted
    {0.1017, 0.3422, {0.005, 0.644, 0.016, 0.049, -0.410, -0.080, -0.225}},  // alike when turned
    {0.2802, 0.1439, {-0.438, 0.305, 0.445, -0.138, 0.101, -0.268, -0.007}},  // reference uneven
    {0.2989, 0.1329, {0.664, -0.603, 0.049, 0.204, 0.051, -0.404, 0.038}},  // sample uneven
    {0.0279, 0.1646, {0.157, -0.384, 0.385, -0.241, -0.131, 0.195, 0.020}},  // extra by layouts
    {0.0182, 0.1336, {-0.452, 0.166, 0.128, 0.051, 0.069, -0.043, 0.083}},  // missing by layouts
}}};
// clang-format on

constexpr double kMostDeviations = 4;

}  // namespace

KindSigns in_deviations(const KindSigns& signs, const KindWeights& weights) {
  KindSigns result;
  for (int i = 0; i < kKindSigns; ++i) {
    const KindSignWeights& sign = weights.signs.at(static_cast<std::size_t>(i));
    result[i] = std::clamp((signs[i] - sign.mean) / sign.deviation, -kMostDeviations, kMostDeviations);
  }
  return result;
}

FindingKind likeliest_kind(const KindSigns& signs, const KindWeights& weights) {
  const KindSigns deviations = in_deviations(signs, weights);
  std::array<double, kKinds> sums = weights.bias;
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    for (int i = 0; i < kKindSigns; ++i) {
      sums.at(kind) += weights.signs.at(static_cast<std::size_t>(i)).weights.at(kind) * deviations[i];
    }
  }
  return kTellableKinds.at(static_cast<std::size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin()));
}

FindingKind likeliest_kind(const KindSigns& signs) { return likeliest_kind(signs, kKindWeights); }

}  // namespace boarddiff::compare
