// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"
#include "datasets/picture/camera.h"

#include <cstdint>
#include <memory>

namespace boarddiff::datasets {

struct XraySettings {
  CameraSettings camera = {};        // the source and its flat detector; view, defocus, distortion, noise apply
  double brightness = 0.8;           // of the empty beam, share of full scale
  double exposure = 1;               // photons; noise falls with its root
  double hardness = 1;               // of the tube's voltage: divides every attenuation
  double hardening = 0.12;           // how much the beam hardens in what it passes: thick metal looks thinner
  double scatter = 0.12;             // share of the beam that arrives as a veil
  double shading = 0.08;             // fall of the beam from its middle to a corner
  double heel = 0.08;                // fall from one side of the picture to the other
  double focal_spot_mm = 0.4;        // of the source: blurs what is far from the detector
  double detector_gap_mm = 12;       // from the board's back to the detector
  double electronic_noise = 0.0015;  // deviation, share of full scale
  double faulty_pixels = 0;          // share of all
  int dead_lines = 0;                // rows and columns
  // The other side as other_side or design_from_kicad describes it, turned over; null: a plausible one is made.
  std::shared_ptr<const BoardDesign> back = {};
};

// CV_16UC1, bright where little is in the way. Same arguments, same bytes, for any number of threads. The seed is that
// of the beam and the detector, not of the board. Inner layers of copper are made up from the board's size and vias;
// joints differ between specimens.
[[nodiscard]] RenderedPicture render_xray(const BoardDesign& design, const XraySettings& settings, std::uint64_t seed);

// The same picture without noise and faults, share of full scale.
[[nodiscard]] cv::Mat1f expected_xray(const BoardDesign& design, const XraySettings& settings, std::uint64_t seed);

// The standard deviation of a pixel at this level, shares of full scale.
[[nodiscard]] double noise_at(double level, const XraySettings& settings);

}  // namespace boarddiff::datasets
