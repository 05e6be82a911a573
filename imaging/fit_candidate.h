// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_fit.h"
#include "imaging/board_image.h"
#include "imaging/fit_check.h"
#include "imaging/grey_pyramid.h"
#include "imaging/registration.h"

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace boarddiff::imaging {

// What is fitted to what. Refers to its parts.
struct FitScene {
  const GreyPyramid& reference;
  const ReferencePlaces& places;
  const GreyPyramid& sample;
  Modality modality = Modality::photo;
  bool mirrored = false;  // the sample is flipped
  const RegistrationOptions& options;
};

// A fit, and what the pictures say about it.
struct FitCandidate {
  BoardFit fit = {};
  FitSquares squares = {};
  double stability_px = 0;
  FitSigns signs = {};
  double confidence = 0;
  int inliers = 0;
  bool mirrored = false;
  std::string objection = {};  // in words; empty: accepted

  [[nodiscard]] bool accepted() const { return objection.empty(); }
};

// From a first map that holds around the known points to a fit, and what speaks against it.
[[nodiscard]] FitCandidate fit_candidate(const FitScene& scene, const PlaneMap& start, std::vector<Point> known);

// A fit that is off by a period of what repeats itself on the board agrees almost as well as the right one: the shifts
// that the pictures allow are tried. The best of all is returned, with an objection when another is about as good.
[[nodiscard]] FitCandidate against_rivals(const FitScene& scene, FitCandidate candidate);

// Rotation, scale and tilt of a view.
struct View {
  double rotation_deg = 0;
  double scale = 1;
  double tilt_deg = 0;
};

// Read off the map in the middle of the places.
[[nodiscard]] View view_of(const PlaneMap& map, const std::vector<PlaceMatch>& places);

}  // namespace boarddiff::imaging
