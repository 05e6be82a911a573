// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/execution.h"
#include "imaging/base/options.h"
#include "imaging/board_image.h"
#include "imaging/features.h"
#include "imaging/parallax.h"
#include "imaging/plane_map.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::imaging {

struct RegistrationOptions {
  int max_side_px = 1600;    // longer side of the pictures that features are taken from
  int max_features = 5000;   // in each picture
  int min_inliers = 12;      // fewer consistent matches are never a fit
  double max_tilt_deg = 50;  // between the two views of the board
  std::uint64_t seed = 1;    // of the robust estimators
};
[[nodiscard]] std::vector<OptionProblem> problems(const RegistrationOptions& options);

enum class RegistrationStatus { aligned, not_comparable };
[[nodiscard]] std::string_view name_of(RegistrationStatus status);

// A place of the reference, and how far from the board's plane it was found in the sample: parallax of what stands on
// the board, or a part that moved.
struct PlaceHeight {
  Point reference = Point::Zero();
  Point displacement_px = Point::Zero();  // sample pixels, against to_sample(plane, reference)
  double deviation_px = 0;                // standard deviation of the displacement, sample pixels
  double on_board = 0;                    // probability that it lies on the board's plane, 0 to 1
};

// What the pictures say about a fit, independent of the details that led to it.
struct FitSigns {
  int places = 0;        // with detail in the reference that the fit puts inside the sample
  double confirmed = 0;  // share of them that look alike where the fit, and some height, has them
  double by_chance = 0;  // the same share where the fit is wrong on purpose, by a tenth of the picture and more
  int squares = 0;       // of the reference, an eighth of its longer side but at least 24 px each, that hold
                         // enough places
  double agreeing = 0;   // share of the squares in which at least a third of the places is confirmed
  double on_board = 0;   // share of the places found that lie on the board rather than above it
  double stability = 0;  // how far two fits to half of the places each differ, 95 % of the squares, in thousandths of
                         // the sample's side that shows the reference's longer one
  double residual = 0;   // how far places on the board lie from the fit, half of them, in the same
};

// How the sample lies on the reference, and how good that is. The numbers are valid when ok(); of a pair that is not
// comparable although something was fitted (`inliers` above 0), they tell of the fit that was refused.
struct Registration {
  RegistrationStatus status = RegistrationStatus::not_comparable;
  std::string reason = {};                 // why not comparable, in words for the technician; empty when aligned
  std::vector<std::string> warnings = {};  // aligned, but this has to be said: a sentence each
  double confidence = 0;                   // probability that the fit is right, 0 to 1; aligned from 0.5
  PlaneMap plane = {};
  Parallax parallax = {};                 // along which direction what stands on the plane is displaced
  std::vector<PlaceHeight> heights = {};  // measured places, spread over what both pictures show
  int inliers = 0;                        // features of both pictures that agree on one view of the board
  double residual_median_px = 0;          // of the places on the plane, sample pixels
  double residual_p95_px = 0;
  FitSigns signs = {};
  double stability_px = 0;  // how far fits to half of the places differ, sample pixels
  double overlap = 0;       // share of the reference that the sample shows, 0 to 1
  double rotation_deg = 0;  // of the sample against the reference, counter-clockwise as seen, -180 to 180
  double scale = 1;         // sample pixels per reference pixel, at the middle of the overlap
  double tilt_deg = 0;      // angle between the two lines of sight, from the plane's foreshortening
  bool mirrored = false;    // the sample shows the reference as in a mirror

  [[nodiscard]] bool ok() const { return status == RegistrationStatus::aligned; }
};

// Finds the reference's board in the sample, or says why that cannot be. Never throws for what pictures show.
[[nodiscard]] Registration register_to_reference(const BoardImage& reference, const BoardImage& sample,
                                                 Modality modality, const RegistrationOptions& options = {},
                                                 const Execution& execution = {});

// The features of a reference, to be kept; nothing for a picture that no sample can be registered to.
[[nodiscard]] std::optional<PreparedFeatures> prepare_features(const BoardImage& reference, Modality modality,
                                                               const RegistrationOptions& options = {});

// What registration needs of a reference, made once for many samples. Copies share it. Features that were prepared from
// this picture with these options are not looked for again; others are left aside. The registration is the same either
// way.
class PreparedReference {
 public:
  PreparedReference(const BoardImage& reference, Modality modality, const RegistrationOptions& options = {},
                    const std::optional<PreparedFeatures>& prepared = {});
  struct Parts;
  [[nodiscard]] const Parts& parts() const { return *parts_; }

 private:
  std::shared_ptr<const Parts> parts_;
};
[[nodiscard]] Registration register_to_reference(const PreparedReference& reference, const BoardImage& sample,
                                                 const Execution& execution = {});

}  // namespace boarddiff::imaging
