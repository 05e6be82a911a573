// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"
#include "datasets/picture/render_photo.h"
#include "datasets/picture/render_xray.h"
#include "imaging/base/random.h"

#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace boarddiff::datasets {

// How far the second picture's circumstances are from the first's. easy: put back under the same camera and lamp;
// usual: taken again by hand in the same room, the lamp elsewhere; hard: another day, room and
// camera.
enum class Severity { easy, usual, hard };
inline constexpr std::array kSeverities = {Severity::easy, Severity::usual, Severity::hard};
[[nodiscard]] std::string_view name_of(Severity severity);

// How a picture comes about, once the board is known.
struct Circumstances {
  PhotoSettings photo = {};
  XraySettings xray = {};  // tube and detector; view, blur and noise are those of the photograph
  int jpeg_quality = 95;   // photographs only
};

// What is asked of the second picture besides what its severity draws.
struct SampleView {
  Severity severity = Severity::usual;
  double rotation_deg = 0;
  std::optional<double> tilt_deg = {};  // nothing: as the severity draws
  double scale = 1;                     // pixels per millimetre and picture size, against the reference
  bool part_view = false;               // a part of the board, enlarged
};

// What a picture of the board has to have, with the room around it that reference_settings leaves.
[[nodiscard]] double megapixels_at(const BoardDesign& design, double pixels_per_mm);

// Almost square above a board that fills most of the picture.
[[nodiscard]] Circumstances reference_settings(const BoardDesign& design, double megapixels, imaging::Random random);

// The reference's, changed as far as the severity allows.
[[nodiscard]] Circumstances sample_settings(const Circumstances& reference, const SampleView& view,
                                            const BoardDesign& design, imaging::Random random);

// The settings of an X-ray: its source stands upright enough for the photograph's tilts, and a flat detector does not
// distort.
[[nodiscard]] XraySettings xray_settings(const Circumstances& circumstances);

// The same, from farther away and anyhow turned, with up to two other boards beside this one on a desk full of things:
// the board's diagonal takes `share` of the picture's shorter side.
[[nodiscard]] Circumstances among_others(const Circumstances& circumstances, double share, const BoardDesign& design,
                                         const std::vector<std::shared_ptr<const BoardDesign>>& others,
                                         imaging::Random random);

}  // namespace boarddiff::datasets
